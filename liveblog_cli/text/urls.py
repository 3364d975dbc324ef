"""Addresses that readers may follow. A file is written by hand or by scripts: its addresses are only text."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

SCHEMES = ("http", "https", "mailto")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f]")
_ABSOLUTE = re.compile(r"https?://[^/?#]|mailto:", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9/:?#@!$&'()*+,;=%~._\[\]-]*")
_REST = re.compile(r"[^A-Za-z0-9/:?#@!$&'()*+,;=%~._\[\]-]+")
_HOST = re.compile(
    r"((?:https?:)?//(?:[^/?#]*@)?)([^/?#@]*?)(?=(?::[0-9]*)?(?:[/?#]|\Z))"
    r"|(mailto:[^@?#]*@)([^?#,@]*)",
    re.IGNORECASE | re.ASCII,
)
_ODD = re.compile("%|xn--", re.IGNORECASE | re.ASCII)
_PLAIN_HOST = re.compile(r"(?!.*xn--)[A-Za-z0-9!$&'()*+,;=:._~-]*|\[.*", re.IGNORECASE | re.ASCII)


def followable(address: str) -> str:
    """`address` as a URI (RFC 3986), which is ASCII; "" where it is none or code.

    RSS, ninjs and many readers take nothing else. Where it holds no other letters it stays as it is.
    It is none, too, where no host can have the name that it gives.

    Browsers skip control characters and blanks when they look for `javascript:` (URL Standard,
    4.4), so this does too. An address without a scheme is relative and fine.
    """
    bare = _IGNORED.sub("", address)
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in SCHEMES:
        return ""
    address = address.strip()
    if ("[" in address or "]" in address) and not _has_host(address):
        return ""
    if _PLAIN.fullmatch(address) and not _ODD.search(address):
        return address
    return _REST.sub(lambda rest: quote(rest[0], safe=""), with_ascii_host(address))


def with_ascii_host(address: str) -> str:
    """`address` with its host's name as the DNS knows it; "" where it can be no host's name."""
    found = _HOST.match(address)
    if found is None:
        return address
    number = 2 if found[3] is None else 4
    host = found[number]
    if not host or _PLAIN_HOST.fullmatch(host):
        return address
    from liveblog_cli.text import hosts

    known = hosts.to_ascii(host)
    return f"{address[: found.start(number)]}{known}{address[found.end(number) :]}" if known else ""


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


def _has_host(address: str) -> bool:
    """Brackets stand around an IPv6 address; elsewhere in a host they make it none."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
