"""Texts, addresses and sources that come in, made fit for the file. Nothing is guessed, nothing is silently dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast, get_args

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.validity import find_illegal
from liveblog_cli.model.values import Blog, Source, SourceKind

_SOURCE = r"(?P<name>[^<]*?)\s*(?:<(?P<url>[^<>\s]+)>)?\s*(?:\((?P<words>[^()]*)\))?\s*"
_KINDS: tuple[str, ...] = get_args(SourceKind)


def clean(text: str, what: str) -> str:
    """`text` with one kind of line end and no blanks around it; empty where nothing is to be seen.

    Raises:
        LiveblogError: it holds a control character; the message says which and where.
    """
    if text.isprintable():
        return text.rstrip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := find_illegal(text):
        _refuse_bytes(text, what)
        line = text.count("\n", 0, found.start()) + 1
        raise LiveblogError(
            f"{what} holds a character that no format can carry: U+{ord(found[0]):04X} in line {line}",
            _way_out(found[0]),
        )
    text = text.strip("\n").rstrip()
    from liveblog_cli.text.blank import drop_blank  # most texts never get here

    return drop_blank(text)


def _refuse_bytes(text: str, what: str) -> None:
    """See to it that it is no word of the command line that is not text (PEP 383).

    Raises:
        LiveblogError: it is one.
    """
    if found := re.search("[\udc80-\udcff]", text):
        raise LiveblogError(
            f"{what} is not text: byte 0x{ord(found[0]) - 0xDC00:02x} is not UTF-8",
            "nothing was changed; the encoding of this terminal: locale charmap",
        )


def _way_out(character: str) -> str:
    """What to do about a control character. C1 is nearly always Windows-1252 read as Latin-1."""
    meant = character.encode("latin-1", "ignore").decode("cp1252", "ignore")
    if character < "\x80" or not meant:
        return "remove it and try again"
    return f"read the text as Windows-1252, where this is {meant}, or remove it and try again"


def one_line(text: str, what: str) -> str:
    """`clean`, for a field of one line: line breaks and tabs become blanks."""
    return " ".join(clean(text, what).split())


def parse_source(text: str) -> Source:
    """`NAME`, `NAME <URL>` or `NAME <URL> (agency, unverified)`.

    Brackets that hold none of these words belong to the name: `Reuters (UK)`.

    Raises:
        LiveblogError: no name, an address that is none, or a known word beside an unknown one.
    """
    text = one_line(text, "source")
    found = re.fullmatch(_SOURCE, text)
    words = [w.strip().lower() for w in (found["words"] or "").split(",")] if found else []
    unknown = [w for w in words if w not in (*_KINDS, "verified", "unverified")]
    if unknown and len(unknown) < len(words):
        from liveblog_cli.text.suggest import suggest

        close = suggest(unknown[0], (*_KINDS, "verified", "unverified"))
        raise LiveblogError(
            f"source {text!r}: {unknown[0]!r} is no kind of source{close}",
            f"kinds: {', '.join(_KINDS)}; beside one: verified or unverified",
        )
    if found is None or (any(words) and unknown):
        name, url = named_address(text, "source")
        return Source(name=name, url=url)
    if not found["name"]:
        raise _nameless(text, "source")
    kind = cast(SourceKind | None, next((w for w in words if w in _KINDS), None))
    verified = True if "verified" in words else False if "unverified" in words else None
    return Source(
        name=found["name"], url=address(found["url"] or "", "source"), kind=kind, verified=verified
    )


def write_source(source: Source) -> str:
    """A source as `parse_source` reads it."""
    checked = {True: "verified", False: "unverified", None: ""}[source.verified]
    words = ", ".join(w for w in (source.kind or "", checked) if w)
    return " ".join(
        part
        for part in (source.name, source.url and f"<{source.url}>", words and f"({words})")
        if part
    )


def clean_source(source: Source) -> Source:
    """A source with a name on one line and a web address, if any.

    Raises:
        LiveblogError: it has no name, or an address that is none.
    """
    name = one_line(source.name, "source")
    if not name:
        raise LiveblogError("a source has no name")
    return replace(source, name=name, url=address(source.url, "source"))


def named_address(text: str, what: str) -> tuple[str, str]:
    """Name and address from `NAME <https://...>`; the address may be left out.

    Raises:
        LiveblogError: there is no name, or an address that is none.
    """
    found = re.fullmatch(r"(?P<name>[^<]*?)\s*(?:<(?P<url>[^<>\s]+)>)?", text)
    if found is None or not found["name"]:
        raise _nameless(text, what)
    return found["name"], address(found["url"] or "", what)


def _nameless(text: str, what: str) -> LiveblogError:
    return LiveblogError(f"{what} {text!r} has no name", f'write --{what} "NAME <https://...>"')


def address(text: str, what: str) -> str:
    """A web address, or nothing.

    Raises:
        LiveblogError: it is not http or https, names what can be no host, or holds a control character.
    """
    if not text:
        return ""
    clean(text, what)
    from urllib.parse import urlsplit

    from liveblog_cli.text.urls import to_uri

    try:
        parts = urlsplit(text)
        fine = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and not re.search(r"[\s<>\"\\^`{}|]", text)
        )
    except ValueError:
        fine = False
    if not fine:
        raise LiveblogError(
            f"{what}: {text!r} is not a web address", "it begins with https:// or http://"
        )
    if not to_uri(text):
        raise LiveblogError(
            f"{what}: {text[:200]!r} is not a web address", "no host can have the name in it"
        )
    return text


def known_notes(names: Sequence[str], blog: Blog) -> tuple[str, ...]:
    """The ids of boxes that the blog has.

    Raises:
        LiveblogError: one is not there.
    """
    known = [n.id for n in blog.notes]
    for name in names:
        if name not in known:
            from liveblog_cli.text.suggest import suggest

            there = ", ".join(known) or "none yet"
            raise LiveblogError(
                f"no box {name!r} in this blog{suggest(name, known)}",
                f"boxes: {there}; add one with: liveblog note add",
            )
    return tuple(names)
