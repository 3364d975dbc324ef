"""Where the entries of a blog file begin and end, found without parsing its TOML.

A file is a head and a list of blocks. A block runs from an `[[entries]]` header to the next one, or
to a table that is not the entries' (`[[notes]]` may stand behind them), which belongs to the head.
Joining the pieces in order gives the file back. Header-like lines inside a string are text.

There are two ways to look. `_scan_quickly` finds triple quotes and headers with plain string searches and
trusts the result only where the text around each quote has the shape that the writer gives it
(`key = \"\"\"`); otherwise `_scan_carefully` reads token by token. Both give the same pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

from liveblog_cli.storage.layout import ENTRY, ENTRY_LINE, HEAD, Layout, Piece

# Patterns that many a command never needs are compiled where they are used: `re` remembers them.
_HEADER = (
    r"\[\[?[ \t]*(?P<name>[A-Za-z0-9_-]+|\"[^\"\\\n]*\"|'[^'\n]*')"
    r"(?P<sub>(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'))*)"
    r"[ \t]*\]\]?[ \t]*(?:\#[^\n]*)?\r?(?=\n|\Z)"
)
_WRITTEN_OPENING = re.compile(r"[A-Za-z_-]{1,60} = ")
_TOO_LONG = 64
"""So many characters before a string are no opening of ours; a line of a million quotes is not copied for each."""
_VALUES = frozenset({"true", "false", "inf", "nan"})
_TOKEN = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|(?!""")"(?:[^"\\\n]++|\\[^\n])*+"'
    r"|(?!''')'[^'\n]*+'"
    r'|(?P<open>"""|\'\'\'|"|\')'
    r"|\#[^\n]*+"
    r"|(?:(?<=\n)|\A\ufeff?)[ \t]*+(?P<first>\[)"
    r"|(?P<deeper>[\[{])"
    r"|(?P<higher>[\]}])"
)


class LineStarts(NamedTuple):
    """Where lines begin that head an entry, and those that head a table of the head; in order."""

    entries: list[int]
    tables: list[int]


def scan(text: str) -> Layout:
    """Cut a blog file, or the end of one that starts at a header, into its pieces."""
    return _scan_quickly(text) or _scan_carefully(text)


def ends_cleanly(tail: str, parses: Callable[[str], bool]) -> bool:
    """Whether a text from a header to the end of the file is certain to end outside every value.

    Certain because its triple quotes come in pairs of the writer's shape: were its header inside a
    string, the last quote would be left open, and the file would be torn before it.
    """
    if not tail.endswith("\n") or _scan_quickly(tail) is None:
        return False
    return parses(tail) or is_whole(tail)


def is_whole(text: str) -> bool:
    """Whether a text ends outside every string and list."""
    return _scan_carefully(text).open_at is None


def find_last_header(text: str) -> int:
    """Where the last line stands that looks like `[[entries]]`, in a string or not; -1 if none."""
    at = len(text)
    while (at := text.rfind("[[", 0, at)) >= 0:
        at = text.rfind("\n", 0, at) + 1
        if re.compile(ENTRY_LINE).match(text, at):
            return at
    return -1


def _scan_quickly(text: str) -> Layout | None:
    if re.search("'''", text):  # faster than `in` for three equal characters
        return None
    edges = _find_written_strings(text)
    if edges is None:
        return None
    # A pattern that begins with one plain character is found fastest: the first line stands apart.
    headers = [m.end() for m in re.finditer(r"\n(?=\[\[entries\]\]\r?\n)", text)]
    others = [m.end() for m in re.finditer(r"\n(?!\[\[entries\]\]\r?\n)[ \t]*(?=\[)", text)]
    if first := re.match(r"\ufeff?[ \t]*(?=\[)", text):
        others.insert(0, first.end())
    marks = LineStarts([at for at in headers if not bisect_right(edges, at) % 2], [])
    for at in others:
        if bisect_right(edges, at) % 2:
            continue
        header = _match_header(text, at)
        if header is None or not _can_only_be_a_header(header):
            return None
        _mark(text, at, header, marks)
    return Layout(text, _cut(text, marks), plain=True)


def _find_written_strings(text: str) -> list[int] | None:
    """Where triple quotes stand that open and close strings by turns, if all have our shape."""
    quotes = [m.start() for m in re.finditer('"""', text)]
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing) or "\\" in {text[at - 1] for at in closing}:
        return None
    starts = [at - _TOO_LONG if at > _TOO_LONG else 0 for at in opening]
    before = {
        text[max(text.rfind("\n", start, at) + 1, start) : at]
        for start, at in zip(starts, opening, strict=True)
    }
    behind = {text[at + 3 : at + 4] for at in closing}
    if not all(map(_WRITTEN_OPENING.fullmatch, before)) or not behind <= {"\n", "\r", ""}:
        return None
    return quotes


def _match_header(text: str, at: int) -> re.Match[str] | None:
    return re.compile(_HEADER).match(text, at)


def _can_only_be_a_header(header: re.Match[str]) -> bool:
    """Whether a line could not stand in an array: a bare word is no value (`[1.5]` could)."""
    return header["name"][0].isalpha() and header["name"] not in _VALUES


def _mark(text: str, at: int, header: re.Match[str], marks: LineStarts) -> None:
    """Note a header at `at`, in its place, unless it belongs to the entry before it."""
    start = text.rfind("\n", 0, at) + 1
    if header["name"].strip("\"'") != "entries":
        insort(marks.tables, start)
        return
    own = header["sub"] or not text.startswith("[[", at)
    entry, table = (_find_last_before(found, start) for found in marks)
    if own and entry > table:
        return  # behind a table of the head it is a stray: a block that no entry heads
    insort(marks.entries, start)


def _find_last_before(found: list[int], at: int) -> int:
    place = bisect_right(found, at)
    return found[place - 1] if place else -1


def _cut(text: str, marks: LineStarts) -> list[Piece]:
    entries = marks.entries
    tables = [at for at in marks.tables if entries and at > entries[0]]
    if not tables:  # nearly always: all tables of the head stand before the entries
        edges = [0, *entries, len(text)]
        return list(map(Piece, [HEAD, *repeat(ENTRY, len(entries))], edges, edges[1:]))
    pieces: list[Piece] = []
    kinds = dict.fromkeys([0, *tables], HEAD) | dict.fromkeys(entries, ENTRY)
    for at, end in pairwise([*sorted(kinds), len(text)]):
        if pieces and pieces[-1].kind == kinds[at] == HEAD:
            pieces[-1] = Piece(HEAD, pieces[-1].start, end)
        else:
            pieces.append(Piece(kinds[at], at, end))
    return pieces


def _scan_carefully(text: str) -> Layout:
    """Token by token. A line that can only be a header ends an array that nobody closed."""
    marks = LineStarts([], [])
    depth = at = opened = 0
    token = re.compile(_TOKEN, re.DOTALL)
    while found := token.search(text, at):
        begin, at = found.span()
        if quote := found["open"]:
            at = _find_line_end(text, at)
            if len(quote) == 3 or at == len(text):
                return Layout(text, _cut(text, marks), begin)
        elif found["higher"]:
            depth = max(0, depth - 1)
        elif found["deeper"] or found["first"]:
            header = _match_header(text, at - 1) if found["first"] else None
            if header and (depth == 0 or _can_only_be_a_header(header)):
                _mark(text, at - 1, header, marks)
                depth, at = 0, header.end()
            else:
                opened = opened if depth else at - 1
                depth += 1
    return Layout(text, _cut(text, marks), opened if depth else None)


def _find_line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
