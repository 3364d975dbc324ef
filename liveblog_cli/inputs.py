"""What people type, as fields of an entry. Nothing is guessed, nothing is silently dropped."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import cast, get_args

from liveblog_cli.blank import seen
from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.model import Blog, Media, Source, SourceKind
from liveblog_cli.soundness import first_illegal

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
    if found := first_illegal(text):
        _refuse_bytes(text, what)
        line = text.count("\n", 0, found.start()) + 1
        raise LiveblogError(
            f"{what} holds a character that no format can carry: U+{ord(found[0]):04X} in line {line}",
            _way_out(found[0]),
        )
    text = text.strip("\n").rstrip()
    return seen(text)


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


def commit_message(text: str) -> tuple[str, str]:
    """Headline and body as in a commit message: first line, blank line, rest.

    Text whose second line is not blank, or that begins with a blank line, is all body.
    """
    text = text.replace("\r\n", "\n")
    first, _, rest = text.partition("\n")
    if rest.strip() and not rest.startswith("\n") and rest.split("\n", 1)[0].strip():
        return "", text
    return first, rest.lstrip("\n")


def refuse_lone_dash(words: Sequence[str], body: str | None) -> None:
    """See to it that `-` alone reads stdin, and that it does so once.

    Raises:
        WrongUsage: words stand behind it, or the body is given too.
    """
    if words[:1] != ["-"]:
        return
    if len(words) > 1:
        raise WrongUsage(
            "`-` reads the text from stdin and stands alone, but words follow",
            f"as text: in quotes with the words behind it: '- {words[1]} …'",
        )
    if body is not None:
        raise WrongUsage("`-` reads the body from stdin: leave out --body")


def text_or_stdin(text: str, what: str) -> str:
    """`text`; where that is `-`, all of stdin, as long texts are handed over by scripts.

    Raises:
        LiveblogError: stdin is empty (whatever was to fill it failed), or not UTF-8.
    """
    if text != "-":
        return text
    found = from_stdin()
    if not found.strip():
        raise LiveblogError(f"stdin is empty, and so would be the {what}", "nothing was changed")
    return found


def from_stdin() -> str:
    """All of stdin as text. On a terminal it says that it waits.

    Raises:
        LiveblogError: it is not UTF-8, or can't be read.
    """
    if sys.stdin.isatty():
        sys.stderr.write("type the text; Ctrl-D on a line of its own ends it\n")
    try:
        return _all_of_stdin().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LiveblogError(
            f"stdin is not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}",
            "nothing was written",
        ) from None
    except OSError as error:  # opened for writing only, or a terminal that went away
        raise LiveblogError(
            f"stdin can't be read: {error.strerror or error}", "nothing was changed"
        ) from error


def _all_of_stdin() -> bytes:
    """To its end. A pipe that somebody made non-blocking gives None where it has nothing yet."""
    if sys.stdin.isatty():
        return (
            sys.stdin.buffer.read()
        )  # one Ctrl-D is the end, and the next read would want another
    chunks = []
    while (chunk := sys.stdin.buffer.read(1 << 20)) != b"":
        if chunk is None:
            import select

            select.select([sys.stdin], [], [])
        else:
            chunks.append(chunk)
    return b"".join(chunks)


def source(text: str) -> Source:
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
        from liveblog_cli.diagnosis import suggestion

        close = suggestion(unknown[0], (*_KINDS, "verified", "unverified"))
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
        LiveblogError: it is not http or https, or holds a control character.
    """
    if not text:
        return ""
    clean(text, what)
    from urllib.parse import urlsplit

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
    return text


def media(
    images: Sequence[str],
    alts: Sequence[str],
    captions: Sequence[str],
    credits: Sequence[str],
    folder: Path,
) -> tuple[Media, ...]:
    """Images with the texts given for them, in order. Files are named relative to `folder`.

    An empty name is no image, as where a script has none to give.

    Raises:
        LiveblogError: no such file, not an image, or a text whose image is not there.
    """
    require_images(len(images), alts, captions, credits)
    rows = list(zip_longest(images, alts, captions, credits, fillvalue=""))
    if lost := next((text for image, *texts in rows if not image for text in texts if text), ""):
        raise LiveblogError(
            f"{lost[:60]!r} is a text for an image, but that --image is empty",
            "leave out the empty --image, or name one",
        )
    return tuple(_medium(*row, folder) for row in rows if row[0])


def require_images(
    count: int, alts: Sequence[str], captions: Sequence[str], credits: Sequence[str]
) -> None:
    """See to it that each text has its image, for none may be dropped in silence.

    Raises:
        LiveblogError: one of the options is given more often than there are images.
    """
    for what, texts in (("--alt", alts), ("--caption", captions), ("--credit", credits)):
        if len(texts) > count:
            raise LiveblogError(
                f"{what} is given {len(texts)} times for {count} images",
                "give each image with --image",
            )


def _medium(image: str, alt: str, caption: str, credit: str, folder: Path) -> Media:
    alt, caption, credit = (
        one_line(alt, "alt"),
        one_line(caption, "caption"),
        one_line(credit, "credit"),
    )
    if re.match(r"[a-z][a-z0-9+.-]+:", image, re.IGNORECASE):
        return Media(url=address(image, "image"), alt=alt, caption=caption, credit=credit)
    from liveblog_cli.images import measure

    width, height = measure(Path(image))
    name = Path(os.path.relpath(Path(image).absolute(), folder)).as_posix()
    clean(name, "image")
    return Media(file=name, width=width, height=height, alt=alt, caption=caption, credit=credit)


def known_notes(names: Sequence[str], blog: Blog) -> tuple[str, ...]:
    """The ids of boxes that the blog has.

    Raises:
        LiveblogError: one is not there.
    """
    known = [n.id for n in blog.notes]
    for name in names:
        if name not in known:
            from liveblog_cli.diagnosis import suggestion

            there = ", ".join(known) or "none yet"
            raise LiveblogError(
                f"no box {name!r} in this blog{suggestion(name, known)}",
                f"boxes: {there}; add one with: liveblog note add",
            )
    return tuple(names)
