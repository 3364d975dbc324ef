"""An entry as a form to edit, and back: fields like an e-mail's, a blank line, the body, then the help.

Every line of the help holds a mark that stands nowhere in the entry: so no line of it is ever taken
for text, and text that stands among it is refused, not dropped. What can't be told apart is refused
as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.field_kinds import Context, Field
from liveblog_cli.model.fields import FIELDS, edit_entry
from liveblog_cli.model.values import Blog, Entry

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
_ONLY_NEW = sorted(field.line for field in FIELDS.values() if field.only_new)
_OF_LINE = {field.line: name for name, field in FIELDS.items() if field.line}
SEPARATOR = "; "
_NOTHING = ("", "no")


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


def from_draft(text: str, entry: Entry, context: Context) -> Entry:
    """`entry` with what a form says that began as its own.

    Raises:
        LiveblogError: a line can't be told for what it is, or a field can't be read; it is named.
    """
    shown = _fields(entry)
    names = [*shown] if entry.id else list(dict.fromkeys((*shown, *_ONLY_NEW)))
    lines = _without_help(_lines(text), mark_of(entry), context.blog)
    _require_no_help(lines, entry)
    fields, rest = _apart(lines, names)
    _require_whole(fields, rest, shown)
    new = entry
    if _text(rest) != _text(
        _lines(entry.body)
    ):  # else what was there before stays, whatever it holds
        body = FIELDS["body"].clean("\n".join(rest), "body", context)
        new = replace(entry, body=body)
    for name, value in fields.items():
        if value != shown.get(name, ""):
            new = edit_entry(new, _read(name, value, entry, context))
    return new


def essence(text: str) -> str:
    """What a form says, whatever became of its help, its blank lines and its line ends."""
    return "\n".join(line for line in written_lines(text) if not _MARK.search(line))


def written_lines(text: str) -> list[str]:
    """The lines of a form that hold anything, without blanks at their ends."""
    return [line.rstrip() for line in _lines(text) if line.strip()]


def _fields(entry: Entry) -> dict[str, str]:
    """The lines of a form by name, in order, each with its text.

    What only options give stands in the form of a new entry where it was given, so that a kept draft
    holds it too. It goes before the rest: a blank line that gets in between is then always noticed.
    """
    texts = {
        field.line: _folded(SEPARATOR.join(field.write(getattr(entry, name))))
        for name, field in FIELDS.items()
        if field.line
    }
    given = [] if entry.id else [(line, texts[line]) for line in _ONLY_NEW]
    (headline, first), *rest = [(n, t) for n, t in texts.items() if n not in _ONLY_NEW]
    return {headline: first, **{n: t for n, t in given if t not in _NOTHING}, **dict(rest)}


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


def _read(line: str, text: str, entry: Entry, context: Context) -> dict[str, Any]:
    """The field of a line as the entry is to have it, by name."""
    name = _OF_LINE[line]
    field = FIELDS[name]
    what = field.options[0].key
    if field.flag:
        return {name: field.clean(field.parse(_is_yes(line, text)), what, context)}
    if not field.many:
        return {name: field.clean(field.parse(text), what, context)}
    return {name: _items(text, getattr(entry, name), field, context)}


def _items(text: str, before: Sequence[Any], field: Field, context: Context) -> tuple[Any, ...]:
    """The items of a line, apart with semicolons. One that stood there before stays what it was,
    also where there is a semicolon in it."""
    known = {
        _folded(written): item for item, written in zip(before, field.write(before), strict=True)
    }
    whole = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    one = rf"[ \t]*((?:{whole})(?=[ \t]*(?:;|$))|[^;]*)(?:;|$)"
    items: list[Any] = []
    for part in filter(None, map(_folded, re.findall(one, text))):
        if part in known:
            items.append(known[part])
        else:
            items += field.clean(field.parse([part]), field.options[0].key, context)
    return tuple(items)


def _is_yes(name: str, value: str) -> bool:
    if value.lower() not in ("yes", "no", "true", "false", ""):
        raise LiveblogError(f"draft: {name} is {value!r}", "it takes yes or no")
    return value.lower() in ("yes", "true")
