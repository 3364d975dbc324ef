"""Rows of short texts: a table on a terminal, lines with tabs everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from liveblog_cli.preview.console import Color, console, printable


def show_rows(
    names: Sequence[str],
    rows: Iterable[Sequence[str]],
    color: Color = "auto",
    right: Sequence[str] = (),
) -> None:
    """Show rows below their columns' names; columns in `right` are numbers."""
    clean = [[" ".join(printable(cell).split()) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        sys.stdout.write("".join(["\t".join(row) + "\n" for row in clean]))
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in clean:
        table.add_row(*row)
    console(color).print(table)


def show_heading(text: str, color: Color = "auto") -> None:
    """A line above rows."""
    console(color).print(text, style="bold")
