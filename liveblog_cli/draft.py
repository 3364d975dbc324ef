"""An entry as a form to edit, and back: fields like an e-mail's, a blank line, the body, then the help.

Every line of the help holds `MARK`, which nobody types: so no line of it is ever taken for text, and
text that stands among it is refused, not dropped. What can't be told apart is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from liveblog_cli import inputs
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import Blog, Entry, Source

MARK = "#8<"
HELP = """\
#8< Help from here on, which nobody else sees: leave it or delete it.
#8< Fields stand at the top, each in one line; then a blank line; then
#8< the body, in Markdown.
#8< Several authors, tags, sources or notes: apart with semicolons.
#8< A source: NAME <https://address> (agency, unverified). The address
#8< and the words may be left out. Kinds of sources: agency, official,
#8< party-to-conflict, eyewitness, media, social."""
_BOXES = "#8< Notes of this blog: "
_OF_NEW = ("Draft", "Pinned", "Ref")
_NOTHING = ("", "no")
ParseTime = Callable[[str], datetime]


def to_draft(entry: Entry, blog: Blog) -> str:
    """The form that an editor opens."""
    fields = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in _fields(entry).items())
    boxes = ", ".join(n.id for n in blog.notes)
    more = f"\n{_BOXES}{boxes}" if boxes else ""
    return f"{fields}\n{entry.body}\n\n{HELP}{more}\n"


def from_draft(text: str, entry: Entry, blog: Blog, parse_time: ParseTime) -> Entry:
    """`entry` with what a form says that began as its own. `parse_time` reads a time that was changed.

    Raises:
        LiveblogError: a line can't be told for what it is, or a field can't be read; it is named.
    """
    shown = _fields(entry)
    names = [*shown] if entry.id else list(dict.fromkeys((*shown, *_OF_NEW)))
    fields, rest = _apart(_without_help(_lines(text), blog), names)
    _require_whole(fields, rest, shown)
    body = inputs.clean("\n".join(rest), "body")
    new = entry if body == inputs.clean(entry.body, "body") else replace(entry, body=body)
    for name, value in fields.items():
        if value != shown.get(name, ""):
            new = _with(new, name, value, blog, parse_time)
    return new


def essence(text: str) -> str:
    """What a form says, whatever became of its help, its blank lines and its line ends."""
    return "\n".join(line.rstrip() for line in _lines(text) if line.strip() and MARK not in line)


def written_source(source: Source) -> str:
    """A source as `inputs.source` reads it."""
    checked = {True: "verified", False: "unverified", None: ""}[source.verified]
    words = ", ".join(w for w in (source.kind or "", checked) if w)
    return " ".join(
        part
        for part in (source.name, source.url and f"<{source.url}>", words and f"({words})")
        if part
    )


def _fields(entry: Entry) -> dict[str, str]:
    """The fields of a form, in order, each on one line.

    What only options give stands in the form of a new entry where it was given, so that a kept draft
    holds it too. It goes before the rest: a blank line that gets in between is then always noticed.
    """
    given = {
        "Draft": "yes" if entry.status == "draft" else "",
        "Pinned": "yes" if entry.pinned else "",
        "Ref": entry.ref,
    }
    fields = {
        "Headline": entry.headline,
        **({} if entry.id else {name: value for name, value in given.items() if value}),
        "Time": f"{entry.time:%Y-%m-%d %H:%M:%S}{entry.time.isoformat()[-6:]}",
        "Author": "; ".join(entry.authors),
        "Tags": "; ".join(entry.tags),
        "Label": entry.label,
        "Sources": "; ".join(written_source(s) for s in entry.sources),
        "Notes": "; ".join(entry.notes),
        "Key": "yes" if entry.key else "no",
    }
    return {name: " ".join(value.split()) for name, value in fields.items()}


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _without_help(lines: list[str], blog: Blog) -> list[str]:
    """The lines above the help, which stands at the end or nowhere."""
    known = {n.id for n in blog.notes}

    def is_help(line: str) -> bool:
        return line in HELP.split("\n") or (
            line.startswith(_BOXES) and known.issuperset(line.removeprefix(_BOXES).split(", "))
        )

    end = len(lines)
    while end and (not lines[end - 1].strip() or is_help(lines[end - 1].strip())):
        end -= 1
    help_lines = [line.strip() for line in lines[end:] if line.strip()]
    if len(set(help_lines)) < len(help_lines):
        raise LiveblogError(
            "draft: the help stands there twice", "was the form pasted into itself? keep one"
        )
    marked = [n for n in range(end) if MARK in lines[n]]
    if marked:
        changed = next((n for n in marked if not is_help(lines[n].strip())), None)
        number = end - 1 if changed is None else changed
        fault = "stands below the help" if changed is None else "is a changed line of the help"
        raise LiveblogError(
            f"draft, line {number + 1}: {lines[number][:60]!r} {fault}",
            f"move your text above the lines with {MARK}, or delete those",
        )
    return lines[:end]


def _apart(lines: Sequence[str], names: Sequence[str]) -> tuple[dict[str, str], Sequence[str]]:
    """The fields at the top, and the lines of the body below the first blank line."""
    start = next((n for n, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise LiveblogError("the draft is empty", "nothing was taken from it")
    end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[start:end], start + 1):
        name, value = _split(line)
        if name not in names:
            raise LiveblogError(
                f"draft, line {number}: {line[:60]!r} is no field",
                f"first the fields, each in one line ({', '.join(names)}); then a blank line; then"
                " the body",
            )
        if fields.setdefault(name, value) != value:
            raise LiveblogError(f"draft, line {number}: {name} stands there twice", "keep one")
    return fields, lines[end:]


def _require_whole(fields: dict[str, str], body: Sequence[str], shown: dict[str, str]) -> None:
    """A field of the form that is not at the top has not slipped into the body, nor gone with its value."""
    missing = [name for name in shown if name not in fields]
    below = {_split(line)[0] for line in body if ":" in line}
    for name in missing:
        if name in below:
            raise LiveblogError(
                f"draft: {name} stands below a blank line", "fields stand together at the top"
            )
        if name != "Time" and shown[name] not in _NOTHING:
            raise LiveblogError(
                f"draft: the line of {name} is gone", f"to empty it, leave the line: {name}:"
            )


def _split(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    return name.strip().capitalize() if colon else "", " ".join(value.split())


def _with(entry: Entry, name: str, value: str, blog: Blog, parse_time: ParseTime) -> Entry:
    parts = [p.strip() for p in value.split(";") if p.strip()]
    match name:
        case "Headline" | "Label" | "Ref":
            return replace(entry, **{name.lower(): inputs.one_line(value, name.lower())})
        case "Time":
            return replace(entry, time=parse_time(value))
        case "Author":
            return replace(entry, authors=tuple(inputs.one_line(p, "author") for p in parts))
        case "Tags":
            return replace(entry, tags=tuple(inputs.one_line(p, "tag") for p in parts))
        case "Sources":
            return replace(entry, sources=tuple(inputs.source(p) for p in parts))
        case "Notes":
            return replace(entry, notes=inputs.known_notes(parts, blog))
        case "Draft":
            return replace(entry, status="draft" if _is_yes(name, value) else None)
        case _:
            return replace(entry, **{name.lower(): _is_yes(name, value)})


def _is_yes(name: str, value: str) -> bool:
    if value.lower() not in ("yes", "no", "true", "false", ""):
        raise LiveblogError(f"draft: {name} is {value!r}", "it takes yes or no")
    return value.lower() in ("yes", "true")
