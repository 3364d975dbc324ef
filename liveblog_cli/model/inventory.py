"""What entries there are to filter by, said where a filter finds none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.model.filters import Filter, status
from liveblog_cli.model.values import Entry
from liveblog_cli.text.suggest import suggestion

MOST = 8
"""A message names at most so many tags, authors and so on, the most used ones."""

NONE_YET = "no entries yet; add one with: liveblog add-entry TEXT"


class _Wish(Struct, frozen=True, kw_only=True):
    """One thing that was asked for: in words, as a filter of its own, and what there is of the kind."""

    said: str
    alone: Filter
    there: str


def explain_none(entries: Sequence[Entry], wanted: Filter, zone: ZoneInfo) -> str:
    """Why none of `entries` is meant, in one line: what was asked for, and for each of it what is there."""
    if not entries:
        return NONE_YET
    wishes = list(_wishes(entries, wanted, zone))
    parts = [f"no entries {' '.join(w.said for w in wishes)}".rstrip()]
    for wish in wishes:
        count = sum(map(wish.alone.matches, entries))
        parts.append(f"{wish.said}: {count}" if count else wish.there)
    return " ".join("; ".join(filter(None, parts)).replace("?; ", "? ").split())


def _wishes(entries: Sequence[Entry], wanted: Filter, zone: ZoneInfo) -> Iterator[_Wish]:
    bare = Filter(now=wanted.now, byline=wanted.byline)
    if wanted.tags:
        yield _names("tag", wanted.tags, (t for e in entries for t in e.tags), bare, "tags")
    if wanted.authors:
        authors = (a for e in entries for a in e.authors or wanted.byline)
        yield _names("author", wanted.authors, authors, bare, "authors")
    if wanted.sources:
        sources = (s.name for e in entries for s in e.sources)
        yield _names("source", wanted.sources, sources, bare, "sources")
    if wanted.labels:
        labels = (e.label for e in entries if e.label)
        yield _names("label", wanted.labels, labels, bare, "labels")
    if wanted.statuses:
        states = (status(e, wanted.now) for e in entries)
        yield _names("status", wanted.statuses, states, bare, "statuses")
    yield from _marks(wanted, bare)
    yield from _times(entries, wanted, bare, zone)
    if wanted.grep:
        yield _words(entries, wanted.grep, bare)


def _names(
    kind: str, asked: tuple[str, ...], known: Iterable[str], bare: Filter, field: str
) -> _Wish:
    counts = Counter(known)
    names = [name for name, _ in counts.most_common(MOST)] + ["…"] * (len(counts) > MOST)
    close = suggestion(asked[0], counts) if len(asked) == 1 else ""
    plural = "es" if kind == "status" else "s"
    there = f"{kind}{plural} here: {', '.join(names)}" if names else f"no {kind}{plural} here"
    return _Wish(
        said=f"with the {kind} {' or '.join(asked)}",
        alone=replace(bare, **{field: asked}),
        there=f"{close.removeprefix(': ')}; {there}" if close else there,
    )


def _marks(wanted: Filter, bare: Filter) -> Iterator[_Wish]:
    for field, said, there in (
        ("key", "that are key events", "no key events here"),
        ("pinned", "that are pinned", "none is pinned"),
    ):
        if getattr(wanted, field):
            yield _Wish(said=said, alone=replace(bare, **{field: True}), there=there)


def _times(
    entries: Sequence[Entry], wanted: Filter, bare: Filter, zone: ZoneInfo
) -> Iterator[_Wish]:
    times = sorted(e.time for e in entries)
    there = f"times here: {_moment(times[0], zone)} to {_moment(times[-1], zone)}"
    if wanted.since:
        said = f"since {_moment(wanted.since, zone)}"
        yield _Wish(said=said, alone=replace(bare, since=wanted.since), there=there)
    if wanted.until:
        said = f"until {_moment(wanted.until, zone)}"
        yield _Wish(said=said, alone=replace(bare, until=wanted.until), there=there)


def _words(entries: Sequence[Entry], grep: re.Pattern[str], bare: Filter) -> _Wish:
    any_case = replace(bare, grep=re.compile(grep.pattern, grep.flags | re.IGNORECASE))
    count = sum(map(any_case.matches, entries))
    there = f"with --ignore-case: {count}" if count else f"entries here: {len(entries)}"
    said = f"with text that matches {grep.pattern}"
    return _Wish(said=said, alone=replace(bare, grep=grep), there=there)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
