"""Blog files to values and back. Every problem of a file is found in one go, with its line."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import tomli

from liveblog_cli import toml
from liveblog_cli.blocks import Layout
from liveblog_cli.errors import InvalidFile
from liveblog_cli.model import FORMAT, Blog, Entry

if TYPE_CHECKING:
    from liveblog_cli.diagnosis import Problem

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What neither XML 1.0 (2.2, Char) nor a terminal should meet."""

ENTRY_TABLES = ("media", "history")
HEAD_TABLES = ("publisher", "hooks", "notes", "history")


class Loaded(NamedTuple):
    """What could be read, and what could not. `blog` lacks the entries that have a problem."""

    blog: Blog
    problems: list[Problem]


def load(layout: Layout) -> Loaded:
    """The whole blog.

    Raises:
        InvalidFile: the head can't be read; an entry that can't is a problem in the answer.
    """
    return _load_at_once(layout) or _load_piecewise(layout)


def load_head(layout: Layout) -> Blog:
    """The blog without its entries.

    Raises:
        InvalidFile: with all problems of the head; each is `:line: message`.
    """
    blog, problems = _parse_head(layout.head)
    if blog is None:
        raise InvalidFile([p._replace(line=layout.head_line(p.line)).at("") for p in problems])
    return blog


def parse_entry(block: str) -> tuple[Entry | None, list[Problem]]:
    """One block, with problems whose lines count from the block's own first."""
    try:
        data = tomli.loads(block.removeprefix("\ufeff"))["entries"][0]
        entry = msgspec.convert(data, Entry)
    except (tomli.TOMLDecodeError, KeyError, IndexError, RecursionError, msgspec.ValidationError):
        return None, _diagnosed(block, Entry)
    if fault := _fault(entry):
        return None, [_problem(1, fault)]
    return entry, []


def entry_id(block: str) -> str:
    """The id of a block; empty where it has none or can't be read."""
    try:
        value = tomli.loads(block.removeprefix("\ufeff"))["entries"][0].get("id", "")
    except (tomli.TOMLDecodeError, KeyError, IndexError, AttributeError, RecursionError):
        return ""
    return value if isinstance(value, str) else ""


def dump_entry(entry: Entry) -> str:
    """An entry as a block: header, fields, media, history."""
    plain = plain_fields(entry)
    tables = "".join(
        [toml.tables(f"entries.{k}", plain.pop(k)) for k in ENTRY_TABLES if k in plain]
    )
    return f"[[entries]]\n{toml.assignments(plain)}{tables}"


def block_with(block: str, old: Entry, new: Entry) -> str:
    """A block, which holds `old`, made to hold `new`; what else stands in it stays as it is."""
    from liveblog_cli.splice import splice

    text = splice(block, plain_fields(old), plain_fields(new), ENTRY_TABLES, "entries.")
    if parse_entry(text)[0] == new:
        return text
    comments = "".join(re.findall(r"^[ \t]*#[^\n]*\n", block, re.MULTILINE))
    return dump_entry(new) + comments + "\n"


def dump_head(blog: Blog) -> str:
    """The head of a new file."""
    plain = plain_fields(blog)
    tables = {name: plain.pop(name) for name in HEAD_TABLES if name in plain}
    text = toml.assignments(plain)
    for name, items in tables.items():
        written = toml.table(name, items) if isinstance(items, dict) else toml.tables(name, items)
        text += f"\n{written}"
    return text


def plain_fields(record: Entry | Blog) -> dict[str, Any]:
    """The fields that are set, in the file's order, as TOML's own types. No entries."""
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    plain.pop("entries", None)
    return {"format": record.format} | plain if isinstance(record, Blog) else plain


def illegal(record: Any) -> bool:
    """Whether a control character stands anywhere in a value."""
    if isinstance(record, str):
        return ILLEGAL.search(record) is not None
    if isinstance(record, msgspec.Struct):
        return any(illegal(getattr(record, name)) for name in record.__struct_fields__)
    if isinstance(record, (tuple, list, dict)):
        return any(illegal(v) for v in (record.values() if isinstance(record, dict) else record))
    return False


def _load_at_once(layout: Layout) -> Loaded | None:
    """One parse for the whole file; None where there is anything to report."""
    try:
        blog = msgspec.convert(tomli.loads(layout.text.removeprefix("\ufeff")), Blog)
    except (tomli.TOMLDecodeError, msgspec.ValidationError, RecursionError):
        return None
    if len(blog.entries) != len(layout.blocks) or len({e.id for e in blog.entries}) != len(
        blog.entries
    ):
        return None
    escapes = "\\" in layout.text
    if not _head_is_sound(msgspec.structs.replace(blog, entries=())) or any(
        e.is_empty or (escapes and illegal(e)) for e in blog.entries
    ):
        return None
    return Loaded(blog, [])


def _load_piecewise(layout: Layout) -> Loaded:
    from liveblog_cli import diagnosis

    blog = load_head(layout)
    entries: list[tuple[int, Entry]] = []
    problems: list[Problem] = []
    for piece in layout.blocks:
        for start, block in _recovered(layout.text[piece.start : piece.end]):
            line = layout.line(piece.start + start)
            entry, found = parse_entry(block)
            problems += [p._replace(line=p.line + line - 1) for p in found]
            if entry is not None:
                entries.append((line, entry))
    problems += diagnosis.of_ids(entries)
    kept = tuple(e for _, e in entries)
    return Loaded(msgspec.structs.replace(blog, entries=kept), sorted(problems))


def _recovered(block: str) -> list[tuple[int, str]]:
    """The block, or, where an unclosed string in it hides others, those one by one."""
    from liveblog_cli.blocks import recover

    starts = recover(block)
    if starts:
        try:
            tomli.loads(block.removeprefix("\ufeff"))
        except tomli.TOMLDecodeError:
            edges = [0, *starts, len(block)]
            return [(a, block[a:b]) for a, b in pairwise(edges)]
    return [(0, block)]


def _parse_head(text: str) -> tuple[Blog | None, list[Problem]]:
    try:
        data = tomli.loads(text)
        if "entries" in data:
            from liveblog_cli import diagnosis

            line = diagnosis.line_of(text, "entries")
            return None, [_problem(line, "entries stand under [[entries]], one header each")]
        blog = msgspec.convert(data, Blog)
    except (tomli.TOMLDecodeError, RecursionError, msgspec.ValidationError):
        return None, _diagnosed(text, Blog)
    if _head_is_sound(blog):
        return blog, []
    from liveblog_cli import diagnosis

    faults = diagnosis.of_head(blog)
    if illegal(blog):
        faults.append(("title", "the head holds a control character"))
    return None, [_problem(diagnosis.line_of(text, key), message) for key, message in faults]


def _head_is_sound(blog: Blog) -> bool:
    """Whether a head has nothing that `diagnosis` would have to name."""
    try:
        ZoneInfo(blog.timezone)
    except (OSError, ValueError, KeyError):
        return False
    plain = all(part.isascii() and part.isalnum() for part in blog.language.split("-"))
    ids = [n.id for n in blog.notes]
    return blog.format == FORMAT and plain and len(set(ids)) == len(ids) and not illegal(blog)


def _fault(entry: Entry) -> str:
    if entry.is_empty:
        return f"entry {entry.id} has no headline, body or media"
    return f"entry {entry.id} holds a control character" if illegal(entry) else ""


def _problem(line: int, message: str) -> Problem:
    from liveblog_cli.diagnosis import Problem

    return Problem(line, message)


def _diagnosed(text: str, kind: type[Blog] | type[Entry]) -> list[Problem]:
    """What stopped a text from becoming a value."""
    from liveblog_cli import diagnosis

    try:
        data = tomli.loads(text.removeprefix("\ufeff"))
        return diagnosis.of_fields(text, data["entries"][0] if kind is Entry else data, kind)
    except tomli.TOMLDecodeError as error:
        return [diagnosis.of_toml(text, str(error))]
    except RecursionError:
        return [_problem(1, "this is nested too deeply to be read")]
    except (KeyError, IndexError, TypeError):
        return [_problem(1, "this is not an [[entries]] block")]
