"""Counts as bars on a terminal, and as lines with tabs everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from liveblog_cli.editorial.stats import Tallies, Tally
from liveblog_cli.text.controls import make_printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_MOST = 10
_WIDEST_NAME = 24


def format_lines(found: Tallies) -> Iterator[str]:
    """A line for each count: what is counted, its name and the count, with tabs between them."""
    for name in ("entries", "drafts", "scheduled", "retracted", "corrections"):
        yield f"{name}\t\t{getattr(found, name)}"
    for what, tally in _list_tallies(found).items():
        for name, count in tally:
            yield f"{what}\t{' '.join(make_printable(name).split())}\t{count}"


def draw_tallies(found: Tallies, console: Console) -> None:
    """The counts as bars, the longest as wide as the terminal allows."""
    told = ("drafts", "scheduled", "retracted", "corrections")
    rest = ", ".join(f"{n}: {getattr(found, n)}" for n in told if getattr(found, n))
    console.print(f"{found.entries} entries{f' ({rest})' if rest else ''}", style="bold")
    for what, tally in _list_tallies(found).items():
        if tally:
            console.print(f"\nby {what}", style="bold")
            console.print(_draw_bars(tally if what == "hour" else tally[:_MOST], console.width))
            if what != "hour" and len(tally) > _MOST:
                console.print(f"and {len(tally) - _MOST} more", style="dim")


def _list_tallies(found: Tallies) -> dict[str, Sequence[Tally]]:
    hours = [(f"{hour:%d.%m. %H:00}", count) for hour, count in found.hours]
    return {"hour": hours, "author": found.authors, "tag": found.tags, "source": found.sources}


def _draw_bars(tally: Sequence[Tally], width: int) -> RenderableType:
    from rich.bar import Bar
    from rich.table import Table

    most = max(count for _, count in tally)
    names = [" ".join(make_printable(name).split()) for name, _ in tally]
    widest = min(_WIDEST_NAME, max(map(len, names)))
    table = Table.grid(padding=(0, 1))
    table.add_column(width=widest, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right")
    table.add_column(width=max(10, min(60, width - widest - 8)))
    for name, (_, count) in zip(names, tally, strict=True):
        table.add_row(name, str(count), Bar(most, 0, count, color="cyan"))
    return table
