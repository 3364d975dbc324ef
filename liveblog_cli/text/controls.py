"""Characters that steer a terminal, and how they are shown instead.

C0 (ISO 6429) is shown as its pictures, so that an escape sequence becomes visible (`␛[31m`). C1 and
DEL have none that fonts agree on. Bidi marks turn the text around them and are left out.
"""

from __future__ import annotations

import re

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_BIDI = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")
_SHOWN = _PICTURES | _C1 | _BIDI
_LINE_ENDS = {0x0A: "\n", 0x09: "    ", 0x0D: "", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_IN_A_TEXT = _SHOWN | _LINE_ENDS
_ON_A_STREAM = {code: shown for code, shown in _SHOWN.items() if code not in (0x09, 0x0A)}
_IN_JSON = "[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"


def printable(text: str) -> str:
    """`text` that can't steer a terminal. Line breaks stay and a tab is four blanks."""
    return text if text.isprintable() and text.isascii() else text.translate(_IN_A_TEXT)


def harmless(text: str) -> str:
    """What a stream gets: line ends and tabs as they are, nothing else that steers."""
    return text.translate(_ON_A_STREAM)


def harmless_json(text: str) -> str:
    """JSON of the same meaning in which what steers is escaped (RFC 8259, 7; C0 always is)."""
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)
