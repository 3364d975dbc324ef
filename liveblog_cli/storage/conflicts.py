"""Conflict markers of version control in a blog file: where they stand, and the way out.

Git leaves both sides in the file, between lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`
(git-merge, "How conflicts are presented"); Mercurial and Jujutsu use the same first and last line.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from liveblog_cli.errors import InvalidFile
from liveblog_cli.storage.toml import CONFLICT_MARKER

HINT = (
    "keep what is right of both sides, as a rule all entries, and delete the marker lines; "
    "or take one side whole with: git checkout --ours (or --theirs) FILE"
)

_LINE = r"(?:\A\ufeff?|(?<=\n))(?P<run>(?P<sign>[<|=>])(?P=sign){6,})(?: (?P<name>[^\r\n]*))?\r?(?=\n|\Z)"


class Side(NamedTuple):
    """One side of a conflict: whose it is, and its first and last line (none where last < first)."""

    name: str
    first: int
    last: int

    def __str__(self) -> str:
        if self.last < self.first:
            return f"nothing is {self.name}"
        if self.last == self.first:
            return f"line {self.first} is {self.name}"
        return f"lines {self.first}-{self.last} are {self.name}"


class Marker(NamedTuple):
    """A marker line: its sign, how often it stands there, its line from 1, and the name behind it."""

    sign: str
    length: int
    line: int
    name: str


class Conflict(NamedTuple):
    """The line of its first marker, from 1, and in words which lines are whose."""

    line: int
    message: str


def require_no_conflict(path: Path, text: str) -> None:
    """See to it that both sides of a merge are not taken for one text.

    Raises:
        InvalidFile: there are markers of a conflict; the lines of each side are named.
    """
    if found := find_conflicts(text):
        raise InvalidFile([f"{path}:{c.line}: {c.message}" for c in found], HINT)


def find_conflicts(text: str) -> list[Conflict]:
    """The conflicts in a blog file's text, in order."""
    if CONFLICT_MARKER not in text or ">>>>>>>" not in text:
        return []
    markers = [
        Marker(m["sign"], len(m["run"]), text.count("\n", 0, m.start()) + 1, m["name"] or "")
        for m in re.finditer(_LINE, text)
    ]
    found = []
    while (start := next((n for n, m in enumerate(markers) if m.sign == "<"), None)) is not None:
        sides, markers = _take_first_conflict(markers[start:])
        if sides:
            found.append(_describe(sides))
    return found


def _take_first_conflict(markers: list[Marker]) -> tuple[list[Marker], list[Marker]]:
    """The markers of the conflict that begins here, and those behind it.

    What lies inside of one of its sides is left out: git writes a conflict in the common ancestor with
    longer markers, other programs with equal ones.
    """
    depth, sides = 0, []
    for number, marker in enumerate(markers):
        if marker.length != markers[0].length:
            continue
        depth += marker.sign == "<"
        if depth == 1:
            sides.append(marker)
        depth -= marker.sign == ">"
        if not depth:
            return sides, markers[number + 1 :]
    end = next((n for n, m in enumerate(markers) if m.sign == ">"), None)
    return ([], []) if end is None else (markers[: end + 1], markers[end + 1 :])


def _describe(markers: list[Marker]) -> Conflict:
    first, last = markers[0].line, markers[-1].line
    if len(markers) == 2:
        return Conflict(first, f"a merge conflict: lines {first + 1}-{last - 1} hold all sides")
    sides = [
        Side(_name_owner(markers, number), marker.line + 1, markers[number + 1].line - 1)
        for number, marker in enumerate(markers[:-1])
    ]
    return Conflict(first, f"a merge conflict up to line {last}: {', '.join(map(str, sides))}")


def _name_owner(markers: list[Marker], number: int) -> str:
    """Whose lines follow a marker: the first side is named by it, the last by the marker at the end."""
    sign, name = markers[number].sign, markers[number].name
    if sign == "=":
        name = markers[-1].name
    side = {"<": "one side's", "|": "the common ancestor's", "=": "the other side's"}[sign]
    return f"{side} ({name})" if name else side
