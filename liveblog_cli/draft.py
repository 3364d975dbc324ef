"""An entry as a text to edit, and back: fields like an e-mail's, headline, body, then the help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from liveblog_cli import inputs
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import Blog, Entry, Source

CUT = "# ------------------------ >8 ------------------------"
HELP = """# Everything below the line above is left out.
# First line after the fields: the headline. Then a blank line, then the body in Markdown.
# Several authors, tags, sources or notes stand apart with semicolons.
# A source: NAME <https://address> (agency, unverified); the address and the words may be left out.
# Kinds: agency, official, party-to-conflict, eyewitness, media, social.
"""
ParseTime = Callable[[str], datetime]


def to_draft(entry: Entry, blog: Blog) -> str:
    """The text that an editor opens."""
    fields = {
        "Time": f"{entry.time:%Y-%m-%d %H:%M:%S}{entry.time.isoformat()[-6:]}",
        "Author": "; ".join(entry.authors),
        "Tags": "; ".join(entry.tags),
        "Label": entry.label,
        "Sources": "; ".join(written_source(s) for s in entry.sources),
        "Notes": "; ".join(entry.notes),
        "Key": "yes" if entry.key else "no",
    }
    head = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in fields.items())
    boxes = ", ".join(n.id for n in blog.notes)
    more = f"# Notes of this blog: {boxes}\n" if boxes else ""
    return f"{head}\n{entry.headline}\n\n{entry.body}\n\n{CUT}\n{HELP}{more}"


def from_draft(text: str, entry: Entry, blog: Blog, parse_time: ParseTime) -> Entry:
    """`entry` with what the text says. `parse_time` reads a time that was changed.

    Raises:
        LiveblogError: a field can't be read; the message names it.
    """
    text = text.replace("\r\n", "\n").partition(CUT)[0]
    head, _, rest = text.partition("\n\n")
    given = _fields(head, to_draft(entry, blog).partition("\n\n")[0])
    headline, _, body = (
        rest.lstrip("\n").partition("\n") if not rest.startswith("\n") else ("", "", rest)
    )
    new = replace(
        entry,
        headline=inputs.one_line(headline, "headline"),
        body=inputs.clean(body.lstrip("\n"), "body"),
    )
    for name, value in given.items():
        new = _with(new, name, value, blog, parse_time)
    return new


def written_source(source: Source) -> str:
    """A source as `inputs.source` reads it."""
    checked = {True: "verified", False: "unverified", None: ""}[source.verified]
    words = ", ".join(w for w in (source.kind or "", checked) if w)
    return " ".join(
        part
        for part in (source.name, source.url and f"<{source.url}>", words and f"({words})")
        if part
    )


def _fields(head: str, before: str) -> dict[str, str]:
    """The fields whose line differs from the one the editor opened with."""
    old = dict(_split(line) for line in before.splitlines())
    given = {}
    for line in head.splitlines():
        if not line.strip():
            continue
        name, value = _split(line)
        if name not in old:
            raise LiveblogError(
                f"draft: {line[:60]!r} is no field", f"fields: {', '.join(old)}; then a blank line"
            )
        if value != old[name]:
            given[name] = value
    return given


def _split(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().capitalize(), value.strip()


def _with(entry: Entry, name: str, value: str, blog: Blog, parse_time: ParseTime) -> Entry:
    parts = [p.strip() for p in value.split(";") if p.strip()]
    match name:
        case "Time":
            return replace(entry, time=parse_time(value))
        case "Author":
            return replace(entry, authors=tuple(inputs.one_line(p, "author") for p in parts))
        case "Tags":
            return replace(entry, tags=tuple(inputs.one_line(p, "tag") for p in parts))
        case "Label":
            return replace(entry, label=inputs.one_line(value, "label"))
        case "Sources":
            return replace(entry, sources=tuple(inputs.source(p) for p in parts))
        case "Notes":
            return replace(entry, notes=inputs.known_notes(parts, blog))
        case _:
            if value.lower() not in ("yes", "no", "true", "false", ""):
                raise LiveblogError(f"draft: Key is {value!r}", "it takes yes or no")
            return replace(entry, key=value.lower() in ("yes", "true"))
