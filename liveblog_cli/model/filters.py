"""Which entries are meant: by words, tag, author, source, time, status and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import WrongUsage
from liveblog_cli.model import sequence
from liveblog_cli.model.values import Blog, Entry

STATUSES = ("published", "draft", "scheduled", "retracted")
ORDERS = ("newest", "oldest", "added", "changed", "headline")


class Filter(Struct, frozen=True, kw_only=True):
    """What an entry must be like; what is not asked for is None or empty.

    Of one list any may match, of different ones all must. Tags, authors and labels are compared
    whole, a source by its beginning, none by case. `byline` stands in for entries without authors.
    """

    now: datetime
    byline: tuple[str, ...] = ()
    grep: re.Pattern[str] | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    key: bool | None = None
    pinned: bool | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether the entry is one of those meant."""
        return (
            (self.since is None or entry.time >= self.since)
            and (self.until is None or entry.time <= self.until)
            and self.key in (None, entry.key)
            and self.pinned in (None, entry.pinned)
            and (not self.statuses or status(entry, self.now) in self.statuses)
            and _any_is(self.tags, entry.tags)
            and _any_is(self.authors, entry.authors or self.byline)
            and _any_is(self.labels, [entry.label])
            and _any_begins(self.sources, [s.name for s in entry.sources])
            and (self.grep is None or any(map(self.grep.search, texts(entry))))
        )


def status(entry: Entry, now: datetime) -> str:
    """One of `STATUSES`: how the entry stands at `now`."""
    return entry.status or ("scheduled" if entry.is_scheduled(now) else "published")


def texts(entry: Entry) -> list[str]:
    """Every text of an entry that a search looks at, its history aside."""
    sources = [f"{s.name} {s.url}" for s in entry.sources]
    media = [" ".join((m.alt, m.caption, m.credit)) for m in entry.media]
    own = [entry.headline, entry.body, entry.label, entry.ref]
    return [t for t in (*own, *entry.tags, *entry.authors, *sources, *media) if t]


def filtered(blog: Blog, only: Filter) -> Blog:
    """The blog with only the entries meant. Its beginning stays what it is without a filter."""
    from liveblog_cli.model.visibility import beginning

    kept = tuple(e for e in blog.entries if only.matches(e))
    return replace(blog, entries=kept, started=beginning(blog, only.now))


def ordered(blog: Blog, order: str | None = None) -> list[Entry]:
    """The entries in one of `ORDERS`, by editorial time unless said; `added` and `changed` newest first.

    Raises:
        WrongUsage: there is no such order.
    """
    match order or "newest":
        case "newest":
            return blog.ordered()
        case "oldest":
            return blog.ordered()[::-1]
        case "added":
            return sorted(reversed(blog.entries), key=_added, reverse=True)
        case "changed":
            return sorted(reversed(blog.entries), key=_changed, reverse=True)
        case "headline":
            return sorted(blog.entries, key=lambda e: (e.headline or e.body).casefold())
    raise _no("order", str(order), ORDERS)


def asked(
    blog: Blog,
    now: datetime,
    *,
    grep: str | None = None,
    ignore_case: bool = False,
    tags: Sequence[str] | None = None,
    authors: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    statuses: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    key: bool | None = None,
    pinned: bool | None = None,
) -> Filter:
    """A filter of what was typed; `since` and `until` as `times.parse_since` reads them.

    Raises:
        WrongUsage: `grep` is no regular expression, or there is no such status.
        LiveblogError: a time can't be read.
    """
    return Filter(
        now=now,
        byline=blog.authors,
        grep=_pattern(grep, ignore_case),
        tags=tuple(tags or ()),
        authors=tuple(authors or ()),
        sources=tuple(sources or ()),
        labels=tuple(labels or ()),
        statuses=_statuses(statuses or ()),
        since=_moment(since, now, blog),
        until=_moment(until, now, blog),
        key=key,
        pinned=pinned,
    )


def _pattern(grep: str | None, ignore_case: bool) -> re.Pattern[str] | None:
    if not grep:
        return None
    try:
        return re.compile(grep, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    except re.error as error:
        raise WrongUsage(
            f"--grep {grep!r} is no regular expression: {error}",
            r"put a backslash before ( [ * + ? . to search for the character itself",
        ) from None


def _statuses(names: Iterable[str]) -> tuple[str, ...]:
    for name in (found := tuple(names)):
        if name not in STATUSES:
            raise _no("status", name, STATUSES)
    return found


def _no(what: str, name: str, known: Sequence[str]) -> WrongUsage:
    from liveblog_cli.text.suggest import suggestion

    return WrongUsage(f"no {what} {name!r}{suggestion(name, known)}", f"one of {', '.join(known)}")


def _added(entry: Entry) -> datetime:
    return sequence.moment(entry.added) if entry.added else entry.time


def _changed(entry: Entry) -> datetime:
    return max([_added(entry), *map(sequence.moment, entry.history)])


def _moment(text: str | None, now: datetime, blog: Blog) -> datetime | None:
    if text is None:
        return None
    from liveblog_cli.text.times import parse_since

    return parse_since(text, now, ZoneInfo(blog.timezone), blog.language)


def _any_is(wanted: Sequence[str], there: Iterable[str]) -> bool:
    return not wanted or not {w.casefold() for w in wanted}.isdisjoint(t.casefold() for t in there)


def _any_begins(wanted: Sequence[str], there: Sequence[str]) -> bool:
    return not wanted or any(t.casefold().startswith(w.casefold()) for w in wanted for t in there)
