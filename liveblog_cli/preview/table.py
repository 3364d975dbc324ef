"""`list` on a terminal, and as tab-separated lines everywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from liveblog_cli.model.values import Entry
from liveblog_cli.text.controls import make_printable

if TYPE_CHECKING:
    from rich.table import Table

_STYLES = {
    "pinned": "yellow",
    "key": "bold",
    "draft": "magenta",
    "scheduled": "cyan",
    "retracted": "red",
}


def list_marks(entry: Entry, now: datetime) -> list[str]:
    """What sets an entry apart: pinned, key, draft, scheduled, retracted."""
    found = {
        "pinned": entry.pinned,
        "key": entry.key,
        "draft": entry.status == "draft",
        "scheduled": entry.is_scheduled(now),
        "retracted": entry.status == "retracted",
    }
    return [name for name, holds in found.items() if holds]


def format_title(entry: Entry) -> str:
    """An entry's title on one line: its headline, else its body, else what its first image is called."""
    image = next((m.alt or m.caption or m.file for m in entry.media), "")
    return " ".join(make_printable(entry.headline or entry.body or image).split())


def format_lines(entries: Sequence[Entry], zone: ZoneInfo, now: datetime) -> list[str]:
    """A line for each entry: id, time, marks, title, byline and tags, with tabs between them."""
    return [
        "\t".join(
            (
                entry.id,
                f"{entry.time.astimezone(zone):%Y-%m-%d %H:%M}",
                ",".join(list_marks(entry, now)),
                format_title(entry),
                make_printable(", ".join(entry.authors)),
                make_printable(", ".join(entry.tags)),
            )
        )
        for entry in entries
    ]


def draw_table(entries: Sequence[Entry], zone: ZoneInfo, now: datetime, width: int) -> Table:
    """The same as a table that fits `width` columns; a narrow one leaves byline and tags out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    wide = width >= 100
    drawn = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, expand=False)
    drawn.add_column("id", style="green", no_wrap=True)
    drawn.add_column(f"time ({zone.key})" if wide else "time", no_wrap=True)
    drawn.add_column("", no_wrap=width >= 80)
    drawn.add_column("headline", ratio=1)
    if wide:
        drawn.add_column("by", overflow="ellipsis", max_width=18)
        drawn.add_column("tags", overflow="ellipsis", max_width=20)
    this_year = {now.astimezone(zone).year} == {e.time.astimezone(zone).year for e in entries}
    form = "%m-%d %H:%M" if this_year and not wide else "%Y-%m-%d %H:%M"
    for entry in entries:
        found = list_marks(entry, now)
        shown = Text(" ").join([Text(m, style=_STYLES[m]) for m in found])
        style = "dim" if entry.status == "retracted" else ""
        when = entry.time.astimezone(zone).strftime(form)
        more = [Text(make_printable(", ".join(names))) for names in (entry.authors, entry.tags)]
        drawn.add_row(
            entry.id, when, shown, Text(format_title(entry), style=style), *(more if wide else [])
        )
    return drawn
