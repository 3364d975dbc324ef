"""What a change of a blog makes of its file: the bytes to be written, and the values before and after.

Each function decides for `Store.transaction`: it looks at the file under its lock and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.errors import ChangedMeanwhile
from liveblog_cli.model import changes, sequence
from liveblog_cli.model.values import Blog, Change, Entry
from liveblog_cli.storage import codec, records
from liveblog_cli.storage.transaction import Snapshot, Splice, WriteRequest

Answer = TypeVar("Answer")


def change_entry(
    seen: Snapshot,
    name: str,
    edit: Callable[[Entry], Entry],
    change: Change,
    expected: Entry | None = None,
) -> tuple[WriteRequest, tuple[Entry, Entry]]:
    """Change one entry, and record in its history what was there before.

    Raises:
        NotFound: no such entry, or several begin so.
        ChangedMeanwhile: it is not `expected`.
        InvalidFile: its block can't be read.
    """
    layout = codec.split_hidden(seen.layout)
    piece = records.find_entry(layout, name, seen.path)
    old = records.read_entry(layout, piece, seen.path)
    if expected is not None and old != expected:
        raise ChangedMeanwhile(f"entry {old.id} was changed meanwhile", "look at it and try again")
    edited = edit(old)
    if edited == old and not change.note:
        return WriteRequest(), (old, old)  # before anything is asked of the whole file
    stamp = seen.put_behind(replace(change, at=change.at.astimezone(old.time.tzinfo)))
    new = changes.record_change(old, edited, stamp)
    assert isinstance(new, Entry)
    if new == old:
        return WriteRequest(), (old, old)
    start, end = seen.place(piece)
    text = codec.edit_block(layout.text[piece.start : piece.end], old, new)
    latest = sequence.earliest_after(stamp)
    return WriteRequest([Splice(start, end, text)], latest=latest), (old, new)


def change_head(
    seen: Snapshot, edit: Callable[[Blog], Blog], change: Change
) -> tuple[WriteRequest, tuple[Blog, Blog]]:
    """Change the blog itself, and record in its history what was there before.

    Raises:
        InvalidFile: the head can't be read.
        LiveblogError: it is laid out so that it can't be changed safely.
    """
    from liveblog_cli.storage import rewrite

    old = records.read_head(seen.layout, seen.path)
    stamp = seen.put_behind(replace(change, at=change.at.astimezone(ZoneInfo(old.timezone))))
    new = changes.record_change(old, edit(old), stamp)
    assert isinstance(new, Blog)
    if new == old:
        return WriteRequest(), (old, old)
    write = _replace_all(seen, rewrite.replace_head(seen.layout, old, new))
    return replace(write, latest=sequence.earliest_after(stamp)), (old, new)


def change_all(
    seen: Snapshot, edit: Callable[[Blog], tuple[Blog, Answer]]
) -> tuple[WriteRequest, tuple[Blog, Blog, Answer]]:
    """Change the blog and its entries. `edit` keeps the histories itself; its answer is handed on.

    Raises:
        InvalidFile: the head can't be read.
        LiveblogError: it is laid out so that it can't be changed safely.
    """
    from liveblog_cli.storage import rewrite

    layout = codec.split_hidden(seen.layout)
    old, _ = records.read_all(layout, seen.path)
    edited, answer = edit(old)
    new = sequence.put_in_order(old, edited)
    return _replace_all(seen, rewrite.replace_changed(layout, old, new)), (old, new, answer)


def _replace_all(seen: Snapshot, text: str) -> WriteRequest:
    """`text` in the place of the whole file; nothing where that is the same."""
    return WriteRequest([Splice(0, seen.size, text)] if text != seen.layout.text else ())
