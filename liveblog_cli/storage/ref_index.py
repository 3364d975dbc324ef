"""Which entry has which sender's id: an index over a blog file that a stream keeps between batches.

It lives in a temporary SQLite database, which goes to disk by itself: a million refs need no more
memory than ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import tomli

from liveblog_cli.storage.disk import State
from liveblog_cli.storage.layout import Layout
from liveblog_cli.storage.transaction import ByteRange, Snapshot, WriteResult

if TYPE_CHECKING:
    import sqlite3

_PLAIN_REF = re.compile(r'\nref = "([^"\\\n]*)"\r?\n')


class RefIndex:
    """The places of the entries that have a ref, in a file of one state."""

    def __init__(self) -> None:
        self._state: State | None = None

    @cached_property
    def _table(self) -> sqlite3.Connection:
        """Made for the first ref: few streams need none, and importing SQLite takes a while."""
        import sqlite3

        table = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        table.execute("PRAGMA journal_mode = OFF")
        table.execute("CREATE TABLE refs (ref TEXT PRIMARY KEY, start, stop) WITHOUT ROWID")
        return table

    def place(self, ref: str, seen: Snapshot) -> ByteRange | None:
        """Where the entry with that ref stands. The file is read where others changed it."""
        if self._state != seen.state:
            self._table.execute("DELETE FROM refs")
            self._put(_find_refs(seen.layout))
            self._state = seen.state
        found = self._table.execute("SELECT start, stop FROM refs WHERE ref = ?", (ref,))
        row: ByteRange | None = found.fetchone()
        return row

    def add(self, written: WriteResult, blocks: Iterable[tuple[str, str]]) -> None:
        """Take in blocks, with their refs, that were just written into the file."""
        if self._state == written.before and not written.moved:
            self._put(_place_blocks(written.appended_at, blocks))
            self._state = written.after

    def _put(self, rows: Iterable[tuple[str, int, int]]) -> None:
        """The first entry with a ref is the one that it names."""
        self._table.execute("BEGIN")
        self._table.executemany("INSERT OR IGNORE INTO refs VALUES (?, ?, ?)", rows)
        self._table.execute("COMMIT")


def _place_blocks(at: int, blocks: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    for ref, block in blocks:
        end = at + len(block.encode())
        if ref:
            yield ref, at, end
        at = end


def _find_refs(layout: Layout) -> Iterator[tuple[str, int, int]]:
    at, byte = 0, 0
    for piece in layout.blocks:
        byte += len(layout.text[at : piece.start].encode())
        block = layout.text[piece.start : piece.end]
        end = byte + len(block.encode())
        if "ref" in block and (ref := _read_ref(block)):
            yield ref, byte, end
        at, byte = piece.end, end


def _read_ref(block: str) -> str:
    """The ref of a block; empty where it has none or can't be read."""
    if '"""' not in block and "'''" not in block:
        own = block[: block.find("\n[", 2)] if "\n[" in block[2:] else block
        if found := _PLAIN_REF.search(f"{own}\n"):
            return found[1]
    try:
        ref = tomli.loads(block.removeprefix("\ufeff"))["entries"][0].get("ref", "")
    except (tomli.TOMLDecodeError, KeyError, IndexError, AttributeError, RecursionError):
        return ""
    return ref if isinstance(ref, str) else ""
