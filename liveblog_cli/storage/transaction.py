"""What a writer sees of a blog file under its lock, and what it asks to be written, in bytes.

A transaction is one look and one write: blocks behind the end of the file, others in place of
blocks that are there, or both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from liveblog_cli.model import sequence
from liveblog_cli.model.values import Change
from liveblog_cli.storage import disk, opening
from liveblog_cli.storage.disk import State
from liveblog_cli.storage.encoding import decode_any
from liveblog_cli.storage.layout import Layout, Piece
from liveblog_cli.storage.line_ends import CRLF, LF
from liveblog_cli.storage.lock_memory import LockMemory

CHUNK = 1 << 20
"""Bytes that are copied at a time, so that a large file needs no large memory."""

LINES = 4096
"""Bytes at the end of a file in which nearly always a line ends."""

ByteRange = tuple[int, int]
"""Where a block begins and ends, in bytes."""


class Splice(Struct, frozen=True):
    """`text` in place of the bytes from `start` to `end`."""

    start: int
    end: int
    text: str


class WriteRequest(Struct, frozen=True):
    """What is to be written at once. Splices do not overlap; `append` is whole blocks.

    `latest` is the earliest moment that the next change may have in the blog's order (see
    `sequence`), if known.
    """

    splices: Sequence[Splice] = ()
    append: str = ""
    latest: datetime | None = None


class WriteResult(Struct, frozen=True):
    """How the file was and is now, and the byte at which the appended blocks begin.

    `moved` says that other blocks may stand at other bytes than before.
    """

    before: State
    after: State
    appended_at: int
    moved: bool = False


class Snapshot:
    """A blog file as it is while its lock is held. What was looked at once is not read again."""

    def __init__(self, file: BinaryIO, path: Path, memory: LockMemory) -> None:
        self.path = path
        self.state = disk.state_of(file)
        self._file = file
        self._memory = memory

    @property
    def size(self) -> int:
        """Bytes."""
        return self.state.size

    @cached_property
    def content(self) -> bytes:
        """The whole file."""
        return self.part(0, self.size)

    @cached_property
    def layout(self) -> Layout:
        """The whole file, cut into pieces.

        Raises:
            InvalidFile: it is not UTF-8, or holds a merge conflict.
        """
        return opening.scan(self.content, self.path)

    def place(self, piece: Piece) -> ByteRange:
        """Where a piece of the layout stands, in bytes."""
        text = self.layout.text
        if text.isascii():
            return piece.start, piece.end
        start = len(text[: piece.start].encode())
        return start, start + len(text[piece.start : piece.end].encode())

    def contains(self, text: str) -> bool:
        """Whether the bytes of `text` stand anywhere in the file."""
        return text.encode() in self.content

    def put_behind(self, change: Change) -> Change:
        """A change put behind all that was done in the file (see `sequence`).

        The file is read for that only where the lock file does not remember.
        """
        floor = self._memory.latest_in(self.state)
        if floor is None:
            from liveblog_cli.storage import chronicle

            floor = chronicle.find_earliest(decode_any(self.content), change.at)
        return sequence.put_behind(change, floor)

    @cached_property
    def line_end(self) -> str:
        """How the last line of the file ends, or else the one above it; LF where none does."""
        start = max(0, self.size - LINES)
        tail = self.part(start, self.size)
        if start and tail.rfind(b"\n") < 1:
            tail = self.content
        end = tail.rfind(b"\n")
        return CRLF if tail[:end].endswith(b"\r") and end > 0 else LF

    def part(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        self._file.seek(start)
        return self._file.read(end - start)


def bytes_to_append(seen: Snapshot, text: str) -> bytes:
    """`text` as it stands behind the end of the file: with a blank line before it."""
    end = seen.line_end.encode()
    ending = seen.part(max(0, seen.size - 4), seen.size)
    is_blank = ending.replace(b"\r\n", b"\n").endswith(b"\n\n")
    return end * (not ending.endswith(b"\n")) + end * (not is_blank) + text.encode()


def new_content(seen: Snapshot, write: WriteRequest) -> Iterator[bytes]:
    """The bytes of the whole file once `write` is carried out."""
    at = 0
    for splice in sorted(write.splices, key=lambda s: s.start):
        yield from _copy(seen, at, splice.start)
        yield splice.text.encode()
        at = splice.end
    yield from _copy(seen, at, seen.size)
    if write.append:
        yield bytes_to_append(seen, write.append)


def _copy(seen: Snapshot, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, CHUNK):
        yield seen.part(at, min(at + CHUNK, end))
