"""A blog on disk as scripts and commands use it: read (`blogreader`), added to, changed.

Each change is one lock, one read and one write; two processes never overwrite each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog, Change, Entry, Record
from liveblog_cli.runtime import command_run
from liveblog_cli.storage import codec, lock
from liveblog_cli.storage.blogreader import BlogReader
from liveblog_cli.storage.new_entries import NewEntries
from liveblog_cli.storage.store import Store
from liveblog_cli.storage.transaction import Snapshot, WriteRequest
from liveblog_cli.storage.upsert import (
    Action,
    Delivery,
    Outcome,
    Upsert,
    deliver,
    find_once,
    upsert_of,
)

if TYPE_CHECKING:  # a Protocol takes long to make
    from typing import Protocol

    from liveblog_cli.storage.ref_index import RefIndex

    class After(Protocol):
        """Hears of each change (`add`, `edit`, `pin`, ...) when it is on disk and the lock is free again."""

        def __call__(self, blog_file: BlogFile, action: str, records: Sequence[Record]) -> None:
            """These records were changed so."""
            ...

        def wait(self) -> None:
            """Return when all that follows has ended."""
            ...


EditEntry = Callable[[Entry], Entry]
Answer = TypeVar("Answer")
_Outcomes = list[Outcome | LiveblogError]
_Blocks = list[tuple[str, str]]


class BlogFile(BlogReader):
    """One blog file. `by` is who changes it, or a function that returns that when it is needed; `now`
    gives the time as an aware datetime. `after` hears of every change.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        by: str | Callable[[], str] = "",
        now: Callable[[], datetime] = clock.now,
        lock_timeout: float = lock.DEFAULT_TIMEOUT,
        after: After | None = None,
    ) -> None:
        super().__init__(path, lock_timeout=lock_timeout)
        self._store = Store(self.path, lock_timeout)
        self._by = by
        self.now = now
        self._after = after

    @property
    def by(self) -> str:
        """Who changes it."""
        if not isinstance(self._by, str):
            self._by = self._by()
        return self._by

    def create(self, blog: Blog, schema: str = "", like: Path | None = None) -> None:
        """Write a new file. `schema` is named in it for TOML editors (Taplo's `#:schema`).

        It has the rights of the file `like`, else those that its folder gives.

        Raises:
            LiveblogError: the file exists, or can't be written.
        """
        comment = f"#:schema {schema}\n" if schema else ""
        with command_run.change() as begin:
            begin()
            self._store.create(comment + codec.dump_head(blog), like)
            command_run.note_done(f"{self.path} made")

    def add(self, entries: Iterable[Entry], batch: str = "") -> list[Entry]:
        """Append entries in one write. Those without an id get one; all get `added`.

        Raises:
            LiveblogError: nothing was written.
        """
        offers = [upsert_of(e) for e in entries]
        return [o.entry for o in _require_done(self.put(offers, batch=batch, atomic=True))]

    def put_one(self, offer: Upsert) -> Outcome:
        """Deliver one offer (see `put`).

        Raises:
            LiveblogError: it can't be; nothing was written.
        """
        return _require_done(self.put([offer]))[0]

    def put(
        self,
        offers: Sequence[Upsert | LiveblogError],
        *,
        batch: str = "",
        refs: RefIndex | None = None,
        atomic: bool = False,
    ) -> list[Outcome | LiveblogError]:
        """Deliver what senders offer in one write: new refs are added, known ones edited or left.

        Answers what became of each, in order; an error in place of an offer stays where it is.
        With `atomic` one error keeps all from being written. `refs` is an index to keep between
        calls. New entries without an id get one; all get `added`.

        Raises:
            LiveblogError: nothing was written.
        """

        def decide(seen: Snapshot) -> tuple[WriteRequest, tuple[_Outcomes, _Blocks]]:
            stamp = seen.put_behind(self.stamp("edit", batch=batch))
            new = NewEntries(seen, stamp, len(offers))
            delivery = Delivery(seen, refs.place if refs else find_once, new.complete, stamp)
            outcomes = deliver(delivery, offers)
            if _is_refused(outcomes, atomic):
                return WriteRequest(), (outcomes, [])
            blocks = delivery.blocks
            return delivery.write(blocks), (outcomes, blocks)

        with command_run.change() as begin:
            (outcomes, blocks), written = self._store.transaction(decide, begin)
            if not _is_refused(outcomes, atomic):
                self._announce(_list_entries(outcomes, "added"), "add")
                self._announce(_list_entries(outcomes, "edited"))
            if refs is not None:
                refs.add(written, blocks)
        return outcomes

    def change(
        self, name: str, edit: EditEntry, change: Change, expected: Entry | None = None
    ) -> Entry:
        """Change one entry and answer it as it is then (see `edit_entry`)."""
        return self.edit_entry(name, edit, change, expected)[1]

    def edit_entry(
        self, name: str, edit: EditEntry, change: Change, expected: Entry | None = None
    ) -> tuple[Entry, Entry]:
        """Change one entry and record in its history what was there before.

        `name` is an id, a unique prefix, `last` or `ref:KEY`. With `expected`, the entry must still
        be that. Answers the entry as it was and as it is; where `edit` changes nothing, they are the
        same and nothing is written.

        Raises:
            NotFound: no such entry, or several begin so.
            ChangedMeanwhile: it is not `expected`.
            InvalidFile: its block can't be read.
        """
        from liveblog_cli.storage import change_requests

        with command_run.change() as begin:
            (old, new), _ = self._store.transaction(
                lambda seen: change_requests.change_entry(seen, name, edit, change, expected), begin
            )
            self._announce([new] if new != old else [])
        return old, new

    def set(self, edit: Callable[[Blog], Blog], change: Change) -> Blog:
        """Change the head and record in its history what was there before.

        Raises:
            InvalidFile: the head can't be read.
        """
        from liveblog_cli.storage import change_requests

        with command_run.change() as begin:
            (old, new), _ = self._store.transaction(
                lambda seen: change_requests.change_head(seen, edit, change), begin
            )
            self._latest = new
            self._announce([new] if new != old else [])
        return new

    def revise(self, edit: Callable[[Blog], tuple[Blog, Answer]]) -> Answer:
        """Change head and entries in one write, all or nothing, and answer what `edit` answers.

        `edit` gets all that can be read and keeps the histories itself; it adds and drops no entry.
        """
        from liveblog_cli.storage import change_requests

        with command_run.change() as begin:
            (old, new, answer), _ = self._store.transaction(
                lambda seen: change_requests.change_all(seen, edit), begin
            )
            self._announce([n for o, n in zip(old.entries, new.entries, strict=True) if n != o])
            self._announce([new] if new.history != old.history else [])
        return answer

    def stamp(self, action: str, **more: object) -> Change:
        """A change of now by whoever works with this file, to hand to `change` and `set`."""
        return Change(at=self.now(), by=self.by, action=action, **more)  # type: ignore[arg-type]  # Change's own fields

    def wait(self) -> None:
        """Return when what follows the changes so far has ended: the hooks."""
        if self._after:
            self._after.wait()

    def _announce(self, records: Sequence[Record], action: str = "") -> None:
        """Say what was done to records: `action`, or else what their history says."""
        for done, some in groupby(records, lambda r: action or _latest_action(r)):
            changed = list(some)
            ids = [r.id for r in changed if isinstance(r, Entry)]
            names = command_run.list_ids(ids)
            command_run.note_done(f"{done} {names}" if ids else f"{done}, in {self.path}")
            if self._after:
                self._after(self, done, changed)


def _latest_action(record: Record) -> str:
    return record.history[-1].action if record.history else "edit"


def _is_refused(outcomes: Iterable[Outcome | LiveblogError], atomic: bool) -> bool:
    """Whether nothing may be written, because all or none shall be."""
    return atomic and any(isinstance(o, LiveblogError) for o in outcomes)


def _list_entries(outcomes: Iterable[Outcome | LiveblogError], action: Action) -> list[Entry]:
    return [o.entry for o in outcomes if isinstance(o, Outcome) and o.action == action]


def _require_done(outcomes: Iterable[Outcome | LiveblogError]) -> list[Outcome]:
    done: list[Outcome] = []
    for outcome in outcomes:
        if isinstance(outcome, LiveblogError):
            raise outcome
        done.append(outcome)
    return done


def zone(blog: Blog) -> ZoneInfo:
    """The zone in which a blog's times are typed and shown."""
    return ZoneInfo(blog.timezone)
