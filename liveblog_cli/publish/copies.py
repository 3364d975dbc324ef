"""The copies of images in the folder of an export: their names, and whether a file is a whole copy."""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path, PurePath

from msgspec import Struct

FOLDER = "media"
"""The folder of the copies, beside the page."""

_NAME = re.compile(r"(?P<content>[0-9a-f]{16})(?P<sign>[0-9a-f]{4})-[1-9][0-9]*\.[a-z]+")
_ENDS = {
    ".jpg": b"\xff\xd9",
    ".png": b"IEND\xaeB`\x82",
    ".gif": b";",
}


def make_stem(content: bytes) -> str:
    """The beginning of the names of an image's copies: a hash of its content, and a sign made of the hash.

    By the sign a copy is known from other pictures with a hexadecimal name: their sign does not fit.
    """
    digest = hashlib.sha256(content).hexdigest()[:16]
    return digest + _make_sign(digest)


def is_ours(path: Path) -> bool:
    """Whether a file has the name of a copy that this program made."""
    found = _NAME.fullmatch(path.name)
    return found is not None and found["sign"] == _make_sign(found["content"])


def get_stem(copy: PurePath) -> str:
    """The beginning of a copy's name. It is the same for all sizes of an image."""
    return copy.name.partition("-")[0]


def _make_sign(content: str) -> str:
    return hashlib.sha256(b"liveblog " + content.encode()).hexdigest()[:4]


class ExistingCopies(Struct, frozen=True):
    """The copies below a folder. Those in `doubted` do not count, because another program changed them."""

    folder: Path
    doubted: frozenset[Path] = frozenset()

    def holds(self, name: str) -> bool:
        """Whether a copy exists and is whole."""
        path = self.folder / name
        return path not in self.doubted and path.is_file() and is_complete(path)


def is_complete(path: Path) -> bool:
    """Whether an image file that this program made has its end. What is before the end is not checked.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        start = file.read(12)
        if path.suffix == ".webp":
            return len(start) == 12 and struct.unpack("<I", start[4:8])[0] + 8 == _find_size(path)
        if path.suffix == ".avif":
            return _find_end(path) == _find_size(path) > 0
        end = _ENDS[path.suffix]
        file.seek(max(0, _find_size(path) - len(end)))
        return file.read() == end


def _find_size(path: Path) -> int:
    return path.stat().st_size


def _find_end(path: Path) -> int:
    """Where the last box of an ISO file ends (ISO/IEC 14496-12, 4.2)."""
    at = 0
    with path.open("rb") as file:
        while header := file.read(16):
            size, _, large = struct.unpack(">I4sQ", header.ljust(16, b"\0"))
            size = {0: _find_size(path) - at, 1: large}.get(size, size)
            if size < 8:
                return 0
            at += size
            file.seek(at)
    return at
