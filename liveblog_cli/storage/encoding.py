"""The text of a blog file: UTF-8, and in words what it is where it is not."""

from __future__ import annotations

import codecs
from pathlib import Path

from liveblog_cli.errors import InvalidFile

_MARKS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""Byte order marks (Unicode 16.0, 23.8), the longer ones first."""


def decode(data: bytes, path: Path) -> str:
    """The text of a whole file, or of its beginning.

    Raises:
        InvalidFile: it is not UTF-8; the message names the line, or the encoding that it has.
    """
    if other := find_foreign_encoding(data):
        raise InvalidFile([f"{path}:1: {other}, not UTF-8"], "save it as UTF-8 in your editor")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidFile([f"{path}:{line}: not UTF-8 (byte 0x{data[error.start]:02x})"]) from error


def require_utf8_but_for_tear(data: bytes, start: int, path: Path) -> None:
    """Make sure that a file is UTF-8, but for a tear from byte `start` on: cut anywhere, or zeros.

    Raises:
        InvalidFile: the file holds bytes that no cut leaves.
    """
    decode(data[:start], path)
    tail = data[start:].rstrip(b"\0")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(tail)
        at = tail.find(b"\0")
    except UnicodeDecodeError as error:
        at = error.start
    if at >= 0:
        line = data.count(b"\n", 0, start + at) + 1
        raise InvalidFile(
            [f"{path}:{line}: not UTF-8 (byte 0x{tail[at]:02x})"], "save it as UTF-8 in your editor"
        )


def decode_any(data: bytes) -> str:
    """Bytes as text from which they can be had again, also if they are not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def find_foreign_encoding(data: bytes) -> str:
    """`UTF-16` or `UTF-32` where a file begins as one does, with a mark or with NULs; else nothing.

    No TOML begins with a NUL among its first characters.
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    start = data[:4]
    if b"\0" not in start or not start.strip(b"\0"):
        return ""
    return "UTF-32" if start.count(0) == 3 else "UTF-16"
