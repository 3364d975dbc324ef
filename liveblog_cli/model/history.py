"""The revisions of a blog: who changed what and when, and how the blog was at a moment.

An undo is a change like others, and is recorded in the same history. It takes back the newest revision that
stands. A redo brings back what the newest undo took. After any other change of the same record there is nothing
to redo; changes of other records do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, cast

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.model import changes, sequence
from liveblog_cli.model.values import Added, Blog, CorrectionKind, Entry, Record

HEAD = "-"
"""The head's name in places that take an entry's id. No id begins like this."""

ADDING = -1
"""The number of the revision that added an entry. Its changes have the numbers from 0."""


class Revision(Struct, frozen=True, kw_only=True):
    """One change of one record, for display. `entry` is the entry's id, or empty for the head.

    `number` is its place in the record's history. `before` and `after` hold the fields that differ, as
    plain values. For an undo or a redo, `about` is the number of the revision that it took back or brought
    back. `stands` is false for a revision that was taken back.
    """

    entry: str
    title: str
    number: int
    at: datetime
    order: datetime | None = None
    by: str
    action: str
    kind: CorrectionKind | None = None
    note: str = ""
    minor: bool = False
    batch: str = ""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    about: int | None = None
    about_action: str = ""
    stands: bool = True


class UndoStack(NamedTuple):
    """What undo and redo would do to one record. All numbers are those of its revisions.

    `done` are the revisions that stand, newest last. `undone` are pairs: a revision that was taken back,
    and the undo that did it. `about` maps each undo and redo to the revision that it took or brought
    back; `again` maps a revision to the redo that brought it back.
    """

    done: tuple[int, ...]
    undone: tuple[tuple[int, int], ...]
    about: dict[int, int]
    again: dict[int, int]

    @property
    def top(self) -> int:
        """The newest revision that stands; if a redo brought it back, that redo."""
        return self.again.get(self.done[-1], self.done[-1])


def build_undo_stack(record: Record) -> UndoStack:
    """Read from a record's history which revisions stand, and which a redo could bring back."""
    done = [ADDING] if isinstance(record, Entry) and record.added else []
    undone: list[tuple[int, int]] = []
    about: dict[int, int] = {}
    again: dict[int, int] = {}
    for number, change in enumerate(record.history):
        if change.action == "undo" and done:
            about[number] = done.pop()
            undone.append((about[number], number))
        elif change.action == "redo" and undone:
            about[number] = undone.pop()[0]
            again[about[number]] = number
            done.append(about[number])
        else:
            done.append(number)
            undone.clear()
    return UndoStack(tuple(done), tuple(undone), about, again)


def rewind_blog(blog: Blog, moment: datetime) -> Blog:
    """The blog as it was at `moment`, without the entries and changes that came later.

    An entry without `added`, as people write them by hand, counts as having been there always.
    """
    head = cast(Blog, changes.rewind(replace(blog, entries=()), moment))
    there = [e for e in blog.entries if e.added is None or e.added.at <= moment]
    return replace(head, entries=tuple(cast(Entry, changes.rewind(e, moment)) for e in there))


def list_revisions(record: Record) -> list[Revision]:
    """The revisions of a record, oldest first."""
    stands, _, about, _ = build_undo_stack(record)
    revisions = [describe_revision(record, n, about, n in stands) for n in _list_numbers(record)]
    later = record if isinstance(record, Entry) else replace(record, entries=())
    for index in range(-1, -1 - len(record.history), -1):
        change = record.history[index]
        earlier = changes.revert(later, change)
        names = [*change.was, *change.absent]
        revisions[index] = replace(
            revisions[index],
            before=_pick_fields(earlier, names),
            after=_pick_fields(later, names),
        )
        later = earlier
    return revisions


def list_all_revisions(blog: Blog) -> list[Revision]:
    """The revisions of the head and of all entries, in the order in which they were made."""
    found = [(sort_key(r, v.number), v) for r in list_records(blog) for v in list_revisions(r)]
    return [revision for _, revision in sorted(found, key=lambda pair: pair[0])]


def list_records(blog: Blog, entry: str = "") -> Iterable[Record]:
    """The head and all entries; or only the one that `entry` names (an id, or `HEAD`)."""
    if entry in ("", HEAD):
        yield replace(blog, entries=())
    yield from (e for e in blog.entries if not entry or e.id == entry)


def sort_key(record: Record, number: int) -> tuple[datetime, bool]:
    """A key that sorts revisions into the order in which they were made.

    Of two with equal keys, the later one in the file was made later. No revision sorts before an earlier
    one of its record, whatever its date: older files have no `order`, and a clock may have been set back
    (as in `changes.rewind`).
    """
    moments = [sequence.moment_of(c) for c in record.history[: number + 1]]
    if isinstance(record, Entry) and record.added:
        moments.append(sequence.moment_of(record.added))
    return max(moments), number != ADDING


def _list_numbers(record: Record) -> list[int]:
    adding = [ADDING] if isinstance(record, Entry) and record.added else []
    return [*adding, *range(len(record.history))]


def describe_revision(
    record: Record, number: int, about: dict[int, int], stands: bool = True
) -> Revision:
    """The revision with this number, without the fields that it changed.

    `about` is that of the record's `UndoStack`.
    """
    name = record.id if isinstance(record, Entry) else ""
    title = record.short_title(60) if isinstance(record, Entry) else " ".join(record.title.split())
    if number == ADDING:
        added = cast(Entry, record).added or Added(at=cast(Entry, record).time)
        return Revision(
            entry=name,
            title=title,
            number=ADDING,
            at=added.at,
            order=added.order,
            by=added.by,
            action="add",
            batch=added.batch,
            stands=stands,
        )
    change = record.history[number]
    subject = about.get(number)
    return Revision(
        entry=name,
        title=title,
        number=number,
        at=change.at,
        order=change.order,
        by=change.by,
        action=change.action,
        kind=change.kind,
        note=change.note,
        minor=change.minor,
        batch=change.batch,
        about=subject,
        about_action="" if subject is None else _action_of(record, subject),
        stands=stands or subject is not None,
    )


def _action_of(record: Record, number: int) -> str:
    return "add" if number == ADDING else record.history[number].action


def _pick_fields(record: Record, names: Iterable[str]) -> dict[str, Any]:
    plain = changes.list_fields(record)
    return {name: plain[name] for name in names if name in plain}
