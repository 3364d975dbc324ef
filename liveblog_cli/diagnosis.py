"""What is wrong in a blog file: every problem, with its line, in words for who writes it by hand."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, get_type_hints

import msgspec

from liveblog_cli.model import FORMAT, Blog, Entry

_AT_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_PLAIN_WORDS = {
    "Expected `datetime` with a timezone component": "a time needs its offset, e.g. 2024-11-12T02:18:00+01:00",
    "Expected `datetime`, got": "a time was expected, without quotes, e.g. 2024-11-12T02:18:00+01:00",
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


def of_toml(text: str, message: str) -> Problem:
    """The problem that a TOML parser's message tells."""
    found = _AT_LINE.search(message)
    message = _AT_LINE.sub("", message)
    if found is None or found[1] is None:
        return Problem(text.rstrip().count("\n") + 1, f"{message} at the end")
    return Problem(int(found[1]), message, int(found[2]))


def of_fields(text: str, data: Any, kind: type[msgspec.Struct]) -> list[Problem]:
    """Field by field, because a validator stops at its first complaint."""
    if not isinstance(data, dict):
        return [Problem(1, "a table was expected")]
    hints = get_type_hints(kind, include_extras=True)
    known = {n: hints[n] for n in kind.__struct_fields__ if n != "entries"}
    problems = []
    for name, value in data.items():
        if name not in known:
            problems.append(
                Problem(line_of(text, name), f"unknown key {name!r}{suggestion(name, known)}")
            )
            continue
        try:
            msgspec.convert(value, known[name])
        except msgspec.ValidationError as error:
            problems.append(Problem(line_of(text, name), f"{name}: {_plainly(str(error))}"))
    required = [f.name for f in msgspec.structs.fields(kind) if f.required]
    return problems + [Problem(1, f"{name} is missing") for name in required if name not in data]


def of_head(blog: Blog) -> list[tuple[str, str]]:
    """What types can't say of a head: the key and what is wrong with it."""
    from zoneinfo import ZoneInfo

    faults = []
    if blog.format > FORMAT:
        faults.append(
            (
                "format",
                f"format {blog.format} is newer than this program reads ({FORMAT}): install a newer liveblog-cli",
            )
        )
    if blog.format < 1:
        faults.append(("format", f"there is no format {blog.format}"))
    if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", blog.language):
        faults.append(("language", f"{blog.language!r} is not a language tag, e.g. de or pt-BR"))
    try:
        ZoneInfo(blog.timezone)
    except (OSError, ValueError, KeyError):
        faults.append(("timezone", f"{blog.timezone!r} is not a time zone, e.g. Europe/Berlin"))
    doubles = [i for i, n in Counter(n.id for n in blog.notes).items() if n > 1]
    return faults + [("notes", f"box {i!r} is there twice") for i in doubles]


def of_ids(entries: Iterable[tuple[int, Entry]]) -> list[Problem]:
    """Ids that two entries have, each with the line of its block."""
    placed = list(entries)
    seen = Counter(e.id for _, e in placed)
    return [
        Problem(n, f"id {e.id!r} is used {seen[e.id]} times") for n, e in placed if seen[e.id] > 1
    ]


def line_of(text: str, name: str) -> int:
    """The line, from 1, of a key or table in `text`; 1 if it is nowhere."""
    quoted = rf"[\"']?{re.escape(name)}[\"']?"
    found = re.search(
        rf"^[ \t]*(?:\[\[?[ \t]*(?:entries\.)?)?{quoted}[ \t]*[=.\]]", text, re.MULTILINE
    )
    return text.count("\n", 0, found.start()) + 1 if found else 1


def suggestion(name: str, known: Iterable[str]) -> str:
    """`: did you mean 'headline'?`, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f": did you mean {close[0]!r}?" if close else ""


def in_words(message: str) -> tuple[str, str]:
    """A validator's complaint for people, and the unknown key it names ("" where it names none)."""
    unknown = re.search(r"unknown field `(.*)`", message)
    return _plainly(message), unknown[1] if unknown else ""


def _plainly(message: str) -> str:
    path = re.search(r" - at `\$?\.?(.*)`$", message)
    message = re.sub(r" - at `.*`$", "", message)
    unknown = re.search(r"unknown field `(.*)`", message)
    if unknown:
        message = f"unknown key {unknown[1]!r}"
    message = next(
        (plain for start, plain in _PLAIN_WORDS.items() if message.startswith(start)), message
    )
    message = message.replace("`", "")
    return f"{message} ({path[1]})" if path and path[1] else message
