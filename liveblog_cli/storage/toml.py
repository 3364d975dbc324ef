"""Values as TOML text, in the shape that this project's files have.

tomli-w writes single values. It breaks every array into lines and leaves header-like lines inside
strings as they are, so arrays, inline tables and strings of several lines are written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from liveblog_cli.text.zones import round_offset

_HEADER_LIKE = r"(?m)^([ \t]*)\[(?=.*\][ \t\r]*(?:#.*)?$)"
CONFLICT_MARKER = "<<<<<<<"
"""What the first line of every merge conflict begins with. No line that is written here does."""

_CONFLICT_LIKE = r"(?m)^<(?=<{6})"
_EDITORS_OWN = r"(?i)\b(?:vim?|ex)[<=>]?\d*:|\bLocal Variables:"
"""What makes Vim and Emacs read settings out of a text, for instance that lines end in CR."""

_BEFORE_COLON = frozenset("iImMxX<=>0123456789")
"""How the words end that Vim looks for, with numbers of versions; Emacs's word ends in "es"."""

_SPECIAL = r'\\|"{3,}|[\x00-\x08\x0b-\x1f\x7f]'
_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f]*')


def write_assignments(table: Mapping[str, Any]) -> str:
    """A line `key = value` for each item."""
    return "".join([f"{_write_key(name)} = {write_value(item)}\n" for name, item in table.items()])


def write_tables(name: str, items: Iterable[Mapping[str, Any]]) -> str:
    """An array of tables, each under its own `[[name]]`; tables in them follow as `[name.key]`."""
    return "".join([f"[[{name}]]\n{_write_body(name, item)}" for item in items])


def write_table(name: str, item: Mapping[str, Any]) -> str:
    """One table under `[name]`."""
    return f"[{name}]\n{_write_body(name, item)}"


def write_value(item: Any) -> str:
    """One value on one line, or a string of several lines in triple quotes."""
    if isinstance(item, str):
        return write_string(item)
    if isinstance(item, datetime):
        text = item.isoformat()  # ends in +02:00, unless the offset has seconds
        return text if text[-6] in "+-" else round_offset(item).isoformat()
    if isinstance(item, (list, tuple)):
        return f"[{', '.join([_write_inline(i) for i in item])}]"
    if isinstance(item, (dict, Mapping)):  # a dict is known at once
        inner = ", ".join([f"{_write_key(k)} = {_write_inline(v)}" for k, v in item.items()])
        return f"{{ {inner} }}" if inner else "{}"
    return _write_single(item)


def write_string(text: str) -> str:
    """A basic string.

    No line in it can be taken for a table's header or a merge conflict's marker, or steers an editor.
    """
    if "\n" in text:
        written = _write_lines(text)
    else:
        plain = text.isprintable() and '"' not in text and "\\" not in text
        written = f'"{text}"' if plain or _PLAIN.fullmatch(text) else _write_single(text)
    return _disarm(written) if ":" in text and _may_steer(text) else written


def _write_lines(text: str) -> str:
    # A quote at the end would run into the closing ones, and a backslash before them looks like an
    # escaped quote: another backslash swallows the line end between.
    ending = '\\\n"""' if text.endswith(('"', "\\")) else '"""'
    text = re.sub(_SPECIAL, lambda m: _escape(m[0]), text)
    text = re.sub(_HEADER_LIKE, r"\1\\u005b", text)
    if CONFLICT_MARKER in text:
        text = re.sub(_CONFLICT_LIKE, r"\\u003c", text)
    return '"""\n' + text + ending


def _write_body(name: str, item: Mapping[str, Any]) -> str:
    plain = {k: v for k, v in item.items() if not isinstance(v, Mapping)}
    deeper = {k: v for k, v in item.items() if isinstance(v, Mapping)}
    return write_assignments(plain) + "".join(
        [write_table(f"{name}.{k}", v) for k, v in deeper.items()]
    )


@lru_cache(256)
def _write_key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else write_string(name)


def _write_inline(item: Any) -> str:
    """A value on one line, as it has to be in an inline table."""
    if isinstance(item, str):
        return _disarm(_write_single(item)) if "\n" in item else write_string(item)
    return write_value(item)


def _write_single(item: Any) -> str:
    import tomli_w

    return tomli_w.dumps({"v": item})[4:-1]


def _may_steer(text: str) -> bool:
    """Whether what stands before a colon may be an editor's own word: a quick look, for streams."""
    at = text.find(":")
    while at >= 0:
        last = text[at - 1]
        if last in _BEFORE_COLON or (last in "sS" and text[at - 2 : at - 1] in "eE"):
            return True
        at = text.find(":", at + 1)
    return False


def _disarm(written: str) -> str:
    return re.sub(_EDITORS_OWN, lambda m: f"{m[0][:-1]}\\u003a", written)


def _escape(special: str) -> str:
    if special[0] in '\\"':
        return "\\" + "\\".join(special)
    return f"\\u{ord(special):04x}"
