"""The message for a filter that matches no entry: it names the tags, authors, times and so on that there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.model.filters import Filter, status_at
from liveblog_cli.model.values import Entry
from liveblog_cli.text.suggest import suggest

MOST = 8
"""The greatest number of tags, authors and so on in a message. The most used ones are named."""

NONE_YET = "no entries yet; add one with: liveblog add-entry TEXT"


class _Criterion(Struct, frozen=True, kw_only=True):
    """One condition of a filter.

    `wording` says it in English. `alone` is a filter with this condition only. `available` says what
    the blog has of the kind.
    """

    wording: str
    alone: Filter
    available: str


def explain_none(entries: Sequence[Entry], wanted: Filter, zone: ZoneInfo) -> str:
    """One line that says why `wanted` matches none of `entries`, and what each of its conditions could match."""
    if not entries:
        return NONE_YET
    criteria = list(_list_criteria(entries, wanted, zone))
    parts = [f"no entries {' '.join(c.wording for c in criteria)}".rstrip()]
    for criterion in criteria:
        count = sum(map(criterion.alone.matches, entries))
        parts.append(f"{criterion.wording}: {count}" if count else criterion.available)
    return " ".join("; ".join(filter(None, parts)).replace("?; ", "? ").split())


def _list_criteria(
    entries: Sequence[Entry], wanted: Filter, zone: ZoneInfo
) -> Iterator[_Criterion]:
    bare = Filter(now=wanted.now, byline=wanted.byline)
    if wanted.tags:
        yield _criterion_of_names(
            "tag", wanted.tags, (t for e in entries for t in e.tags), bare, "tags"
        )
    if wanted.authors:
        authors = (a for e in entries for a in e.authors or wanted.byline)
        yield _criterion_of_names("author", wanted.authors, authors, bare, "authors")
    if wanted.sources:
        sources = (s.name for e in entries for s in e.sources)
        yield _criterion_of_names("source", wanted.sources, sources, bare, "sources")
    if wanted.labels:
        labels = (e.label for e in entries if e.label)
        yield _criterion_of_names("label", wanted.labels, labels, bare, "labels")
    if wanted.statuses:
        states = (status_at(e, wanted.now) for e in entries)
        yield _criterion_of_names("status", wanted.statuses, states, bare, "statuses")
    yield from _mark_criteria(wanted, bare)
    yield from _time_criteria(entries, wanted, bare, zone)
    if wanted.grep:
        yield _criterion_of_text(entries, wanted.grep, bare)


def _criterion_of_names(
    kind: str, wanted: tuple[str, ...], known: Iterable[str], bare: Filter, field: str
) -> _Criterion:
    counts = Counter(known)
    names = [name for name, _ in counts.most_common(MOST)] + ["…"] * (len(counts) > MOST)
    close = suggest(wanted[0], counts) if len(wanted) == 1 else ""
    plural = "es" if kind == "status" else "s"
    available = f"{kind}{plural} here: {', '.join(names)}" if names else f"no {kind}{plural} here"
    return _Criterion(
        wording=f"with the {kind} {' or '.join(wanted)}",
        alone=replace(bare, **{field: wanted}),
        available=f"{close.removeprefix(': ')}; {available}" if close else available,
    )


def _mark_criteria(wanted: Filter, bare: Filter) -> Iterator[_Criterion]:
    for field, wording, available in (
        ("key", "that are key events", "no key events here"),
        ("pinned", "that are pinned", "none is pinned"),
    ):
        if getattr(wanted, field):
            alone = replace(bare, **{field: True})
            yield _Criterion(wording=wording, alone=alone, available=available)


def _time_criteria(
    entries: Sequence[Entry], wanted: Filter, bare: Filter, zone: ZoneInfo
) -> Iterator[_Criterion]:
    times = sorted(e.time for e in entries)
    available = f"times here: {_format_moment(times[0], zone)} to {_format_moment(times[-1], zone)}"
    if wanted.since:
        wording = f"since {_format_moment(wanted.since, zone)}"
        alone = replace(bare, since=wanted.since)
        yield _Criterion(wording=wording, alone=alone, available=available)
    if wanted.until:
        wording = f"until {_format_moment(wanted.until, zone)}"
        alone = replace(bare, until=wanted.until)
        yield _Criterion(wording=wording, alone=alone, available=available)


def _criterion_of_text(entries: Sequence[Entry], grep: re.Pattern[str], bare: Filter) -> _Criterion:
    any_case = replace(bare, grep=re.compile(grep.pattern, grep.flags | re.IGNORECASE))
    count = sum(map(any_case.matches, entries))
    available = f"with --ignore-case: {count}" if count else f"entries here: {len(entries)}"
    wording = f"with text that matches {grep.pattern}"
    return _Criterion(wording=wording, alone=replace(bare, grep=grep), available=available)


def _format_moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
