"""Addresses that readers may follow. A file is written by hand or by scripts: its addresses are only text."""

from __future__ import annotations

import re
from urllib.parse import quote

SCHEMES = ("http", "https", "mailto")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f]")
_PLAIN = re.compile(r"[A-Za-z0-9/:?#@!$&'()*+,;=%~._\[\]-]*")


def followable(address: str) -> str:
    """`address` with what no URL may hold percent-encoded; "" where it is no link but code.

    Browsers skip control characters and blanks when they look for `javascript:` (URL Standard,
    4.4), so this does too. An address without a scheme is relative and fine.
    """
    bare = _IGNORED.sub("", address)
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in SCHEMES:
        return ""
    address = address.strip()
    if _PLAIN.fullmatch(address):
        return address
    return "".join([_encoded(c) for c in address])


def _encoded(character: str) -> str:
    """Letters beyond ASCII stay readable (RFC 3987); everything else that is not plain is encoded."""
    if character.isalnum() or _PLAIN.fullmatch(character):
        return character
    return quote(character, safe="")
