"""Undo and redo. Both are recorded as changes of their own (see `history`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.errors import ChangedMeanwhile, LiveblogError
from liveblog_cli.model import changes, history, sequence
from liveblog_cli.model.history import Revision
from liveblog_cli.model.values import Blog, Change, Entry, Record


def undo(blog: Blog, stamp: Change, entry: str = "") -> tuple[Blog, list[Revision]]:
    """The blog with its newest standing revision taken back, and the revisions that were taken back.

    `stamp` is the change to record: who asks, and when. The revisions of one stream are taken back together.
    With `entry`, an id or `history.HEAD`, the newest revision of that record is meant, whoever made it.

    Raises:
        LiveblogError: no revision is left to take back.
        ChangedMeanwhile: no entry is named, and somebody else made the newest revision.
    """
    candidates = [
        (history.sort_key(r, s.top), history.describe_revision(r, s.done[-1], s.about))
        for r in history.list_records(blog, entry)
        if (s := history.build_undo_stack(r)).done
    ]
    if not candidates:
        raise LiveblogError(
            f"nothing to take back{_describe_place(entry)}", "see: liveblog history"
        )
    newest = max(reversed(candidates), key=lambda pair: pair[0])[1]
    _refuse_others(newest, stamp, entry, "change")
    chosen = [v for _, v in candidates if v is newest or (newest.batch and v.batch == newest.batch)]
    new = _apply(blog, chosen, replace(stamp, batch=newest.batch), _take_back)
    return new, _add_fields(blog, chosen)


def redo(blog: Blog, stamp: Change, entry: str = "") -> tuple[Blog, list[Revision]]:
    """The blog with the revisions of its newest undo brought back, and those revisions (see `undo`).

    Raises:
        LiveblogError: nothing was taken back, or the record was changed since.
        ChangedMeanwhile: no entry is named, and somebody else made the newest undo.
    """
    candidates = [
        (
            history.sort_key(r, n),
            history.describe_revision(r, n, s.about),
            history.describe_revision(r, subject, s.about),
        )
        for r in history.list_records(blog, entry)
        if (s := history.build_undo_stack(r)).undone
        for subject, n in s.undone[-1:]
    ]
    if not candidates:
        raise LiveblogError(
            f"nothing to bring back{_describe_place(entry)}",
            "a change after an undo ends redo for that entry",
        )
    _, newest_undo, newest = max(reversed(candidates), key=lambda found: found[0])
    _refuse_others(newest_undo, stamp, entry, "undo")
    step = (newest_undo.batch, sequence.moment_of(newest_undo))
    same_step = [v for _, u, v in candidates if (u.batch, sequence.moment_of(u)) == step]
    chosen = same_step if newest_undo.batch else [newest]
    new = _apply(blog, chosen, replace(stamp, batch=newest_undo.batch), _bring_back)
    return new, _add_fields(blog, chosen)


def _take_back(record: Record, revision: Revision) -> Record:
    """`record` as it was before the revision. An entry whose adding is taken back is retracted, not removed."""
    for change in reversed(record.history[max(0, revision.number) :]):
        record = changes.revert(record, change)
    if revision.number == history.ADDING:
        assert isinstance(record, Entry)
        return replace(record, status="retracted")
    return record


def _bring_back(record: Record, revision: Revision) -> Record:
    for change in reversed(record.history[revision.number + 1 :]):
        record = changes.revert(record, change)
    return record


def _apply(
    blog: Blog,
    chosen: list[Revision],
    stamp: Change,
    change_record: Callable[[Record, Revision], Record],
) -> Blog:
    """The blog with `change_record` done to the record of each chosen revision, and recorded there."""
    by_entry = {v.entry: v for v in chosen}

    def apply(record: Record, revision: Revision) -> Record:
        zone = record.time.tzinfo if isinstance(record, Entry) else ZoneInfo(record.timezone)
        own_stamp = replace(stamp, at=stamp.at.astimezone(zone), minor=revision.minor)
        return _record_step(record, change_record(record, revision), own_stamp)

    entries = tuple(
        cast(Entry, apply(e, by_entry[e.id])) if e.id in by_entry else e for e in blog.entries
    )
    head = replace(blog, entries=())
    new = cast(Blog, apply(head, by_entry[""])) if "" in by_entry else head
    return replace(new, entries=entries)


def _record_step(old: Record, new: Record, stamp: Change) -> Record:
    """`new` with the stamp in its history, even if no field differs: a redo must find the undo."""
    was, absent = changes.diff_fields(old, new)
    return replace(new, history=(*old.history, replace(stamp, was=was, absent=absent)))


def _refuse_others(newest: Revision, stamp: Change, entry: str, what: str) -> None:
    if not entry and newest.by and newest.by != stamp.by:
        raise ChangedMeanwhile(
            f"the newest {what} is by {newest.by}: {newest.action} {newest.entry or 'the blog'}"
            f" {newest.title}",
            "name an entry to undo or redo what was done to that one; - is the blog itself",
        )


def _add_fields(blog: Blog, chosen: list[Revision]) -> list[Revision]:
    """The same revisions, with the fields that they changed."""
    names = {v.entry for v in chosen if v.number != history.ADDING}
    records = [
        r for r in history.list_records(blog) if (r.id if isinstance(r, Entry) else "") in names
    ]
    complete = {(v.entry, v.number): v for r in records for v in history.list_revisions(r)}
    return [complete.get((v.entry, v.number), v) for v in chosen]


def _describe_place(entry: str) -> str:
    return f" in {'the blog itself' if entry == history.HEAD else entry}" if entry else ""
