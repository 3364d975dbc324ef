"""A shift handed over: what is new, corrected, unverified, unfinished and due, and when it was quiet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from liveblog_cli.model import filters, visibility
from liveblog_cli.model.values import Blog, Entry

QUIET = timedelta(hours=1)
"""A pause between two entries that is worth a word."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


class ShiftEntry(Struct, frozen=True, kw_only=True):
    """An entry as the next shift hears of it; `more` says what about it."""

    id: str
    time: datetime
    title: str
    more: str = ""


class Quiet(Struct, frozen=True, kw_only=True):
    """A time without entries."""

    start: datetime
    end: datetime


class Shift(Struct, frozen=True, kw_only=True):
    """What happened from `since` to `now`, each list oldest first; times in the blog's zone."""

    title: str
    since: datetime
    now: datetime
    new: tuple[ShiftEntry, ...] = ()
    corrected: tuple[ShiftEntry, ...] = ()
    retracted: tuple[ShiftEntry, ...] = ()
    unverified: tuple[ShiftEntry, ...] = ()
    drafts: tuple[ShiftEntry, ...] = ()
    scheduled: tuple[ShiftEntry, ...] = ()
    quiet: tuple[Quiet, ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether there is anything to tell beyond that it was quiet."""
        told = self.new, self.corrected, self.retracted, self.unverified
        return any(told) or bool(self.drafts or self.scheduled)


def shift(blog: Blog, since: datetime, now: datetime) -> Shift:
    """The shift from `since` to `now`. Drafts and what is scheduled are those of now, however old."""
    zone = ZoneInfo(blog.timezone)
    entries = blog.ordered()[::-1]
    public = [e for e in entries if e.is_public(now)]
    new = [e for e in public if e.time > since or (e.added and e.added.at > since)]
    return Shift(
        title=blog.title,
        since=since.astimezone(zone),
        now=now.astimezone(zone),
        new=tuple(_told(e, zone) for e in new),
        corrected=tuple(
            _told(e, zone, f"{c.kind}: {c.note}")
            for e in public
            for c in visibility.list_corrections(e)
            if c.at > since
        ),
        retracted=tuple(
            _told(e, zone)
            for e in entries
            if (gone := visibility.find_withdrawal(e)) and gone > since
        ),
        unverified=tuple(
            _told(e, zone, ", ".join(s.name for s in e.sources if s.verified is False))
            for e in new
            if any(s.verified is False for s in e.sources)
        ),
        drafts=tuple(_told(e, zone) for e in entries if e.status == "draft"),
        scheduled=tuple(_told(e, zone) for e in entries if e.is_scheduled(now)),
        quiet=tuple(_quiet([since, *[e.time for e in public if e.time > since], now], zone)),
    )


def markdown(done: Shift) -> str:
    """The shift as Markdown, to paste into a chat or a mail."""
    parts = [
        f"# Handover: {_escaped(done.title)}",
        f"{done.since:%Y-%m-%d %H:%M} to {done.now:%Y-%m-%d %H:%M} ({done.now:%Z})",
        *_section("New", done.new),
        *_section("Corrected", done.corrected),
        *_section("Retracted", done.retracted),
        *_section("Unverified", done.unverified),
        *_section("Still draft", done.drafts),
        *_section("Scheduled", done.scheduled),
    ]
    if done.quiet:
        parts += ["## Quiet", "\n".join(f"- {_span(q)}" for q in done.quiet)]
    return "\n\n".join(parts) + "\n"


def _quiet(moments: Sequence[datetime], zone: ZoneInfo) -> Iterator[Quiet]:
    for start, end in pairwise(moments):
        if end - start >= QUIET:
            yield Quiet(start=start.astimezone(zone), end=end.astimezone(zone))


def _section(name: str, entries: Sequence[ShiftEntry]) -> list[str]:
    if not entries:
        return []
    return [f"## {name} ({len(entries)})", "\n".join(map(_line, entries))]


def _line(told: ShiftEntry) -> str:
    more = f" - {_escaped(told.more)}" if told.more else ""
    return f"- {told.time:%Y-%m-%d %H:%M} `{told.id}` {_escaped(told.title)}{more}"


def _span(quiet: Quiet) -> str:
    minutes = int((quiet.end - quiet.start).total_seconds()) // 60
    length = f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    end = f"{quiet.end:%H:%M}"
    if quiet.end.date() != quiet.start.date():
        end = f"{quiet.end:%Y-%m-%d} {end}"
    return f"{quiet.start:%Y-%m-%d %H:%M} to {end}: {length} without an entry"


def _told(entry: Entry, zone: ZoneInfo, more: str = "") -> ShiftEntry:
    title = entry.short_title(70)
    if not title:
        title = " ".join(next(iter(filters.list_texts(entry)), "(an image)").split())
    return ShiftEntry(id=entry.id, time=entry.time.astimezone(zone), title=title, more=more)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
