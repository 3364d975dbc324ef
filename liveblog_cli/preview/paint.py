"""The parts of a page on a terminal, with Rich."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from liveblog_cli.preview.parts import Part
from liveblog_cli.text.controls import make_printable

WIDEST = 88
"""Columns: a longer line is hard to read."""

_STYLES = {
    "kicker": "bold red",
    "title": "bold",
    "stand": "dim",
    "headline": "bold",
    "byline": "italic",
    "media": "dim",
    "sources": "dim",
    "tags": "green",
    "correction": "yellow",
}


def paint(parts: Iterable[Part], screen: Console) -> None:
    """Draw the parts from top to bottom."""
    width = min(screen.width, WIDEST)
    for part in parts:
        screen.print(_draw_part(part), width=width)


def _draw_part(part: Part) -> RenderableType:
    text = make_printable(part.text)
    match part.kind:
        case "time":
            return Padding(Text(text, style="cyan"), (1, 0, 0, 0))
        case "body" | "summary":
            return Padding(
                Markdown(text, hyperlinks=False), (0, 0, 1 if part.kind == "body" else 0, 0)
            )
        case "box":
            return Panel(Markdown(text, hyperlinks=False), style="dim")
        case "section":
            return Padding(Text(text, style="bold"), (1, 0, 0, 0))
        case "point":
            grid = Table.grid(padding=(0, 1))
            grid.add_row("•", Text(text))
            return grid
        case kind:
            return Text(text, style=_STYLES.get(kind, ""))
