"""Rows of short texts: a table on a terminal, lines with tabs everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from liveblog_cli.preview.console import Color, make_console
from liveblog_cli.text.controls import make_printable

WIDE = 100
"""From so many columns of characters on, a terminal has room for optional columns."""


class Column(Struct, frozen=True):
    """A column: its name, whether it holds numbers, is never wrapped, or may be left out of a narrow terminal."""

    name: str
    is_number: bool = False
    is_whole: bool = False
    is_optional: bool = False


def show_rows(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], color: Color = "auto"
) -> None:
    """Show rows below the names of their columns; what is not a terminal gets all columns, without names."""
    clean = [[" ".join(make_printable(cell).split()) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        sys.stdout.write("".join(["\t".join(row) + "\n" for row in clean]))
        return
    if not clean:  # names of columns above nothing say nothing
        return
    from rich import box
    from rich.table import Table

    drawn = make_console(color)
    shown = [n for n, c in enumerate(columns) if drawn.width >= WIDE or not c.is_optional]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for column in [columns[n] for n in shown]:
        justify: Literal["left", "right"] = "right" if column.is_number else "left"
        table.add_column(column.name, justify=justify, overflow="fold", no_wrap=column.is_whole)
    for row in clean:
        table.add_row(*[row[n] for n in shown])
    drawn.print(table)


def show_heading(text: str, color: Color = "auto") -> None:
    """A line above rows."""
    make_console(color).print(text, style="bold")
