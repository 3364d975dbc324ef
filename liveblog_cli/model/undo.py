"""Undo and redo: changes like others, of what stands in a history (see `history`)."""

from __future__ import annotations

from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.errors import ChangedMeanwhile, LiveblogError
from liveblog_cli.model import history, sequence, values
from liveblog_cli.model.history import Revision
from liveblog_cli.model.values import Blog, Change, Entry, Record


def undo(blog: Blog, stamp: Change, entry: str = "") -> tuple[Blog, list[Revision]]:
    """The blog with the newest standing act taken back, and what that was; `stamp` is of who asks.

    Acts of one stream are one. With `entry`, an id or `history.HEAD`, only what was done to that is
    looked at, and it may be anybody's.

    Raises:
        LiveblogError: nothing stands that could be taken back.
        ChangedMeanwhile: the newest is somebody else's and no entry is named.
    """
    dated = [
        (history.position(r, s.top), history.act(r, s.done[-1], s.about))
        for r in history.records(blog, entry)
        if (s := history.stack(r)).done
    ]
    tops = [a for _, a in dated]
    if not tops:
        raise LiveblogError(f"nothing to take back{_in(entry)}", "see: liveblog history")
    newest = max(reversed(dated), key=lambda pair: pair[0])[1]
    _refuse_others(newest, stamp, entry, "change")
    chosen = [a for a in tops if a is newest or (newest.batch and a.batch == newest.batch)]
    return _with(blog, chosen, replace(stamp, batch=newest.batch), _taken_back), _whole(
        blog, chosen
    )


def redo(blog: Blog, stamp: Change, entry: str = "") -> tuple[Blog, list[Revision]]:
    """The blog with what the newest undo took brought back, and what that was (see `undo`).

    Raises:
        LiveblogError: nothing was taken back, or it was changed since.
        ChangedMeanwhile: the newest undo is somebody else's and no entry is named.
    """
    dated = [
        (history.position(r, n), history.act(r, n, s.about), history.act(r, subject, s.about))
        for r in history.records(blog, entry)
        if (s := history.stack(r)).undone
        for subject, n in s.undone[-1:]
    ]
    if not dated:
        raise LiveblogError(
            f"nothing to bring back{_in(entry)}", "a change after an undo ends redo for that entry"
        )
    _, undoing, newest = max(reversed(dated), key=lambda found: found[0])
    _refuse_others(undoing, stamp, entry, "undo")
    step = (undoing.batch, sequence.moment(undoing))
    same = [a for _, u, a in dated if undoing.batch and (u.batch, sequence.moment(u)) == step]
    chosen = same or [newest]
    return _with(blog, chosen, replace(stamp, batch=undoing.batch), _brought_back), _whole(
        blog, chosen
    )


def _taken_back(record: Record, act: Revision) -> Record:
    """`record` as before the act. Nothing is removed: an entry that is not to be is retracted."""
    for change in reversed(record.history[max(0, act.number) :]):
        record = values.reverted(record, change)
    if act.number == history.ADDING:
        assert isinstance(record, Entry)
        return replace(record, status="retracted")
    return record


def _brought_back(record: Record, act: Revision) -> Record:
    for change in reversed(record.history[act.number + 1 :]):
        record = values.reverted(record, change)
    return record


def _with(blog: Blog, chosen: list[Revision], stamp: Change, make: Any) -> Blog:
    """The blog with each chosen act's record made anew by `make`, and that in its history."""
    own = {a.entry: a for a in chosen}

    def made(record: Record, act: Revision) -> Record:
        zone = record.time.tzinfo if isinstance(record, Entry) else ZoneInfo(record.timezone)
        own_stamp = replace(stamp, at=stamp.at.astimezone(zone), minor=act.minor)
        return _recorded(record, make(record, act), own_stamp)

    entries = tuple(cast(Entry, made(e, own[e.id])) if e.id in own else e for e in blog.entries)
    head = replace(blog, entries=())
    new = cast(Blog, made(head, own[""])) if "" in own else head
    return replace(new, entries=entries)


def _recorded(old: Record, new: Record, stamp: Change) -> Record:
    """`new` with the stamp in its history, also where no field differs: a redo must find the undo."""
    was, absent = values.difference(old, new)
    return replace(new, history=(*old.history, replace(stamp, was=was, absent=absent)))


def _refuse_others(newest: Revision, stamp: Change, entry: str, what: str) -> None:
    if not entry and newest.by and newest.by != stamp.by:
        raise ChangedMeanwhile(
            f"the newest {what} is by {newest.by}: {newest.action} {newest.entry or 'the blog'}"
            f" {newest.title}",
            "name an entry to undo or redo what was done to that one; - is the blog itself",
        )


def _whole(blog: Blog, chosen: list[Revision]) -> list[Revision]:
    """The same acts with the fields that they changed."""
    own = {a.entry: a for a in chosen if a.number != history.ADDING}
    records = [r for r in history.records(blog) if (r.id if isinstance(r, Entry) else "") in own]
    told = {(a.entry, a.number): a for r in records for a in history.acts(r)}
    return [told.get((a.entry, a.number), a) for a in chosen]


def _in(entry: str) -> str:
    return f" in {'the blog itself' if entry == history.HEAD else entry}" if entry else ""
