"""The copies of images in the folder of an export: their names, and which of them can be used."""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path, PurePath

from msgspec import Struct

FOLDER = "media"
"""Beside the page."""

_NAME = re.compile(r"(?P<content>[0-9a-f]{16})(?P<sign>[0-9a-f]{4})-[1-9][0-9]*\.[a-z]+")
_ENDS = {
    ".jpg": b"\xff\xd9",
    ".png": b"IEND\xaeB`\x82",
    ".gif": b";",
}


def stem(content: bytes) -> str:
    """What the names of the copies of an image begin with: a hash of its content, and a sign.

    The sign tells a copy from any other picture whose name is hexadecimal: only ours fit together.
    """
    found = hashlib.sha256(content).hexdigest()[:16]
    return found + _sign(found)


def is_ours(path: Path) -> bool:
    """Whether a file is a copy that this program made, by its name."""
    found = _NAME.fullmatch(path.name)
    return found is not None and found["sign"] == _sign(found["content"])


def stem_of(copy: PurePath) -> str:
    """What the name of a copy begins with: the same for all sizes of an image."""
    return copy.name.partition("-")[0]


def _sign(content: str) -> str:
    return hashlib.sha256(b"liveblog " + content.encode()).hexdigest()[:4]


class ExistingCopies(Struct, frozen=True):
    """The copies below a folder, but those that are `doubted`: others changed them."""

    folder: Path
    doubted: frozenset[Path] = frozenset()

    def holds(self, name: str) -> bool:
        """Whether a copy is there, and not cut short."""
        path = self.folder / name
        return path not in self.doubted and path.is_file() and is_whole(path)


def is_whole(path: Path) -> bool:
    """Whether an image file of ours has its end. (Not whether all before it is as it was.)

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        start = file.read(12)
        if path.suffix == ".webp":
            return len(start) == 12 and struct.unpack("<I", start[4:8])[0] + 8 == _size(path)
        if path.suffix == ".avif":
            return _boxes_end(path) == _size(path) > 0
        end = _ENDS[path.suffix]
        file.seek(max(0, _size(path) - len(end)))
        return file.read() == end


def _size(path: Path) -> int:
    return path.stat().st_size


def _boxes_end(path: Path) -> int:
    """Where the last box of an ISO file ends (ISO/IEC 14496-12, 4.2)."""
    at = 0
    with path.open("rb") as file:
        while header := file.read(16):
            size, _, large = struct.unpack(">I4sQ", header.ljust(16, b"\0"))
            size = {0: _size(path) - at, 1: large}.get(size, size)
            if size < 8:
                return 0
            at += size
            file.seek(at)
    return at
