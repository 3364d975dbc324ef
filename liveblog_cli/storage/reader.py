"""The blog file on disk, read: without a lock, and without writing anything.

Appends only add and replacements are renames, so that a reader finds one version or the next; what is
not all of a block, or not yet, is left out; the log says so.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import NamedTuple

from liveblog_cli.runtime.log import Log
from liveblog_cli.storage import disk, links, lock, opening, scanner
from liveblog_cli.storage.encoding import decode, decode_any, require_utf8_but_for_tear
from liveblog_cli.storage.layout import Layout
from liveblog_cli.storage.toml import CONFLICT_MARKER

HEAD = 16384
"""Bytes at the start that are looked at first for the head alone."""

TRIES = 5
"""So often the file is read anew where it is being written into."""

LOOKS = 20
"""So often the file is read anew where it was written meanwhile."""

SAVES, SAVE = 4, 0.025
"""So often, and so many seconds apart, a file is looked at that is empty or torn: an editor that
empties it and writes it anew may be at work."""

MOMENT = 0.005
"""Seconds between two looks at a file that is being written into."""

_FIRST = re.compile(rb"(?:\A|\n)\[\[entries\]\][^\n]*\n")

_LOG = Log(__name__)


class Look(NamedTuple):
    """A file as it was read. `tail_line` is where half a block begins that was left out, if any."""

    layout: Layout
    tail_line: int | None = None


class Reader:
    """One blog file. `timeout`: seconds to wait for whoever writes into it."""

    def __init__(self, path: Path, timeout: float = lock.DEFAULT_TIMEOUT) -> None:
        self.path = links.resolve(path)
        self.timeout = timeout

    def read(self) -> Layout:
        """The whole file, cut into pieces. Half a block at its end is left out, and that is logged.

        Raises:
            NotFound: there is no such file.
            InvalidFile: it is not UTF-8, or holds a merge conflict.
        """
        layout, tail_line = self.look()
        if tail_line is not None:
            from liveblog_cli.storage.torn_tail import HALF_BLOCK

            _LOG.warning(f"{self.path}:{tail_line}: {HALF_BLOCK}, which is left out")
        return layout

    def look(self) -> Look:
        """The same as `read`, but the half block is answered instead of logged.

        An append that another process is just making is as if it had not begun.
        """
        from liveblog_cli.storage import torn_tail

        waits = 0
        for _ in range(LOOKS):
            state = opening.state_at(self.path)
            data = self._read_bytes()
            layout = scanner.scan(decode_any(data))
            appending = _start_of_append(self.path, data)
            at = torn_tail.find_tear(data, layout) if appending is None else appending
            if at is None and data and len(data) == state.size:
                return Look(opening.require_text(data, layout, self.path))
            if opening.state_at(self.path) == state:  # else it was written while we read
                resting = abs(time.time_ns() - state.changed_ns) >= disk.RECENT
                if appending is not None or resting or waits == SAVES:
                    break
                waits += 1
                time.sleep(SAVE)
        if at is None:
            return Look(opening.require_text(data, layout, self.path))
        require_utf8_but_for_tear(data, at, self.path)
        whole = opening.scan(data[:at], self.path)
        being_added = appending is not None and lock.is_held(self.path)
        return Look(whole, None if being_added else data.count(b"\n", 0, at) + 1)

    def read_head(self) -> Layout:
        """The pieces before the first entry, without reading the rest of the file.

        Tables of the head that stand behind entries are not in it. The title, zone and language
        that an append needs can't be there: TOML has no way back to the root table.
        """
        with opening.open_file(self.path) as file:
            data = file.read(HEAD)
        found = _FIRST.search(data)
        if found and lock.peek(self.path).rewrite is None:
            text = decode(data[: found.end()], self.path)
            layout = scanner.scan(text)
            if layout.open_at is None and layout.blocks and CONFLICT_MARKER not in text:
                return Layout(text[: layout.blocks[0].start], layout.pieces[:1])
        return self.read()

    def _read_bytes(self) -> bytes:
        """The whole file, not in the midst of being written into."""
        for _ in range(TRIES):
            if (found := self._read_rewrite()) is not None:
                return found
            with opening.open_file(self.path) as file:
                before = disk.state_of(file)
                data = file.read()
                same = disk.state_of(file) == before
            if same and lock.peek(self.path).rewrite is None:
                break
        return data

    def _read_rewrite(self) -> bytes | None:
        """What the file is to hold, where somebody is writing into it at this moment."""
        deadline = time.monotonic() + self.timeout
        while lock.peek(self.path).rewrite is not None:
            from liveblog_cli.storage import in_place

            found = in_place.read_whole(self.path)
            if found is not None or not lock.is_held(self.path) or time.monotonic() > deadline:
                return found
            time.sleep(MOMENT)
        return None


def _start_of_append(path: Path, data: bytes) -> int | None:
    """The byte where an append begins that is under way, or that its writer did not finish."""
    append = lock.peek(path).append
    return append.start_of_part(data) if append else None
