"""Rows of short texts: a table on a terminal, lines with tabs everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from liveblog_cli.preview.console import Color, make_console
from liveblog_cli.text.controls import make_printable

WIDE = 100
"""Columns from which on a terminal gets all there is."""


def show_rows(
    names: Sequence[str],
    rows: Iterable[Sequence[str]],
    color: Color = "auto",
    right: Sequence[str] = (),
    wide: Sequence[str] = (),
    whole: Sequence[str] = (),
) -> None:
    """Show rows below their columns' names; columns in `right` are numbers.

    Those in `whole` are not wrapped. A terminal that is not `WIDE` leaves out those in `wide`;
    what is not a terminal gets them all.
    """
    clean = [[" ".join(make_printable(cell).split()) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        sys.stdout.write("".join(["\t".join(row) + "\n" for row in clean]))
        return
    from rich import box
    from rich.table import Table

    drawn = make_console(color)
    shown = [n for n, name in enumerate(names) if drawn.width >= WIDE or name not in wide]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for n in shown:
        justify: Literal["left", "right"] = "right" if names[n] in right else "left"
        table.add_column(names[n], justify=justify, overflow="fold", no_wrap=names[n] in whole)
    for row in clean:
        table.add_row(*[row[n] for n in shown])
    drawn.print(table)


def show_heading(text: str, color: Color = "auto") -> None:
    """A line above rows."""
    make_console(color).print(text, style="bold")
