"""What readers noticed of a history: which changes they met, were told of, or lost an entry by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from liveblog_cli.model import history
from liveblog_cli.model.values import Blog, Change, Entry, Status

UNNOTICED = frozenset({"pinned", "status", "ref", "added"})
"""Fields of an entry whose change does not make it a changed one for readers."""

ON_THE_PAGE = frozenset(
    {"title", "kicker", "summary", "authors", "ended", "closing", "previous", "next"}
)
"""Fields of the head whose change readers see."""


class _State(NamedTuple):
    """What decides whether readers may see an entry."""

    status: Status | None
    time: datetime

    def is_public(self, at: datetime) -> bool:
        return self.status is None and self.time <= at


class _Step(NamedTuple):
    """A change between two states; `number` counts from 0."""

    number: int
    change: Change
    before: _State
    after: _State


def updated(entry: Entry) -> datetime | None:
    """When readers last met something changed in the entry; None where nothing was.

    A silent edit counts, a minor one and pinning do not, nor what happened before it was public.
    An undo counts as what it takes back does.
    """
    return max([s.change.at for s in _steps(entry) if _is_noticed(s)], default=None)


def told(entry: Entry) -> list[Change]:
    """The corrections, clarifications and updates that stand, oldest first.

    What was taken back by undo is not among them, nor what was said of a text nobody had read.
    """
    if not any(c.note for c in entry.history):
        return []
    stands = history.stack(entry).done
    return [
        s.change
        for s in _steps(entry)
        if s.change.kind
        and s.change.note
        and s.number in stands
        and s.before.is_public(s.change.at)
    ][::-1]


def gone(entry: Entry) -> datetime | None:
    """When an entry that readers may have seen was taken from them; None for every other one."""
    if entry.status is None:
        return None
    steps = list(_steps(entry))
    if not any(s.before.is_public(s.change.at) for s in steps):
        return None
    return max(s.change.at for s in steps if s.before.status is None and s.after.status is not None)


def head_updated(blog: Blog) -> datetime | None:
    """When a field of the head that stands on the page was last changed; None where none was."""
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


def _steps(entry: Entry) -> Iterator[_Step]:
    """The changes, newest first, with the states around each.

    A time that somebody wrote into the history wrongly counts as not changed.
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


def beginning(blog: Blog, now: datetime) -> datetime:
    """When the coverage began: `started`, or the oldest time that readers ever saw, if that is older.

    It does not move when an entry is retracted: what the page said once about its age stays true.
    """
    seen = [e.time for e in blog.entries if e.is_public(now) or gone(e)]
    if blog.started is None:
        return min(seen, default=now)
    return min([blog.started, *seen])
