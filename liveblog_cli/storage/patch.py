"""Change fields inside a block or a head and leave every other byte as it is.

A change is a list of edits, so that the caller may carry them out on the text that was read or on a
file of which that text is only a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from liveblog_cli.storage import toml
from liveblog_cli.storage.line_ends import find_line_end, set_line_ends

_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"\\\n]*\"|'[^'\n]*')"
_KEY = re.compile(rf"([ \t]*)({_PART})(?:[ \t]*\.[ \t]*{_PART})*[ \t]*=")
_IDLE = re.compile(r"[ \t\r]*(?:#[^\n]*)?(?:\n|\Z)")
_HEADER = re.compile(r"[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]\]?[ \t\r]*(#[^\n]*)?(?:\n|\Z)")
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^\']++|\'(?!\'\'))*+\'{3,5}'
    r'|"(?:[^"\\\n]++|\\[^\n])*+"|\'[^\'\n]*+\''
    r"|(?P<comment>\#[^\n]*+)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)",
    re.DOTALL,
)


class Edit(NamedTuple):
    """Put `lines`, which end with a line end or are nothing, in the place of `start` to `end`."""

    start: int
    end: int
    lines: str


class Span(NamedTuple):
    """A statement or a table: the first part of its key, or its whole name without blanks."""

    name: str
    start: int
    end: int


class Shape(NamedTuple):
    """What stands where in a block or a head."""

    begin: int
    statements: list[Span]
    tables: list[Span]

    @property
    def end(self) -> int:
        """The end of the last statement or table; blank lines and comments may follow."""
        return max([self.begin, *(s.end for s in (*self.statements, *self.tables))])


def splice(
    text: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    tables: tuple[str, ...],
    prefix: str = "",
) -> str:
    """`text`, which holds `old`, changed so that it holds `new` (see `find_edits`)."""
    return apply_edits(text, find_edits(text, old, new, tables, prefix))


def find_edits(
    text: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    tables: tuple[str, ...],
    prefix: str = "",
) -> list[Edit]:
    """The edits that turn `text`, which holds `old`, into one that holds `new`. They do not overlap.

    Fields named in `tables` become tables behind the others, whose names begin with `prefix`. The
    caller must parse the result: in a text of unusual layout it may be wrong.
    """
    shape = find_shape(text)
    found: list[Edit] = []
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            write = _edit_tables if name in tables else _edit_statement
            found += write(text, shape, name, old, new, prefix)
    return sorted((e for e in found if e.lines or e.start < e.end), key=lambda e: e[:2])


def apply_edits(text: str, changes: list[Edit]) -> str:
    """`text` with the edits made. What is written ends its lines as the line above it does."""
    parts, at = [], 0
    for edit in changes:
        parts.append(text[at : edit.start])
        last = next((p for p in reversed(parts) if p), "\n")
        lines = (
            edit.lines if not edit.lines or last.endswith(("\n", "\ufeff")) else f"\n{edit.lines}"
        )
        parts.append(set_line_ends(lines, find_line_end(text, edit.start)))
        at = edit.end
    return "".join(parts) + text[at:]


def find_comments(text: str) -> list[str]:
    """The comments of a text, without those that a string only seems to hold."""
    return [m["comment"].rstrip() for m in _TOKEN.finditer(text) if m["comment"]]


def find_shape(text: str) -> Shape:
    """Where the statements and tables of a block or a head stand, as far as they can be told."""
    mark = len("\ufeff") * text.startswith("\ufeff")
    header = _HEADER.match(text, mark)
    begin = header.end() if header and header[1].strip("\"'") == "entries" else mark
    statements = list(_find_statements(text, begin))
    return Shape(
        begin, statements, list(_find_tables(text, statements[-1].end if statements else begin))
    )


def _edit_statement(
    text: str,
    shape: Shape,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    prefix: str,
) -> list[Edit]:
    """`key = value` in the place of the old one, or else before the field that comes after it."""
    line = toml.write_assignments({name: new[name]}) if name in new else ""
    own = [s for s in shape.statements if s.name == name]
    others = (*own[1:], *_find_tables_named(shape, f"{prefix}{name}"))
    gone = [Edit(s.start, s.end, _keep_comments(text, s, "")) for s in others]
    if own:
        return [Edit(own[0].start, own[0].end, _keep_comments(text, own[0], line)), *gone]
    order = list(new)
    later = set(order[order.index(name) + 1 :]) if name in new else set()
    at = next((s for s in shape.statements if s.name in later), None)
    last = at or (shape.statements[-1] if shape.statements else None)
    indent = _KEY.match(text, last.start)[1] if last else ""  # type: ignore[index]  # found so
    place = at.start if at else last.end if last else shape.begin
    return [Edit(place, place, f"{indent}{line}" if line else ""), *gone]


def _keep_comments(text: str, span: Span, line: str) -> str:
    """The new line with the indentation of the old one and the comments that stood in it."""
    said = find_comments(text[span.start : span.end])
    indent = re.match(r"[ \t]*", text[span.start :])[0]  # type: ignore[index]  # matches anything
    if not said:
        return f"{indent}{line}" if line else ""
    above = "".join([f"{indent}{c}\n" for c in (said[:-1] if line else said)])
    return f"{above}{indent}{line[:-1]}  {said[-1]}\n" if line else above


def _edit_tables(
    text: str,
    shape: Shape,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    prefix: str,
) -> list[Edit]:
    """Tables are appended to where there are only more of them, and else written anew."""
    before, after = _make_list(old.get(name)), _make_list(new.get(name))
    many = isinstance(new.get(name, old.get(name)), (list, tuple))
    write, full = toml.write_tables if many else _write_table, f"{prefix}{name}"
    inline = [s for s in shape.statements if s.name == name]
    own = _find_tables_named(shape, full)
    gap = "" if prefix else "\n"
    if after[: len(before)] == before and not inline:
        at = own[-1].end if own else _find_place(shape, full)
        return [Edit(at, at, "".join([gap + write(full, [item]) for item in after[len(before) :]]))]
    gone = [Edit(s.start, s.end, _keep_comments(text, s, "")) for s in (*inline, *own)]
    at = own[0].start if own else _find_place(shape, full)
    lines = gap.join([write(full, [item]) for item in after])
    return [Edit(at, at, lines if own or not after else gap + lines), *gone]


def _find_tables_named(shape: Shape, name: str) -> list[Span]:
    return [s for s in shape.tables if s.name == name or s.name.startswith(f"{name}.")]


def _find_place(shape: Shape, name: str) -> int:
    """Where tables of a new name begin: media before history, all others behind what is there."""
    if name.endswith(".media"):
        for span in shape.tables:
            if span.name.startswith("entries.history"):
                return span.start
    return shape.end


def _write_table(name: str, items: list[Mapping[str, Any]]) -> str:
    return "".join([toml.write_table(name, item) for item in items])


def _make_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def _find_statements(text: str, at: int) -> Iterator[Span]:
    while at < len(text):
        if idle := _IDLE.match(text, at):
            at = idle.end()
        elif key := _KEY.match(text, at):
            end = _find_value_end(text, key.end())
            yield Span(key[2].strip("\"'"), at, end)
            at = end
        else:
            return


def _find_tables(text: str, at: int) -> Iterator[Span]:
    """Tables, each from its header to its last statement."""
    while at < len(text):
        if idle := _IDLE.match(text, at):
            at = idle.end()
        elif header := _HEADER.match(text, at):
            start, at = at, header.end()
            for statement in _find_statements(text, at):
                at = statement.end
            yield Span(re.sub(r"[\s\"']", "", header[1]), start, at)
        else:
            return


def _find_value_end(text: str, at: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, at):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["end"] and depth <= 0:
            return token.end()
    return len(text)
