"""An entry as a form to edit, and back: fields like an e-mail's, a blank line, the body, then the help.

Every line of the help holds a mark that stands nowhere in the entry: so no line of it is ever taken
for text, and text that stands among it is refused, not dropped. What can't be told apart is refused
as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import inputs
from liveblog_cli.model.values import Blog, Entry, Source

HELP = (
    "Help from here on, which nobody else sees: leave it or delete it.",
    "Fields stand at the top, each in one line; then a blank line; then",
    "the body, in Markdown.",
    "Several authors, tags, sources or notes: apart with semicolons.",
    "A source: NAME <https://address> (agency, unverified). The address",
    "and the words may be left out. Kinds of sources: agency, official,",
    "party-to-conflict, eyewitness, media, social.",
)
BOXES = "Notes of this blog: "
GUARD = (
    "There are words in this entry that steer an editor where they stand",
    "in the first lines of a file, or in its last ones. Whoever sent them",
    "shall not steer yours, so these lines stand before them, and a page",
    "break behind them. Leave these five lines or delete them; text does",
    "not belong among them.",
)
_STEERING = re.compile(r"\b(?:vim?|ex)[<=>]?\d*:|-\*-|Local Variables:", re.IGNORECASE)
"""Modelines of Vim (five lines at either end), file variables of Emacs (the first line, the last page)."""
_TELLING = 30
"""Characters of a line of the help that nobody types by chance."""
_MARK = re.compile("#8+<")
_BLANKS = r"[^\S\x0b\x0c\x1c-\x1f\x85]+"
_OF_NEW = ("Draft", "Pinned", "Ref")
_NOTHING = ("", "no")
ParseTime = Callable[[str], datetime]
T = TypeVar("T")


def mark_of(entry: Entry) -> str:
    """What marks the help in the form of an entry: `#8<`, or with more eights where that is its text."""
    text = "\n".join((entry.body, *_fields(entry).values()))
    return next(mark for n in count(1) if (mark := f"#{'8' * n}<") not in text)


def to_draft(entry: Entry, blog: Blog) -> str:
    """The form that an editor opens. No text in it steers the editor."""
    mark = mark_of(entry)
    fields = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in _fields(entry).items())
    boxes = ", ".join(n.id for n in blog.notes)
    text = f"{fields}\n{entry.body}\n\n"
    if _STEERING.search(text):
        text = f"{_marked(mark, GUARD)}{text}\f\n"
    return text + _marked(mark, HELP) + (_marked(mark, [BOXES + boxes]) if boxes else "")


def from_draft(text: str, entry: Entry, blog: Blog, parse_time: ParseTime) -> Entry:
    """`entry` with what a form says that began as its own. `parse_time` reads a time that was changed.

    Raises:
        LiveblogError: a line can't be told for what it is, or a field can't be read; it is named.
    """
    shown = _fields(entry)
    names = [*shown] if entry.id else list(dict.fromkeys((*shown, *_OF_NEW)))
    lines = _without_help(_lines(text), mark_of(entry), blog)
    _require_no_help(lines, entry)
    fields, rest = _apart(lines, names)
    _require_whole(fields, rest, shown)
    new = entry
    if _text(rest) != _text(
        _lines(entry.body)
    ):  # else what was there before stays, whatever it holds
        new = replace(entry, body=inputs.clean("\n".join(rest), "body"))
    for name, value in fields.items():
        if value != shown.get(name, ""):
            new = _with(new, name, value, blog, parse_time)
    return new


def essence(text: str) -> str:
    """What a form says, whatever became of its help, its blank lines and its line ends."""
    return "\n".join(line for line in written_lines(text) if not _MARK.search(line))


def written_lines(text: str) -> list[str]:
    """The lines of a form that hold anything, without blanks at their ends."""
    return [line.rstrip() for line in _lines(text) if line.strip()]


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
    return {name: _folded(value) for name, value in fields.items()}


def _folded(text: str) -> str:
    """A text on one line. Control characters that Python takes for blanks stay, to be refused."""
    return " ".join([part for part in re.split(_BLANKS, text) if part])


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()


def _marked(mark: str, lines: Sequence[str]) -> str:
    return "".join(f"{mark} {line}\n" for line in lines)


def _without_help(lines: list[str], mark: str, blog: Blog) -> list[str]:
    """The lines above the help, which stands at the end or nowhere; those of the guard are blank."""
    known = {n.id for n in blog.notes}

    def is_help(line: str) -> bool:
        marked, _, words = line.strip().partition(" ")
        return marked == mark and (
            words in HELP
            or (words.startswith(BOXES) and known.issuperset(words[len(BOXES) :].split(", ")))
        )

    end = len(lines)
    while end and (not lines[end - 1].strip() or is_help(lines[end - 1])):
        end -= 1
    top = _marked(mark, GUARD).split("\n")
    start = next((n for n in range(end) if lines[n].strip() not in top), end)
    lines = [*[""] * start, *lines[start:]]
    _require_apart(lines, end, mark, is_help)
    return lines[:end]


def _require_apart(lines: list[str], end: int, mark: str, is_help: Callable[[str], bool]) -> None:
    """The help begins at `end`, once, and no line above it is one of it."""
    below = [line.strip() for line in lines[end:] if line.strip()]
    if len(set(below)) < len(below):
        raise LiveblogError(
            "draft: the help stands there twice", "was the form pasted into itself? keep one"
        )
    marked = [n for n in range(end) if mark in lines[n]]
    if marked:
        changed = next((n for n in marked if not is_help(lines[n])), None)
        number = end - 1 if changed is None else changed
        fault = "stands below the help" if changed is None else "is a changed line of the help"
        raise LiveblogError(
            f"draft, line {number + 1}: {lines[number][:60]!r} {fault}",
            f"move your text above the lines with {mark}, or delete those",
        )


def _require_no_help(lines: Sequence[str], entry: Entry) -> None:
    """No line of the help has lost its mark, as by a key of the editor that takes `#` away."""
    told = _folded(" ".join(lines))
    before = _folded(" ".join((entry.body, *_fields(entry).values())))
    for sentence in (*HELP, *GUARD):
        if len(sentence) > _TELLING and sentence in told and sentence not in before:
            raise LiveblogError(
                f"draft: {sentence!r} is of the help, without its mark",
                f"delete what is of the help (at first {mark_of(entry)} stood before it)",
            )


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
            from liveblog_cli.text.suggest import suggest

            close = suggest(name, names)
            raise LiveblogError(
                f"draft, line {number}: {line[:60]!r} is no field{close}",
                f"first the fields, each in one line ({', '.join(names)}); then a blank line; then"
                " the body",
            )
        if fields.setdefault(name, value) != value:
            raise LiveblogError(f"draft, line {number}: {name} stands there twice", "keep one")
    return fields, lines[end:]


def _require_whole(fields: dict[str, str], body: Sequence[str], shown: dict[str, str]) -> None:
    """A field of the form that is not at the top has slipped neither into the body nor into the line
    before it, nor gone with its value."""
    missing = [name for name in shown if name not in fields]
    below = {_split(line)[0] for line in body if ":" in line}
    for name in missing:
        if name in below:
            raise LiveblogError(
                f"draft: {name} stands below a blank line", "fields stand together at the top"
            )
        for other, value in fields.items():
            if value != shown.get(other, "") and re.search(rf"\b{name}\s*:", value):
                raise LiveblogError(
                    f"draft: {name} stands in the line of {other}", "each field in one line"
                )
        if name != "Time" and shown[name] not in _NOTHING:
            raise LiveblogError(
                f"draft: the line of {name} is gone", f"to empty it, leave the line: {name}:"
            )


def _split(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    return name.strip().capitalize() if colon else "", _folded(value)


def _with(entry: Entry, name: str, value: str, blog: Blog, parse_time: ParseTime) -> Entry:
    match name:
        case "Headline" | "Label" | "Ref":
            return replace(entry, **{name.lower(): inputs.one_line(value, name.lower())})
        case "Time":
            return replace(entry, time=parse_time(value))
        case "Author":
            authors = _items(value, entry.authors, str, lambda p: inputs.one_line(p, "author"))
            return replace(entry, authors=authors)
        case "Tags":
            tags = _items(value, entry.tags, str, lambda p: inputs.one_line(p, "tag"))
            return replace(entry, tags=tags)
        case "Sources":
            sources = _items(value, entry.sources, written_source, inputs.source)
            return replace(entry, sources=sources)
        case "Notes":
            notes = _items(value, entry.notes, str, str)
            return replace(entry, notes=inputs.known_notes(notes, blog))
        case "Draft":
            return replace(entry, status="draft" if _is_yes(name, value) else None)
        case _:
            return replace(entry, **{name.lower(): _is_yes(name, value)})


def _items(
    value: str, before: Sequence[T], write: Callable[[T], str], read: Callable[[str], T]
) -> tuple[T, ...]:
    """The items of a field, apart with semicolons. One that stood there before stays what it was,
    also where there is a semicolon in it."""
    known = {_folded(write(item)): item for item in before}
    whole = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    one = rf"[ \t]*((?:{whole})(?=[ \t]*(?:;|$))|[^;]*)(?:;|$)"
    parts = [p for p in map(_folded, re.findall(one, value)) if p]
    return tuple(known[p] if p in known else read(p) for p in parts)


def _is_yes(name: str, value: str) -> bool:
    if value.lower() not in ("yes", "no", "true", "false", ""):
        raise LiveblogError(f"draft: {name} is {value!r}", "it takes yes or no")
    return value.lower() in ("yes", "true")
