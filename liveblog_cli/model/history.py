"""What was changed, by whom and when; what undo and redo mean; how a blog stood at a moment.

Undo and redo are changes like others and stand in the history they read: an undo takes back the
newest change that stands, a redo brings back what the newest undo took, and any other change ends
what a redo could bring back. Of a record, that is: changes of other entries do not end it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, cast

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.model import sequence, values
from liveblog_cli.model.values import Added, Blog, CorrectionKind, Entry, Record

HEAD = "-"
"""What the head is called where an entry could be named: no id begins so."""

ADDING = -1
"""The number of the act that made an entry; its changes count from 0."""


class Revision(Struct, frozen=True, kw_only=True):
    """One change as it is told. `entry` is empty where the head was changed.

    `before` and `after` hold the fields that differ, as plain values. `about` is the number of the
    act that an undo or redo was about; `stands` is false for an act that was taken back.
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


class Stack(NamedTuple):
    """Numbers of acts: `done` stand, newest last; `undone` were taken back by the change beside them.

    `about` says what each undo and redo was about, `again` by which redo an act stands.
    """

    done: tuple[int, ...]
    undone: tuple[tuple[int, int], ...]
    about: dict[int, int]
    again: dict[int, int]

    @property
    def top(self) -> int:
        """The number of the act by which the newest one that stands came to stand."""
        return self.again.get(self.done[-1], self.done[-1])


def stack(record: Record) -> Stack:
    """Which acts of a record stand, which could be brought back, and what each undo and redo was about."""
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
    return Stack(tuple(done), tuple(undone), about, again)


def as_of(blog: Blog, moment: datetime) -> Blog:
    """The blog as it stood at `moment`: entries added later are not there, changes not yet made.

    An entry that says nothing of when it was added (written by hand) was always there.
    """
    head = cast(Blog, values.as_of(replace(blog, entries=()), moment))
    there = [e for e in blog.entries if e.added is None or e.added.at <= moment]
    return replace(head, entries=tuple(cast(Entry, values.as_of(e, moment)) for e in there))


def acts(record: Record) -> list[Revision]:
    """Every act of a record, oldest first."""
    stands, _, about, _ = stack(record)
    told = [act(record, n, about, n in stands) for n in _numbers(record)]
    later = record if isinstance(record, Entry) else replace(record, entries=())
    for number in range(len(record.history) - 1, -1, -1):
        change = record.history[number]
        earlier = values.reverted(later, change)
        names = [*change.was, *change.absent]
        told[number - len(record.history)] = replace(
            told[number - len(record.history)],
            before=_picked(earlier, names),
            after=_picked(later, names),
        )
        later = earlier
    return told


def all_acts(blog: Blog) -> list[Revision]:
    """Every act of a blog in the order of doing, oldest first."""
    found = [(position(r, a.number), a) for r in records(blog) for a in acts(r)]
    return [act for _, act in sorted(found, key=lambda pair: pair[0])]


def records(blog: Blog, entry: str = "") -> Iterable[Record]:
    """The head and every entry; with `entry`, an id or `HEAD`, that one alone."""
    if entry in ("", HEAD):
        yield replace(blog, entries=())
    yield from (e for e in blog.entries if not entry or e.id == entry)


def position(record: Record, number: int) -> tuple[datetime, bool]:
    """What to sort acts by, for the order of doing; of equals, the later in the file is the newer.

    None is older than those before it in its record: a clock that was set back may have dated it
    so, in a file of before acts had an `order` (as in `values.as_of`).
    """
    moments = [sequence.moment(c) for c in record.history[: number + 1]]
    if isinstance(record, Entry) and record.added:
        moments.append(sequence.moment(record.added))
    return max(moments), number != ADDING


def _numbers(record: Record) -> list[int]:
    adding = [ADDING] if isinstance(record, Entry) and record.added else []
    return [*adding, *range(len(record.history))]


def act(record: Record, number: int, about: dict[int, int], stands: bool = True) -> Revision:
    """An act without what it changed."""
    name = record.id if isinstance(record, Entry) else ""
    title = record.title if isinstance(record, Blog) else record.headline or record.body[:60]
    title = " ".join(title.split())
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
        about_action="" if subject is None else _action(record, subject),
        stands=stands or subject is not None,
    )


def _action(record: Record, number: int) -> str:
    return "add" if number == ADDING else record.history[number].action


def _picked(record: Record, names: Iterable[str]) -> dict[str, Any]:
    plain = values.fields(record)
    return {name: plain[name] for name in names if name in plain}
