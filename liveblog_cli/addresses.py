"""Addresses that readers may follow. A file is written by hand or by scripts: its addresses are only text."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

SCHEMES = ("http", "https", "mailto")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f]")
_ABSOLUTE = re.compile(r"https?://[^/?#]|mailto:", re.IGNORECASE)
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


def absolute(address: str, page: str = "") -> str:
    """`address` as one that means the same wherever it stands, or "" where there is none.

    A relative one is completed by `page`, the address that it stands on. A `urn:` is no link.
    """
    address = followable(address)
    if page and address and not _ABSOLUTE.match(address):
        try:
            address = urljoin(page, address)
        except ValueError:
            return ""
    return address if _ABSOLUTE.match(address) else ""


def web(address: str) -> str:
    """An address on the web as it is, or "" for anything else."""
    fit = absolute(address)
    return fit if fit[:4].lower() == "http" else ""


def _encoded(character: str) -> str:
    """Letters beyond ASCII stay readable (RFC 3987); everything else that is not plain is encoded."""
    if character.isalnum() or _PLAIN.fullmatch(character):
        return character
    return quote(character, safe="")
