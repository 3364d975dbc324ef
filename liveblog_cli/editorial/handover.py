"""The handover of a shift: new, corrected, unverified, unfinished and scheduled entries, and quiet times."""

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
"""The shortest pause between two entries that is reported."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


class ShiftEntry(Struct, frozen=True, kw_only=True):
    """An entry in a handover. `more` is what to know about it, such as the text of a correction."""

    id: str
    time: datetime
    title: str
    more: str = ""


class Quiet(Struct, frozen=True, kw_only=True):
    """A time without entries."""

    start: datetime
    end: datetime


class Shift(Struct, frozen=True, kw_only=True):
    """What happened from `since` to `now`. Each list has the oldest first. Times are in the blog's zone."""

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
        """Whether there is anything to report except quiet times."""
        lists = self.new, self.corrected, self.retracted, self.unverified
        return any(lists) or bool(self.drafts or self.scheduled)


def make_shift(blog: Blog, since: datetime, now: datetime) -> Shift:
    """The shift from `since` to `now`. Drafts and scheduled entries are all that there are, however old."""
    zone = ZoneInfo(blog.timezone)
    entries = blog.ordered()[::-1]
    public = [e for e in entries if e.is_public(now)]
    new = [e for e in public if e.time > since or (e.added and e.added.at > since)]
    return Shift(
        title=blog.title,
        since=since.astimezone(zone),
        now=now.astimezone(zone),
        new=tuple(_make_entry(e, zone) for e in new),
        corrected=tuple(
            _make_entry(e, zone, f"{c.kind}: {c.note}")
            for e in public
            for c in visibility.list_corrections(e)
            if c.at > since
        ),
        retracted=tuple(
            _make_entry(e, zone)
            for e in entries
            if (gone := visibility.find_withdrawal(e)) and gone > since
        ),
        unverified=tuple(
            _make_entry(e, zone, ", ".join(s.name for s in e.sources if s.verified is False))
            for e in new
            if any(s.verified is False for s in e.sources)
        ),
        drafts=tuple(_make_entry(e, zone) for e in entries if e.status == "draft"),
        scheduled=tuple(_make_entry(e, zone) for e in entries if e.is_scheduled(now)),
        quiet=tuple(
            _list_quiet_times([since, *[e.time for e in public if e.time > since], now], zone)
        ),
    )


def to_markdown(shift: Shift) -> str:
    """The shift as Markdown, to paste into a chat or a mail."""
    parts = [
        f"# Handover: {_escape(shift.title)}",
        f"{shift.since:%Y-%m-%d %H:%M} to {shift.now:%Y-%m-%d %H:%M} ({shift.now:%Z})",
        *_format_section("New", shift.new),
        *_format_section("Corrected", shift.corrected),
        *_format_section("Retracted", shift.retracted),
        *_format_section("Unverified", shift.unverified),
        *_format_section("Still draft", shift.drafts),
        *_format_section("Scheduled", shift.scheduled),
    ]
    if shift.quiet:
        parts += ["## Quiet", "\n".join(f"- {_format_span(q)}" for q in shift.quiet)]
    return "\n\n".join(parts) + "\n"


def _list_quiet_times(moments: Sequence[datetime], zone: ZoneInfo) -> Iterator[Quiet]:
    for start, end in pairwise(moments):
        if end - start >= QUIET:
            yield Quiet(start=start.astimezone(zone), end=end.astimezone(zone))


def _format_section(name: str, entries: Sequence[ShiftEntry]) -> list[str]:
    if not entries:
        return []
    return [f"## {name} ({len(entries)})", "\n".join(map(_format_line, entries))]


def _format_line(entry: ShiftEntry) -> str:
    more = f" - {_escape(entry.more)}" if entry.more else ""
    return f"- {entry.time:%Y-%m-%d %H:%M} `{entry.id}` {_escape(entry.title)}{more}"


def _format_span(quiet: Quiet) -> str:
    minutes = int((quiet.end - quiet.start).total_seconds()) // 60
    length = f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    end = f"{quiet.end:%H:%M}"
    if quiet.end.date() != quiet.start.date():
        end = f"{quiet.end:%Y-%m-%d} {end}"
    return f"{quiet.start:%Y-%m-%d %H:%M} to {end}: {length} without an entry"


def _make_entry(entry: Entry, zone: ZoneInfo, more: str = "") -> ShiftEntry:
    title = entry.short_title(70)
    if not title:
        title = " ".join(next(iter(filters.list_texts(entry)), "(an image)").split())
    return ShiftEntry(id=entry.id, time=entry.time.astimezone(zone), title=title, more=more)


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
