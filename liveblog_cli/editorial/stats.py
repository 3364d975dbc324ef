"""How many entries: by hour, author, tag and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from liveblog_cli.model.values import Blog, Entry

Tally = tuple[str, int]

MOST_HOURS = 48
"""Hours that the chart shows; of a longer blog the newest."""


class Tallies(Struct, frozen=True, kw_only=True):
    """Counts of the entries that readers may see. `hours` has each hour from first to last entry."""

    entries: int
    hours: tuple[tuple[datetime, int], ...] = ()
    authors: tuple[Tally, ...] = ()
    tags: tuple[Tally, ...] = ()
    sources: tuple[Tally, ...] = ()
    drafts: int = 0
    scheduled: int = 0
    retracted: int = 0
    corrections: int = 0


def tallies(blog: Blog, now: datetime) -> Tallies:
    """The blog counted at `now`, in its own zone; in each list the greatest first."""
    from liveblog_cli.model import visibility

    public = [e for e in blog.entries if e.is_public(now)]
    return Tallies(
        entries=len(public),
        hours=tuple(_hours(public, ZoneInfo(blog.timezone))),
        authors=_counted(name for e in public for name in e.authors or blog.authors),
        tags=_counted(tag for e in public for tag in e.tags),
        sources=_counted(s.name for e in public for s in e.sources),
        drafts=sum(e.status == "draft" for e in blog.entries),
        scheduled=sum(e.is_scheduled(now) for e in blog.entries),
        retracted=sum(e.status == "retracted" for e in blog.entries),
        corrections=sum(len(visibility.list_corrections(e)) for e in public),
    )


def _hours(entries: Iterable[Entry], zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """Every hour between the first entry and the last; an hour that a clock change repeats is two."""
    counts = Counter(_hour(e.time) for e in entries)
    if not counts:
        return []
    hour, last, found = min(counts), max(counts), []
    hour = max(hour, last - timedelta(hours=MOST_HOURS - 1))
    while hour <= last:
        found.append((hour.astimezone(zone), counts[hour]))
        hour += timedelta(hours=1)
    return found


def _hour(moment: datetime) -> datetime:
    from datetime import UTC

    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _counted(names: Iterable[str]) -> tuple[Tally, ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0].casefold())))
