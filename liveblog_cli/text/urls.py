"""Addresses that are safe to follow. People and scripts write the blog file, so an address in it may be anything."""

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


def to_uri(address: str) -> str:
    """`address` as a URI (RFC 3986) in ASCII; "" if it is no address, or code such as `javascript:`.

    RSS, ninjs and many readers take only ASCII. An address that is ASCII already stays as it is. An
    address is none, too, if no host can have the name in it. One without a scheme is relative, and accepted.

    Browsers ignore control characters and blanks when they look for `javascript:` (URL Standard, 4.4), so
    this function ignores them, too.
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
    """`address` with the name of its host as the DNS has it; "" if no host can have that name."""
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


def to_absolute(address: str, page: str = "") -> str:
    """`address` as an absolute URI; "" if it can't be one.

    A relative address is completed with `page`, the address of the page on which it stands. A `urn:` is
    no link, so it gives "".
    """
    address = to_uri(address)
    if page and address and not _ABSOLUTE.match(address):
        try:
            address = urljoin(page, address)
        except ValueError:
            return ""
    return address if _ABSOLUTE.match(address) else ""


def to_web_url(address: str) -> str:
    """The address as an absolute URI if it is one of http or https; else ""."""
    fit = to_absolute(address)
    return fit if fit[:4].lower() == "http" else ""


def find_host(address: str) -> str:
    """The host of an address, without `www.`; the address itself if it has none."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address


def _has_host(address: str) -> bool:
    """Whether the host can be read. Brackets are only allowed around an IPv6 address."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
