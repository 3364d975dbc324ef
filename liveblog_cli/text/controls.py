"""Characters that control a terminal, and what is shown in their place.

C0 characters (ISO 6429) are shown as their symbols, so that an escape sequence becomes visible (`␛[31m`). C1
characters have no symbols in most fonts and become U+FFFD. Bidi marks are left out, because they
reverse the text around them.
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


def make_printable(text: str) -> str:
    """The text without characters that control a terminal. Line breaks stay, a tab becomes four blanks."""
    return text if text.isprintable() and text.isascii() else text.translate(_IN_A_TEXT)


def make_harmless(text: str) -> str:
    """The text as a stream may get it: without control characters, except for line ends and tabs."""
    return text.translate(_ON_A_STREAM)


def make_json_harmless(text: str) -> str:
    """The same JSON with its control characters escaped (RFC 8259, 7). C0 is escaped in all JSON."""
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)
