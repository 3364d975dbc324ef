"""Blog files to values and back. Every problem of a file is found in one go, with its line."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import tomli

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model import validity
from liveblog_cli.model.values import FORMAT, Blog, Entry
from liveblog_cli.storage import toml
from liveblog_cli.storage.layout import Layout, split
from liveblog_cli.storage.line_ends import find_line_end, set_line_ends

if TYPE_CHECKING:
    from liveblog_cli.storage.diagnosis import Problem

UNREADABLE = (ValueError, KeyError, RecursionError)
"""The errors of a text that is no TOML or no entry. (A number that is too long is a plain ValueError.)"""

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
    blog, problems = parse_head(layout.head)
    if blog is None:
        raise InvalidFile([p.at("") for p in _place_in_file(layout, problems)])
    return blog


def survey(layout: Layout) -> tuple[Blog | None, list[Problem]]:
    """Read piece by piece: what can be read, and every problem of head and entries.

    The blog is None where the head can't be read.
    """
    from liveblog_cli.storage import diagnosis

    layout = split_hidden(layout)
    blog, problems = parse_head(layout.head)
    problems = _place_in_file(layout, problems)
    if blog is None and diagnosis.is_of_newer_format(problems):
        return None, problems
    entries: list[tuple[int, Entry]] = []
    line, at = 1, 0
    for piece in layout.blocks:
        line, at = line + layout.text.count("\n", at, piece.start), piece.start
        entry, found = parse_entry(layout.text[piece.start : piece.end])
        problems += [p._replace(line=p.line + line - 1) for p in found]
        if entry is not None:
            entries.append((line, entry))
    problems = sorted(problems + diagnosis.check_ids(entries))
    kept = tuple(e for _, e in entries)
    return blog and msgspec.structs.replace(blog, entries=kept), problems


def find_newer_format(layout: Layout) -> list[Problem]:
    """The problem of a file whose format is newer than this program; found by one line of it."""
    found = re.search(r"^format[ \t]*=[ \t]*(\d{1,9})", layout.head, re.MULTILINE)
    if found is None or int(found[1]) <= FORMAT:
        return []
    from liveblog_cli.storage import diagnosis

    faults = diagnosis.check_format({"format": int(found[1])})
    line = diagnosis.find_line(layout.head, "format")
    return _place_in_file(layout, [_make_problem(line, said) for _, said in faults])


def split_hidden(layout: Layout) -> Layout:
    """The layout, also with the blocks that an unclosed string before them hides."""
    return split(layout, is_toml)


def is_toml(text: str) -> bool:
    """Whether a text can be read as TOML, with or without a byte order mark."""
    try:
        tomli.loads(text.removeprefix("\ufeff"))
    except UNREADABLE:
        return False
    return True


def parse_entry(block: str) -> tuple[Entry | None, list[Problem]]:
    """One block, with problems whose lines count from the block's own first."""
    try:
        entry = msgspec.convert(_parse_only_entry(block), Entry)
    except (*UNREADABLE, msgspec.ValidationError):
        return None, _diagnose(block, Entry)
    if fault := _find_fault(entry):
        return None, [_make_problem(1, fault)]
    return entry, []


def parse_head(text: str) -> tuple[Blog | None, list[Problem]]:
    """A head, with all of its problems and their lines in it."""
    try:
        data = tomli.loads(text)
        if newer := _explain_newer_format(data):
            return None, [_make_problem(_find_line(text, key), said) for key, said in newer]
        if "entries" in data:
            from liveblog_cli.storage import diagnosis

            line = diagnosis.find_line(text, "entries")
            return None, [_make_problem(line, "entries stand under [[entries]], one header each")]
        blog = msgspec.convert(data, Blog)
    except (*UNREADABLE, msgspec.ValidationError):
        return None, _diagnose(text, Blog)
    if _head_is_sound(blog):
        return blog, []
    from liveblog_cli.storage import diagnosis

    return None, [
        _make_problem(diagnosis.find_line(text, k), said) for k, said in diagnosis.check_head(blog)
    ]


def _explain_newer_format(data: Any) -> list[tuple[str, str]]:
    if data.get("format", FORMAT) == FORMAT:
        return []
    from liveblog_cli.storage import diagnosis

    return diagnosis.check_format(data)


def _find_line(text: str, key: str) -> int:
    from liveblog_cli.storage.diagnosis import find_line

    return find_line(text, key)


def read_id(block: str) -> str:
    """The id of a block; empty where it has none or can't be read."""
    try:
        value = _parse_only_entry(block).get("id", "")
    except UNREADABLE:
        return ""
    return value if isinstance(value, str) else ""


def dump_entry(entry: Entry) -> str:
    """An entry as a block: header, fields, media, history."""
    plain = plain_fields(entry)
    tables = "".join(
        [toml.write_tables(f"entries.{k}", plain.pop(k)) for k in ENTRY_TABLES if k in plain]
    )
    return f"[[entries]]\n{toml.write_assignments(plain)}{tables}"


def edit_block(block: str, old: Entry, new: Entry) -> str:
    """`block`, which holds `old`, changed so that it holds `new`; what a person wrote in it stays."""
    from liveblog_cli.storage import patch

    text = patch.splice(block, plain_fields(old), plain_fields(new), ENTRY_TABLES, "entries.")
    if parse_entry(text)[0] == new:
        return text
    said = "".join([f"{comment}\n" for comment in patch.find_comments(block)])
    return set_line_ends(f"{dump_entry(new)}{said}\n", find_line_end(block, len(block)))


def dump_head(blog: Blog) -> str:
    """The head of a new file."""
    plain = plain_fields(blog)
    tables = {name: plain.pop(name) for name in HEAD_TABLES if name in plain}
    text = toml.write_assignments(plain)
    for name, items in tables.items():
        written = (
            toml.write_table(name, items)
            if isinstance(items, dict)
            else toml.write_tables(name, items)
        )
        text += f"\n{written}"
    return text


def plain_fields(record: Entry | Blog) -> dict[str, Any]:
    """The fields that are set, in the file's order, as TOML's own types. No entries."""
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    plain.pop("entries", None)
    return {"format": record.format} | plain if isinstance(record, Blog) else plain


def _load_at_once(layout: Layout) -> Loaded | None:
    """One parse for the whole file; None where there is anything to report."""
    try:
        data = tomli.loads(layout.text.removeprefix("\ufeff"))
        blog = msgspec.convert(data, Blog)
    except (*UNREADABLE, msgspec.ValidationError):
        return None
    if "entries" in data and not layout.blocks:
        return None
    count = len(blog.entries)
    if count != len(layout.blocks) or count != len({e.id for e in blog.entries}):
        return None
    unusual = any(sign in layout.text for sign in ("\\", "\ufffe", "\uffff"))
    if not _head_is_sound(msgspec.structs.replace(blog, entries=())) or any(
        e.is_empty or validity.is_out_of_range(e) or (unusual and validity.holds_illegal(e))
        for e in blog.entries
    ):
        return None
    return Loaded(blog, [])


def _load_piecewise(layout: Layout) -> Loaded:
    blog, problems = survey(layout)
    if blog is None:
        raise InvalidFile([p.at("") for p in problems])
    return Loaded(blog, problems)


def _place_in_file(layout: Layout, problems: list[Problem]) -> list[Problem]:
    return [p._replace(line=layout.head_line(p.line)) for p in problems]


def _parse_only_entry(block: str) -> dict[str, Any]:
    """The fields of the one entry of a block.

    Raises:
        Any of UNREADABLE: it is no TOML, or not just one entry.
    """
    data = tomli.loads(block.removeprefix("\ufeff"))
    match data:
        case {"entries": [dict(entry)]} if len(data) == 1:
            return entry
    raise KeyError("entries")


def _head_is_sound(blog: Blog) -> bool:
    """Whether a head has nothing that `diagnosis` would have to name."""
    try:
        ZoneInfo(blog.timezone)
    except (OSError, ValueError, KeyError):
        return False
    plain = all(part.isascii() and part.isalnum() for part in blog.language.split("-"))
    ids = [n.id for n in blog.notes]
    sound = blog.format == FORMAT and plain and len(set(ids)) == len(ids)
    return sound and not validity.holds_illegal(blog) and not validity.is_out_of_range(blog)


def _find_fault(entry: Entry) -> str:
    if entry.is_empty:
        return f"entry {entry.id} has no headline, body or media"
    if validity.is_out_of_range(entry):
        return f"entry {entry.id} has a time that no calendar of ours reaches"
    return f"entry {entry.id} holds a control character" if validity.holds_illegal(entry) else ""


def _make_problem(line: int, message: str) -> Problem:
    from liveblog_cli.storage.diagnosis import Problem

    return Problem(line, message)


def _diagnose(text: str, kind: type[Blog] | type[Entry]) -> list[Problem]:
    """What stopped a text from becoming a value."""
    from liveblog_cli.storage import diagnosis

    try:
        data = _parse_only_entry(text) if kind is Entry else tomli.loads(text)
        return diagnosis.check_fields(text, data, kind)
    except tomli.TOMLDecodeError as error:
        return [diagnosis.explain_toml(text, str(error))]
    except RecursionError:
        return [_make_problem(1, "this is nested too deeply to be read")]
    except ValueError:
        return [_make_problem(1, "a number here is too long to be read")]
    except KeyError:
        return [_make_problem(1, "no [[entries]] header of its own stands above this")]
