"""Lines from a pipe or a file, in batches: whatever is there now, but never too much at once."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator
from typing import NamedTuple

from liveblog_cli.errors import LiveblogError

LONGEST = 1 << 20
"""Bytes. A longer line is not kept, only counted."""

BATCH = 1 << 19
"""Bytes that one batch is made of at most (and a line more)."""

PAUSE = 0.02
"""Seconds to wait for more once something is there: a burst is one batch, a single line is prompt."""

PATIENCE = 0.1
"""Seconds after which a batch is handed on even while more keeps coming."""


class Line(NamedTuple):
    """A line that is not blank, its number from 1. `data` is None where it was too long to keep."""

    number: int
    data: bytes | None


def batches(fd: int) -> Iterator[list[Line]]:
    """The lines of a file descriptor up to its end; the last one may lack its line end.

    Raises:
        LiveblogError: no more can be read. Whole lines that came before were handed on.
    """
    cutter, more = _Cutter(), True
    while more:
        chunk, error = _available(fd)
        if found := cutter.cut(chunk):
            yield found
        if error:
            raise LiveblogError(
                f"no more lines can be read: {error.strerror}",
                "lines that were not answered are not in the file",
            ) from error
        more = bool(chunk)
    if last := cutter.rest():
        yield last


class _Cutter:
    """Cuts what comes in into lines, keeping what a chunk leaves unfinished."""

    def __init__(self) -> None:
        self._number = 0
        self._rest = b""
        self._too_long = False

    def cut(self, chunk: bytes) -> list[Line]:
        first, *others = chunk.split(b"\n")
        if not others:
            self._keep(first)
            return []
        self._keep(first)
        whole = self.rest()
        for data in others[:-1]:
            self._number += 1
            if not data.isspace() and data:
                whole.append(Line(self._number, data if len(data) <= LONGEST else None))
        self._keep(others[-1])
        return whole

    def rest(self) -> list[Line]:
        """The line that was begun, as it stands."""
        self._number += 1
        data, too_long = self._rest, self._too_long
        self._rest, self._too_long = b"", False
        if self._number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        blank = not too_long and (data.isspace() or not data)
        return [] if blank else [Line(self._number, None if too_long else data)]

    def _keep(self, more: bytes) -> None:
        if self._too_long or len(self._rest) + len(more) > LONGEST:
            self._rest, self._too_long = b"", True
        else:
            self._rest += more


def _available(fd: int) -> tuple[bytes, OSError | None]:
    """What can be read without much waiting, empty at the end; and why no more can be read.

    A connection that was reset says so only once.
    """
    chunks: list[bytes] = []
    try:
        chunks.append(read_some(fd))
        size, deadline = len(chunks[0]), time.monotonic() + PATIENCE
        while chunks[-1] and size < BATCH and time.monotonic() < deadline and _ready(fd):
            chunks.append(read_some(fd, BATCH - size))
            size += len(chunks[-1])
    except OSError as error:
        return b"".join(chunks), error
    return b"".join(chunks), None


def read_some(fd: int, most: int = BATCH) -> bytes:
    """What comes next, empty at the end. A pipe that somebody made non-blocking is waited for."""
    while True:
        try:
            return os.read(fd, most)
        except BlockingIOError:
            select.select([fd], [], [])


def _ready(fd: int) -> bool:
    if os.name != "posix":
        return False  # Windows waits on sockets only; what one read gives is the batch
    return bool(select.select([fd], [], [], PAUSE)[0])
