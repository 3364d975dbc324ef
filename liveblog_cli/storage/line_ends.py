"""The line ends of a file, LF or CRLF: what is written into it has those that it has."""

from __future__ import annotations

LF, CRLF = "\n", "\r\n"


def find_line_end(text: str, at: int) -> str:
    """How the line above `at` ends; where none is above, the line itself; LF where it does not end."""
    end = text.rfind(LF, 0, at)
    end = text.find(LF, at) if end < 0 else end
    return CRLF if end > 0 and text[end - 1] == "\r" else LF


def set_line_ends(text: str, end: str) -> str:
    """`text`, which has LF, with `end` in their place."""
    return text if end == LF else text.replace(LF, end)
