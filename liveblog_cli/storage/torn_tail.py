"""Whether a file ends inside a value, and from which byte on (a power cut, a full disk, a kill).

A block that is closed but wrong is somebody's typing error, not a tear, and stays where it is.
"""

from __future__ import annotations

import re

from liveblog_cli.storage import codec, scanner
from liveblog_cli.storage.layout import ENTRY, Layout

HALF_BLOCK = "the file ends inside the block that begins here"

_HEADER = "[[entries]]"


def is_surely_whole(tail: bytes) -> bool:
    """Whether the last bytes of a file are enough to say that it ends outside of every value.

    If not, the whole file has to be looked at.
    """
    start = tail.rfind(b"\n[[entries]]")
    if start < 0 or b"\0" in tail:
        return False
    return scanner.ends_cleanly(tail[start + 1 :].decode("utf-8", "replace"), codec.is_toml)


def find_tear(data: bytes, layout: Layout) -> int | None:
    """The byte at which half a block or zeros begin that end the file; None if the file is whole.

    A file of nothing but zeros counts as whole. `layout` is that of `data`, decoded with
    `surrogateescape`, so that its offsets can be counted in bytes.
    """
    filled = data.rstrip(b"\0\r\n \t") if data.endswith(b"\0") else data
    if filled is not data:
        text = filled.decode("utf-8", "surrogateescape")
        start = _find_unfinished(scanner.scan(text)) if text else None
        return (len(filled) or None) if start is None else _count_bytes(text[:start])
    start = _find_unfinished(layout)
    return None if start is None else _count_bytes(layout.text[:start])


def _count_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _find_unfinished(layout: Layout) -> int | None:
    """Where the last block begins if the file ends inside it."""
    text = layout.text
    cut_short = not text.endswith("\n")
    if layout.open_at is None and not cut_short:
        return _find_open_list(layout)
    line = text.rfind("\n") + 1
    in_line = cut_short and (layout.open_at is None or layout.open_at >= line)
    if in_line and text[line:].endswith("\r") and "\r" not in text[line:-1] and line:
        return (
            len(text) - 1 if (start := _find_unfinished(scanner.scan(text[:-1]))) is None else start
        )
    if (
        in_line
        and text[:line].endswith(("\n\n", "\n\r\n"))
        and _is_half_a_header(text[line:].strip())
    ):
        return line
    start = scanner.find_last_header(text)
    if start < 0:
        return None
    tail = scanner.scan(text[start:])
    open_in_tail = layout.open_at is not None and tail.open_at is not None
    if not open_in_tail and (not cut_short or codec.is_toml(tail.text)):
        return None
    return start + _find_last_table(tail)


def _is_half_a_header(line: str) -> bool:
    return line.startswith("[") and (_HEADER.startswith(line) or not codec.is_toml(line))


def _find_last_table(tail: Layout) -> int:
    """Where the last block of a tail begins: its entry, or a table of the head that stands behind it."""
    last = tail.pieces[-1]
    if last.kind == ENTRY:
        return last.start
    found = re.finditer(r"(?m)^[ \t]*\[", tail.text[last.start : last.end])
    starts = [last.start + m.start() for m in found]
    return next(
        (at for at in reversed(starts) if codec.is_toml(tail.text[last.start : at])), last.start
    )


def _find_open_list(layout: Layout) -> int | None:
    """Where the last entry begins if a list in it has no end: the quick look does not see lists."""
    last = layout.pieces[-1]
    if not layout.plain or last.kind != ENTRY:
        return None
    block = layout.text[last.start : last.end]
    return None if codec.is_toml(block) or scanner.is_whole(block) else last.start
