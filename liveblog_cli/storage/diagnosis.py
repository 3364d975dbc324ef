"""What is wrong in a blog file: every problem, with its line, in words for who writes it by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec

from liveblog_cli.model import values
from liveblog_cli.model.values import ACTIONS, FORMAT, Blog, Entry, Hook
from liveblog_cli.text.suggest import suggest

_FIXED: tuple[str, ...] = (
    *get_args(values.Status),
    *get_args(values.CorrectionKind),
    *get_args(values.SourceKind),
)
"""The words that can stand where only some can."""

_NEWER = "is newer than this program reads"
_AT_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TIME = "a time with its offset was expected, e.g. 2024-11-12T02:18:00+01:00"
_TYPES = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table (an object)",
    "datetime": "a time",
    "date": "a date",
    "null": "nothing",
}
_WORDS = {
    "Expected `datetime` with a timezone component": (
        "a time needs its offset, e.g. 2024-11-12T02:18:00+01:00"
    ),
    "Invalid RFC3339": _TIME,
    "Expected `datetime`, got": _TIME,
    "Expected `str` matching regex": (
        "an id begins with a letter; letters, digits, - and _ follow, 64 characters at most"
    ),
    "Expected `str` of length >= 1": "it is empty",
    "Expected `int` >= 0": "it is less than 0",
}


class Problem(NamedTuple):
    """What is wrong and where: line and column from 1, column 0 where none is known."""

    line: int
    message: str
    column: int = 0

    def at(self, path: str) -> str:
        """`path:line: message`, as compilers say it."""
        place = f"{path}:{self.line}:{self.column}" if self.column else f"{path}:{self.line}"
        return f"{place}: {self.message}"


def explain_toml(text: str, message: str) -> Problem:
    """The problem that a TOML parser's message tells."""
    found = _AT_LINE.search(message)
    message = _AT_LINE.sub("", message)
    if found is None or found[1] is None:
        return Problem(text.rstrip().count("\n") + 1, f"{message} at the end")
    return Problem(int(found[1]), message, int(found[2]))


def check_fields(text: str, data: Any, kind: type[msgspec.Struct]) -> list[Problem]:
    """Field by field, because a validator stops at its first complaint."""
    known, required = _list_fields(kind)
    problems = []
    for name, value in data.items():
        if name not in known:
            problems.append(
                Problem(find_line(text, name), f"unknown key {name!r}{suggest(name, known)}")
            )
            continue
        try:
            msgspec.convert(value, known[name])
        except msgspec.ValidationError as error:
            problems.append(_explain_complaint(text, name, str(error)))
    return problems + [Problem(1, f"{name} is missing") for name in required if name not in data]


@cache
def _list_fields(kind: type[msgspec.Struct]) -> tuple[dict[str, Any], list[str]]:
    """The fields that a table may have with their types, and those that it must have."""
    hints = get_type_hints(kind, include_extras=True)
    known = {n: hints[n] for n in kind.__struct_fields__ if n != "entries"}
    return known, [f.name for f in msgspec.structs.fields(kind) if f.required]


def check_format(data: Any) -> list[tuple[str, str]]:
    """What to say of a head whose format is newer than this program: its other keys may be new too.

    Format N comes with major version N of the program.
    """
    found = data.get("format") if isinstance(data, dict) else None
    if not isinstance(found, int) or found <= FORMAT:
        return []
    said = f"format {found} {_NEWER} ({FORMAT})"
    return [("format", f"{said}: install liveblog-cli {found}.0 or newer")]


def is_of_newer_format(problems: Iterable[Problem]) -> bool:
    """Whether a newer program is needed, so that nothing else can be said of the file."""
    return any(_NEWER in p.message for p in problems)


def check_head(blog: Blog) -> list[tuple[str, str]]:
    """What types can't say of a head: the key and what is wrong with it."""
    from zoneinfo import ZoneInfo

    from liveblog_cli.model import validity

    faults = []
    if blog.format < 1:
        faults.append(("format", f"there is no format {blog.format}"))
    if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", blog.language):
        faults.append(("language", f"{blog.language!r} is not a language tag, e.g. de or pt-BR"))
    try:
        ZoneInfo(blog.timezone)
    except (OSError, ValueError, KeyError):
        faults.append(("timezone", f"{blog.timezone!r} is not a time zone, e.g. Europe/Berlin"))
    if validity.holds_illegal(blog):
        faults.append(("title", "the head holds a control character"))
    if validity.is_out_of_range(blog):
        faults.append(("started", "a time here is one that no calendar of ours reaches"))
    doubles = [i for i, n in Counter(n.id for n in blog.notes).items() if n > 1]
    return faults + [("notes", f"box {i!r} is there twice") for i in doubles]


def check_actions(hooks: Iterable[Hook]) -> list[tuple[int, str]]:
    """Actions that hooks wait for and that are none, each with the number of the hook, from 0.

    They make no file unreadable: a newer program may know more of them.
    """
    return [
        (number, f"hooks: there is no action {name!r}{suggest(name, ACTIONS)}")
        for number, hook in enumerate(hooks)
        for name in hook.on
        if name not in ACTIONS
    ]


def check_ids(entries: Iterable[tuple[int, Entry]]) -> list[Problem]:
    """Ids that two entries have, each with the line of its block."""
    placed = list(entries)
    seen = Counter(e.id for _, e in placed)
    return [
        Problem(n, f"id {e.id!r} is used {seen[e.id]} times") for n, e in placed if seen[e.id] > 1
    ]


def find_line(text: str, name: str, number: int = 0) -> int:
    """The line, from 1, of a key or of the table of that name and `number`; 1 if it is nowhere."""
    from liveblog_cli.storage import patch

    shape = patch.find_shape(text)
    own = [s for s in shape.statements if s.name == name]
    own += [s for s in shape.tables if s.name in (name, f"entries.{name}")]
    return text.count("\n", 0, own[min(number, len(own) - 1)].start) + 1 if own else 1


def put_in_words(complaint: str) -> tuple[str, str]:
    """A validator's complaint for people, and the unknown key it names ("" where it names none)."""
    message, _, path = complaint.partition(" - at `")
    path = path.rstrip("`").removeprefix("$").removeprefix(".")
    unknown = re.search(r"unknown field `(.*)`", message)
    return f"{_say_plainly(message)} ({path})" if path else _say_plainly(message), unknown[
        1
    ] if unknown else ""


def _explain_complaint(text: str, name: str, complaint: str) -> Problem:
    """A validator's complaint about one field, at the line of the table that it is about."""
    words, unknown = put_in_words(complaint)
    number = re.search(r" - at `\$\[(\d+)\]", complaint)
    line = find_line(text, name, int(number[1]) if number else 0)
    close = suggest(unknown, _list_nested_keys()) if unknown else ""
    return Problem(line, f"{name}: {words}{close}")


def _say_plainly(message: str) -> str:
    if unknown := re.search(r"unknown field `(.*)`", message):
        return f"unknown key {unknown[1]!r}"
    if missing := re.search(r"missing required field `(.*)`", message):
        return f"{missing[1]} is missing"
    if value := re.match(r"Invalid enum value (.*)", message):
        close = suggest(value[1].strip("'"), _FIXED)
        return f"{value[1]} is none of the words that can stand here{close}"
    if plain := next((said for start, said in _WORDS.items() if message.startswith(start)), ""):
        return plain
    if types := re.fullmatch(r"Expected `(.*)`, got `(.*)`", message):
        wanted, found = (
            " or ".join(_TYPES.get(t, t) for t in kinds.split(" | ")) for kinds in types.groups()
        )
        return f"{wanted} was expected, not {found}"
    return message.replace("`", "")


def _list_nested_keys() -> set[str]:
    kinds = (
        values.Source,
        values.Media,
        values.Change,
        values.Added,
        values.Note,
        values.Publisher,
        values.Hook,
    )
    return {name for kind in kinds for name in kind.__struct_fields__}
