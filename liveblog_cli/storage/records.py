"""A blog's head and entries as values, read from the pieces of its file. Errors name the file and the line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.storage import codec
from liveblog_cli.storage.layout import Layout, Piece

if TYPE_CHECKING:
    from liveblog_cli.storage import diagnosis


def read_head(layout: Layout, path: Path) -> Blog:
    """The blog without its entries.

    Raises:
        InvalidFile: the head can't be read.
    """
    try:
        return codec.load_head(layout)
    except InvalidFile as error:
        raise _with_path(error, path) from error


def read_all(layout: Layout, path: Path) -> codec.Loaded:
    """All that can be read, and what can't be.

    Raises:
        InvalidFile: the head can't be read.
    """
    try:
        return codec.load(layout)
    except InvalidFile as error:
        raise _with_path(error, path) from error


def find_entry(layout: Layout, name: str, path: Path) -> Piece:
    """The piece of the entry with that name (see `lookup.find`).

    Raises:
        NotFound: no such entry, or several begin so.
        InvalidFile: the file is of a newer version of this program.
    """
    from liveblog_cli.storage import lookup

    if newer := codec.find_newer_format(layout):
        raise describe_problems(newer, path)
    return lookup.find(layout, name, str(path))


def read_entry(layout: Layout, piece: Piece, path: Path) -> Entry:
    """The entry in a piece.

    Raises:
        InvalidFile: it can't be read.
    """
    entry, problems = codec.parse_entry(layout.text[piece.start : piece.end])
    if entry is None:
        raise describe_problems(place_problems(problems, layout, piece), path)
    return entry


def place_problems(
    problems: list[diagnosis.Problem], layout: Layout, piece: Piece
) -> list[diagnosis.Problem]:
    """Problems of one piece, with their lines in the whole file."""
    first = layout.line(piece.start) if problems else 0
    return [p._replace(line=p.line + first - 1) for p in problems]


def describe_problems(problems: Iterable[diagnosis.Problem], path: Path) -> InvalidFile:
    """The error that names these problems of a file."""
    return InvalidFile([p.at(str(path)) for p in problems], "mend these lines in an editor")


def _with_path(error: InvalidFile, path: Path) -> InvalidFile:
    return InvalidFile([f"{path}{p}" for p in error.problems], error.hint)
