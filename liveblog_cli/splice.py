"""Change fields inside a block or a head and leave every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from liveblog_cli import toml

_KEY = re.compile(r"[ \t]*(?:([A-Za-z0-9_-]+)|\"([^\"\\\n]*)\"|'([^'\n]*)')[ \t]*(?:\.[^=\n]*)?=")
_IDLE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_HEADER = re.compile(r"[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]\]?[ \t]*(#[^\n]*)?(?:\r?\n|\Z)")
_VALUE_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^\']++|\'(?!\'\'))*+\'{3,5}'
    r'|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'|(?P<comment>#[^\n]*+)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\r?\n)',
    re.DOTALL,
)


class _Span(NamedTuple):
    name: str
    start: int
    end: int


def splice(
    text: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    tables: tuple[str, ...],
    prefix: str = "",
) -> str:
    """`text`, which holds `old`, made to hold `new`.

    Fields named in `tables` are written as tables of their own behind the others, named with
    `prefix`. The caller looks at what the answer parses to: an unusual layout may defeat it.
    """
    changed = [name for name in (*new, *old) if old.get(name) != new.get(name)]
    for name in dict.fromkeys(changed):
        if name in tables:
            text = _with_tables(text, f"{prefix}{name}", old.get(name), new.get(name))
        else:
            text = _with_value(text, name, new, list(new))
    return text


def _with_value(text: str, name: str, new: Mapping[str, Any], order: list[str]) -> str:
    spans = list(_statements(text))
    own = [s for s in spans if s.name == name]
    line = toml.assignments({name: new[name]}) if name in new else ""
    if "\r\n" in text:
        line = line.replace("\n", "\r\n")
    if own:
        for span in reversed(own[1:]):
            text = text[: span.start] + text[span.end :]
        return text[: own[0].start] + _keeping_comment(text, own[0], line) + text[own[0].end :]
    later = set(order[order.index(name) + 1 :]) if name in order else set()
    at = next((s.start for s in spans if s.name in later), None)
    if at is None:
        at = spans[-1].end if spans else _after_header(text)
    return _insert(text, at, line)


def _keeping_comment(text: str, span: _Span, line: str) -> str:
    """The new line with the comment that stands behind the old value."""
    *_, last = [m for m in _tokens(text, span.start) if m.start() < span.end]
    comments = [m for m in _tokens(text, span.start) if m.start() < span.end and m["comment"]]
    if not comments or comments[-1].end() < last.start() or not line or line.count("\n") > 1:
        return line
    return f"{line.rstrip()}  {comments[-1][0].rstrip()}\n"


def _with_tables(text: str, name: str, old: Any, new: Any) -> str:
    """Tables are appended to where there are only more of them, and else written anew."""
    before, after = _as_list(old), _as_list(new)
    write = toml.tables if isinstance(new or old, (list, tuple)) else _one_table
    if after[: len(before)] == before:
        at = _tables_end(text, name)
        return _insert(text, at, write(name, after[len(before) :]))
    spans = [s for s in _table_spans(text) if s.name == name or s.name.startswith(f"{name}.")]
    at = spans[0].start if spans else _tables_end(text, name)
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return _insert(text, at, write(name, after))


def _one_table(name: str, items: list[Mapping[str, Any]]) -> str:
    return "".join([toml.table(name, item) for item in items])


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def _insert(text: str, at: int, lines: str) -> str:
    if not lines:
        return text
    before = text[:at]
    if before and not before.endswith("\n"):
        before += "\n"
    return before + lines + text[at:]


def _tables_end(text: str, name: str) -> int:
    """Behind the last table of the name; media before history; else behind everything there is."""
    spans = list(_table_spans(text))
    own = [s.end for s in spans if s.name == name or s.name.startswith(f"{name}.")]
    if own:
        return own[-1]
    if name.endswith(".media"):
        later = [s.start for s in spans if s.name.startswith("entries.history")]
        if later:
            return later[0]
    if spans:
        return spans[-1].end
    statements = list(_statements(text))
    return statements[-1].end if statements else _after_header(text)


def _statements(text: str) -> Iterator[_Span]:
    """The `key = value` lines before the first table below the header."""
    yield from _statements_from(text, _after_header(text))


def _statements_from(text: str, at: int) -> Iterator[_Span]:
    while at < len(text):
        if idle := _IDLE.match(text, at):
            if idle.end() == at:
                return
            at = idle.end()
        elif key := _KEY.match(text, at):
            end = _value_end(text, key.end())
            yield _Span(key[1] or key[2] or key[3] or "", at, end)
            at = end
        else:
            return


def _table_spans(text: str) -> Iterator[_Span]:
    """Tables below the first header of a block, or all of a head, each to its last statement."""
    at = 0 if not _HEADER.match(text) else _after_header(text)
    for statement in _statements_from(text, at):
        at = statement.end
    while True:
        while (idle := _IDLE.match(text, at)) and idle.end() > at:
            at = idle.end()
        header = _HEADER.match(text, at)
        if header is None:
            return
        start, at = at, header.end()
        for statement in _statements_from(text, at):
            at = statement.end
        yield _Span(re.sub(r"[\s\"']", "", header[1]), start, at)


def _after_header(text: str) -> int:
    header = _HEADER.match(text)
    return header.end() if header else len("\ufeff") if text.startswith("\ufeff") else 0


def _tokens(text: str, at: int) -> Iterator[re.Match[str]]:
    return _VALUE_TOKEN.finditer(text, at)


def _value_end(text: str, at: int) -> int:
    depth = 0
    for token in _tokens(text, at):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["end"] and depth <= 0:
            return token.end()
    return len(text)
