"""The history of a blog as readers saw it: what changed for them, what they were told, what was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from liveblog_cli.model import history
from liveblog_cli.model.fields import FIELDS
from liveblog_cli.model.values import Blog, Change, Entry, Status

UNNOTICED = frozenset({"added", *(name for name, field in FIELDS.items() if not field.noticed)})
"""Fields of an entry that may change without making it an updated entry for readers."""

ON_THE_PAGE = frozenset(
    {"title", "kicker", "summary", "authors", "ended", "closing", "previous", "next"}
)
"""Fields of the head that readers see."""


class _State(NamedTuple):
    """The two fields that decide whether readers may see an entry."""

    status: Status | None
    time: datetime

    def is_public(self, at: datetime) -> bool:
        return self.status is None and self.time <= at


class _Step(NamedTuple):
    """A change, with the states before and after it. `number` is its place in the history, from 0."""

    number: int
    change: Change
    before: _State
    after: _State


def find_last_update(entry: Entry) -> datetime | None:
    """When the entry last changed for readers; None if it never did.

    A silent edit counts. A minor edit and pinning do not count, and nothing counts that happened before
    the entry was public. An undo counts if the change that it takes back counts.
    """
    return max([s.change.at for s in _list_steps(entry) if _is_noticed(s)], default=None)


def list_corrections(entry: Entry) -> list[Change]:
    """The corrections, clarifications and updates that readers are told of, oldest first.

    Those that an undo took back are left out, and those that were made before the entry was public.
    """
    if not any(c.note for c in entry.history):
        return []
    stands = history.build_undo_stack(entry).done
    return [
        s.change
        for s in _list_steps(entry)
        if s.change.kind
        and s.change.note
        and s.number in stands
        and s.before.is_public(s.change.at)
    ][::-1]


def find_withdrawal(entry: Entry) -> datetime | None:
    """When an entry that readers may have seen was taken back; None if that never happened."""
    if entry.status is None:
        return None
    steps = list(_list_steps(entry))
    if not any(s.before.is_public(s.change.at) for s in steps):
        return None
    return max(s.change.at for s in steps if s.before.status is None and s.after.status is not None)


def find_head_update(blog: Blog) -> datetime | None:
    """When a field of the head that readers see was last changed; None if none was."""
    moments = [
        c.at
        for c in blog.history
        if not c.minor and not ON_THE_PAGE.isdisjoint((*c.was, *c.absent))
    ]
    return max(moments, default=None)


def _is_noticed(step: _Step) -> bool:
    change = step.change
    if change.minor:
        return False
    if step.before.status == "retracted":
        return step.after.is_public(change.at)
    touched = {*change.was, *change.absent} - UNNOTICED
    return step.before.is_public(change.at) and bool(touched or change.note)


def _list_steps(entry: Entry) -> Iterator[_Step]:
    """The changes, newest first, each with the states before and after it.

    If the history holds a `time` that is no time (people can edit the file), the time counts as unchanged.
    """
    state = _State(entry.status, entry.time)
    for number in range(len(entry.history) - 1, -1, -1):
        change, after = entry.history[number], state
        status = None if "status" in change.absent else change.was.get("status", state.status)
        time = change.was.get("time")
        if not (isinstance(time, datetime) and time.tzinfo):
            time = state.time
        state = _State(status, time)
        yield _Step(number, change, state, after)


def find_beginning(blog: Blog, now: datetime) -> datetime:
    """When the coverage began: `started`, or the time of the oldest entry that readers ever saw, if that is older.

    Entries that were taken back count too, so the beginning that a page once showed does not change.
    """
    times = [e.time for e in blog.entries if e.is_public(now) or find_withdrawal(e)]
    if blog.started is None:
        return min(times, default=now)
    return min([blog.started, *times])
