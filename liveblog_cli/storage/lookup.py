"""Which blocks are meant: by id, beginning of an id, `last`, `ref:KEY`, or as the newest.

Only the blocks that are answered are parsed, and those that do not begin as this program writes them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import UTC, datetime
from heapq import nlargest
from operator import itemgetter

from liveblog_cli.errors import LiveblogError, NotFound
from liveblog_cli.storage import codec
from liveblog_cli.storage.layout import Layout, Piece

# Patterns that only some commands need are compiled where they are used: `re` remembers them.
_FIRST_ID = r'[^\n]*\n[ \t]*id = "([^"\\\n]*)"[ \t]*\r?\n'
_BEGINNING = r'\[\[entries\]\]\r?\nid = "[^"\\\n]*"\r?\ntime = (\S+)\r?\n'
_UNREAD = datetime.max.replace(tzinfo=UTC)


def find(layout: Layout, name: str, path: str) -> Piece:
    """The block of the entry that `name` names. `path` is the file's, for the message.

    Raises:
        NotFound: there is none, or several ids begin so; the message lists them.
    """
    pieces = layout.blocks
    if name == "last" and pieces:
        return pieces[-1]
    if name.startswith("ref:"):
        return _find_ref(layout, name[4:], path)
    if (found := _find_written_id(layout, pieces, name)) is not None:
        return found
    known = [read_id(layout.text, p) for p in pieces]
    if known.count(name) == 1:
        return pieces[known.index(name)]
    matches = [p for p, i in zip(pieces, known, strict=True) if name and i.startswith(name)]
    if len(matches) == 1:
        return matches[0]
    raise _explain_missing(layout, name, matches, path)


def find_newest(layout: Layout, number: int) -> list[Piece]:
    """The blocks of the `number` entries with the newest times, of one time the later one first.

    A block that can't be read counts as the newest, so that it is noticed.
    """
    pieces = layout.blocks
    times = _read_written_times(layout, pieces) or [_read_time(layout.text, p) for p in pieces]
    timed = zip(times, range(len(pieces)), pieces, strict=True)
    return [piece for _, _, piece in nlargest(number, timed, key=itemgetter(0, 1))]


def _read_written_times(layout: Layout, pieces: list[Piece]) -> list[datetime] | None:
    """The times of all blocks, where all begin as this program writes them."""
    found = list(re.finditer(_BEGINNING, layout.text))
    if [m.start() for m in found] != [p.start for p in pieces]:
        return None
    try:
        times = [datetime.fromisoformat(m[1]) for m in found]
    except ValueError:
        return None
    return None if any(t.tzinfo is None for t in times) else times


def read_id(text: str, piece: Piece) -> str:
    """The id of a block; empty where it has none or can't be read."""
    found = re.compile(_FIRST_ID).match(text, piece.start)
    return found[1] if found else codec.read_id(text[piece.start : piece.end])


def _find_written_id(layout: Layout, pieces: list[Piece], name: str) -> Piece | None:
    """The block of an id that stands in the file once, where this program writes it."""
    line = f'\nid = "{name}"\n'
    at = layout.text.find(line)
    if at < 0 or layout.text.find(line, at + 1) >= 0:
        return None
    index = bisect_right(pieces, at, key=lambda p: p.start) - 1
    return pieces[index] if index >= 0 and read_id(layout.text, pieces[index]) == name else None


def _find_ref(layout: Layout, ref: str, path: str) -> Piece:
    for piece in layout.blocks:
        block = layout.text[piece.start : piece.end]
        if "ref" in block and (ref in block or "\\" in block):
            entry, _ = codec.parse_entry(block)
            if entry is not None and entry.ref == ref:
                return piece
    raise NotFound(f"no entry with ref {ref!r} in {path}")


def _explain_missing(layout: Layout, name: str, matches: list[Piece], path: str) -> LiveblogError:
    if not matches:
        from liveblog_cli.text.suggest import suggest

        close = suggest(name, ["last"])
        return NotFound(f"no entry {name!r} in {path}{close}", "see the ids with: liveblog list")
    found = [codec.parse_entry(layout.text[p.start : p.end])[0] for p in matches]
    named = [f"{e.id} ({(e.headline or e.body)[:40]})" for e in found if e]
    return NotFound(
        f"{name!r} could be {len(matches)} entries: {', '.join(named[:8])}", "type more of the id"
    )


def _read_time(text: str, piece: Piece) -> datetime:
    entry, _ = codec.parse_entry(text[piece.start : piece.end])
    return entry.time if entry else _UNREAD
