"""A blog on disk as scripts and commands use it: read (`blogreader`), added to, changed.

Each change is one lock, one read and one write; two processes never overwrite each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli import clock
from liveblog_cli.errors import ChangedMeanwhile, LiveblogError
from liveblog_cli.model import changes, ids, sequence
from liveblog_cli.model.values import Added, Blog, Change, Entry, Record
from liveblog_cli.runtime import command_run
from liveblog_cli.storage import codec, lock
from liveblog_cli.storage.blogreader import BlogReader
from liveblog_cli.storage.encoding import decode_any
from liveblog_cli.storage.layout import Layout
from liveblog_cli.storage.transaction import Snapshot, Splice, WriteRequest
from liveblog_cli.storage.upsert import (
    Action,
    Delivery,
    Outcome,
    Upsert,
    deliver,
    find_once,
    upsert_of,
)

if TYPE_CHECKING:
    from liveblog_cli.storage.ref_index import Refs

SEARCHED = 4 << 20
"""Up to this size in bytes the whole file is searched for a new id; in a larger one ids are so long
that none comes twice (ten characters, one in 6e14)."""

FEW = 64
"""Of more entries at once, too, the ids are so long."""

EditEntry = Callable[[Entry], Entry]


class After(Protocol):
    """Told what was done (`add`, `edit`, `pin`, ...), when it is on disk and the lock is free again."""

    def __call__(self, blog_file: BlogFile, action: str, records: Sequence[Record]) -> None:
        """These records were changed so."""
        ...

    def wait(self) -> None:
        """Return when all that follows has ended."""
        ...


class BlogFile(BlogReader):
    """One blog file. `by` is who changes it, or what says so when it is asked first; `now` gives the
    time as an aware datetime.

    `after` is told of every change.
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
            self.store.create(comment + codec.dump_head(blog), like)
            command_run.note_done(f"{self.path} made")

    def add(self, entries: Iterable[Entry], batch: str = "") -> list[Entry]:
        """Append entries in one write. Those without an id get one; all get `added`.

        Raises:
            LiveblogError: nothing was written.
        """
        offers = [upsert_of(e) for e in entries]
        return [o.entry for o in _all(self.put(offers, batch=batch, atomic=True))]

    def put_one(self, offer: Upsert) -> Outcome:
        """Deliver one offer (see `put`).

        Raises:
            LiveblogError: it can't be; nothing was written.
        """
        return _all(self.put([offer]))[0]

    def put(
        self,
        offers: Sequence[Upsert | LiveblogError],
        *,
        batch: str = "",
        refs: Refs | None = None,
        atomic: bool = False,
    ) -> list[Outcome | LiveblogError]:
        """Deliver what senders offer in one write: new refs are added, known ones edited or left.

        Answers what became of each, in order; an error in place of an offer stays where it is.
        With `atomic` one error keeps all from being written. `refs` is an index to keep between
        calls. New entries without an id get one; all get `added`.

        Raises:
            LiveblogError: nothing was written.
        """
        outcomes: list[Outcome | LiveblogError] = []
        blocks: list[tuple[str, str]] = []
        looked: list[Snapshot] = []

        def decide(seen: Snapshot) -> WriteRequest:
            begin()
            stamp = _put_behind(self.stamp("edit", batch=batch), seen)
            new = self._newcomer(seen, stamp, len(offers))
            delivery = Delivery(seen, refs.place if refs else find_once, new, stamp)
            outcomes[:] = deliver(delivery, offers)
            if atomic and any(isinstance(o, LiveblogError) for o in outcomes):
                return WriteRequest()
            looked.append(seen)
            blocks[:] = delivery.blocks
            return delivery.write(blocks)

        with command_run.change() as begin:
            written = self.store.transaction(decide)
            if looked:
                self._tell_after(_entries(outcomes, "added"), "add")
                self._tell_after(_entries(outcomes, "edited"))
            if refs is not None and looked:
                refs.wrote(looked[-1], written, blocks)
        return outcomes

    def _newcomer(self, seen: Snapshot, stamp: Change, many: int) -> Callable[[Entry, int], Entry]:
        """What makes an entry one of this file: its id, and when and by whom it came."""
        own: set[str] = set()
        small = seen.size <= SEARCHED and many <= FEW

        def new(entry: Entry, number: int) -> Entry:
            name = entry.id or ids.new_id(
                lambda salt: clock.chance(f"{seen.size} {number} {salt}"),
                lambda name: name in own or (small and seen.contains(name)),
                ids.SHORT if small else ids.LONG,
            )
            own.add(name)
            zone = entry.time.tzinfo
            order = stamp.order and stamp.order.astimezone(zone)
            added = Added(at=stamp.at.astimezone(zone), order=order, by=self.by, batch=stamp.batch)
            return replace(entry, id=name, added=added)

        return new

    def change(
        self, name: str, edit: EditEntry, change: Change, expected: Entry | None = None
    ) -> Entry:
        """Change one entry and record in its history what was there before.

        `name` is an id, a unique prefix, `last` or `ref:KEY`. With `expected`, the entry must still
        be that. Where `edit` changes nothing, nothing is written.

        Raises:
            NotFound: no such entry, or several begin so.
            ChangedMeanwhile: it is not `expected`.
            InvalidFile: its block can't be read.
        """
        result: list[Entry] = []

        def decide(seen: Snapshot) -> WriteRequest:
            begin()
            layout = codec.recovered(seen.layout)
            piece = self._find(layout, name)
            old = self._entry(layout, piece)
            if expected is not None and old != expected:
                raise ChangedMeanwhile(
                    f"entry {old.id} was changed meanwhile", "look at it and try again"
                )
            result[:] = [old, old]
            edited = edit(old)
            if edited == old and not change.note:
                return WriteRequest()  # before anything is asked of the whole file
            stamp = _put_behind(replace(change, at=change.at.astimezone(old.time.tzinfo)), seen)
            new = changes.record_change(old, edited, stamp)
            assert isinstance(new, Entry)
            if new == old:
                return WriteRequest()
            result[:] = [old, new]
            block = layout.text[piece.start : piece.end]
            start, end = seen.place(piece)
            text = codec.block_with(block, old, new)
            return WriteRequest([Splice(start, end, text)], latest=sequence.earliest_after(stamp))

        with command_run.change() as begin:
            self.store.transaction(decide)
            old, new = result
            self._tell_after([new] if new != old else [])
        return new

    def set(self, edit: Callable[[Blog], Blog], change: Change) -> Blog:
        """Change the head and record in its history what was there before.

        Raises:
            InvalidFile: the head can't be read.
        """
        from liveblog_cli.storage import chronicle, rewrite

        result: list[Blog] = []

        def work(layout: Layout) -> str:
            begin()
            old = self._head(layout)
            stamp = replace(change, at=change.at.astimezone(zone(old)))
            stamp = sequence.put_behind(stamp, chronicle.earliest(layout.text, stamp.at))
            new = changes.record_change(old, edit(old), stamp)
            assert isinstance(new, Blog)
            result[:] = [new] if new == old else [new, new]
            return layout.text if new == old else rewrite.with_head(layout, old, new)

        with command_run.change() as begin:
            self.store.change(work)
            self._tell_after(result[1:])
        return result[-1]

    def revise(self, edit: Callable[[Blog], Blog]) -> Blog:
        """Change head and entries in one write, all or nothing.

        `edit` gets all that can be read and keeps the histories itself; it adds and drops no entry.
        """
        from liveblog_cli.storage import rewrite

        result: list[Blog] = []

        def work(layout: Layout) -> str:
            begin()
            layout = codec.recovered(layout)
            old, _ = self._load(layout)
            new = sequence.put_in_order(old, edit(old))
            result[:] = [old, new]
            return rewrite.with_changes(layout, old, new)

        with command_run.change() as begin:
            self.store.change(work)
            old, new = result
            self._tell_after([n for o, n in zip(old.entries, new.entries, strict=True) if n != o])
            if new.history != old.history:
                self._tell_after([new])
        return new

    def stamp(self, action: str, **more: object) -> Change:
        """A change of now by whoever works with this file, to hand to `change` and `set`."""
        return Change(at=self.now(), by=self.by, action=action, **more)  # type: ignore[arg-type]  # Change's own fields

    def wait(self) -> None:
        """Return when what follows the changes so far has ended: the hooks."""
        if self._after:
            self._after.wait()

    def _tell_after(self, records: Sequence[Record], action: str = "") -> None:
        """Tell of changed records by what was done to them; without `action`, as their history says."""
        for done, some in groupby(records, lambda r: action or _last_action(r)):
            changed = list(some)
            ids = [r.id for r in changed if isinstance(r, Entry)]
            command_run.note_done(
                f"{done} {command_run.list_ids(ids)}" if ids else f"{done}, in {self.path}"
            )
            if self._after:
                self._after(self, done, changed)


def _last_action(record: Record) -> str:
    return record.history[-1].action if record.history else "edit"


def _entries(outcomes: Iterable[Outcome | LiveblogError], action: Action) -> list[Entry]:
    return [o.entry for o in outcomes if isinstance(o, Outcome) and o.action == action]


def _all(outcomes: Iterable[Outcome | LiveblogError]) -> list[Outcome]:
    done: list[Outcome] = []
    for outcome in outcomes:
        if isinstance(outcome, LiveblogError):
            raise outcome
        done.append(outcome)
    return done


def _put_behind(stamp: Change, seen: Snapshot) -> Change:
    """A change put behind all that was done in the file, which is read only if nobody remembers."""
    if seen.latest is not None:
        return sequence.put_behind(stamp, seen.latest)
    from liveblog_cli.storage import chronicle

    text = decode_any(seen.content)
    return sequence.put_behind(stamp, chronicle.earliest(text, stamp.at))


def zone(blog: Blog) -> ZoneInfo:
    """The zone in which a blog's times are typed and shown."""
    return ZoneInfo(blog.timezone)
