"""The number of entries by hour, author, tag and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from liveblog_cli.model.values import Blog, Entry

Tally = tuple[str, int]

MOST_HOURS = 48
"""The greatest number of hours in the chart. Of a longer blog it shows the newest."""


class Tallies(Struct, frozen=True, kw_only=True):
    """Counts of the entries that readers may see. `hours` has every hour from the first entry to the last.

    `drafts`, `scheduled` and `retracted` count entries that readers can't see.
    """

    entries: int
    hours: tuple[tuple[datetime, int], ...] = ()
    authors: tuple[Tally, ...] = ()
    tags: tuple[Tally, ...] = ()
    sources: tuple[Tally, ...] = ()
    drafts: int = 0
    scheduled: int = 0
    retracted: int = 0
    corrections: int = 0


def count_all(blog: Blog, now: datetime) -> Tallies:
    """The counts at `now`, with hours in the blog's zone. In each list the greatest number comes first."""
    from liveblog_cli.model import visibility

    public = [e for e in blog.entries if e.is_public(now)]
    return Tallies(
        entries=len(public),
        hours=tuple(_count_hours(public, ZoneInfo(blog.timezone))),
        authors=_count(name for e in public for name in e.authors or blog.authors),
        tags=_count(tag for e in public for tag in e.tags),
        sources=_count(s.name for e in public for s in e.sources),
        drafts=sum(e.status == "draft" for e in blog.entries),
        scheduled=sum(e.is_scheduled(now) for e in blog.entries),
        retracted=sum(e.status == "retracted" for e in blog.entries),
        corrections=sum(len(visibility.list_corrections(e)) for e in public),
    )


def _count_hours(entries: Iterable[Entry], zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """The hours from the first entry to the last. An hour that a clock change repeats is there twice."""
    counts = Counter(_round_to_hour(e.time) for e in entries)
    if not counts:
        return []
    hour, last, found = min(counts), max(counts), []
    hour = max(hour, last - timedelta(hours=MOST_HOURS - 1))
    while hour <= last:
        found.append((hour.astimezone(zone), counts[hour]))
        hour += timedelta(hours=1)
    return found


def _round_to_hour(moment: datetime) -> datetime:
    from datetime import UTC

    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _count(names: Iterable[str]) -> tuple[Tally, ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0].casefold())))
