"""Filters: choose entries by words, tag, author, source, label, time, status, and key or pinned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import WrongUsage
from liveblog_cli.model import sequence
from liveblog_cli.model.values import Blog, Entry

STATUSES = ("published", "draft", "scheduled", "retracted")
ORDERS = ("newest", "oldest", "added", "changed", "headline")


class Filter(Struct, frozen=True, kw_only=True):
    """The conditions that an entry must meet. A field that is None or empty is no condition.

    An entry must meet all conditions; of one list it needs to match only one value. Tags, authors and labels
    must match as a whole, for a source its beginning is enough. Upper and lower case are the same. `now`
    decides which entries are scheduled. `byline` are the authors of entries that name none.
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
        """Whether the entry meets all conditions."""
        return (
            (self.since is None or entry.time >= self.since)
            and (self.until is None or entry.time <= self.until)
            and self.key in (None, entry.key)
            and self.pinned in (None, entry.pinned)
            and (not self.statuses or status_at(entry, self.now) in self.statuses)
            and _any_is(self.tags, entry.tags)
            and _any_is(self.authors, entry.authors or self.byline)
            and _any_is(self.labels, [entry.label])
            and _any_begins(self.sources, [s.name for s in entry.sources])
            and (self.grep is None or any(map(self.grep.search, list_texts(entry))))
        )


def status_at(entry: Entry, now: datetime) -> str:
    """The status of the entry at `now`: one of `STATUSES`."""
    return entry.status or ("scheduled" if entry.is_scheduled(now) else "published")


def list_texts(entry: Entry) -> list[str]:
    """The texts of an entry that `grep` searches. Its history is not searched."""
    sources = [f"{s.name} {s.url}" for s in entry.sources]
    media = [" ".join((m.alt, m.caption, m.credit)) for m in entry.media]
    from liveblog_cli.model.fields import TEXTS  # most filters ask for no text

    own = [getattr(entry, name) for name in TEXTS]
    return [t for t in (*own, *entry.tags, *entry.authors, *sources, *media) if t]


def keep_matching(blog: Blog, only: Filter) -> Blog:
    """The blog with only the entries that match. `started` is the beginning of the whole blog."""
    from liveblog_cli.model.visibility import find_beginning

    entries = tuple(e for e in blog.entries if only.matches(e))
    return replace(blog, entries=entries, started=find_beginning(blog, only.now))


def sort_entries(blog: Blog, order: str | None = None) -> list[Entry]:
    """The entries in one of `ORDERS`; None is `newest`. `added` and `changed` have the newest first, too.

    Raises:
        WrongUsage: there is no such order.
    """
    match order or "newest":
        case "newest":
            return blog.ordered()
        case "oldest":
            return blog.ordered()[::-1]
        case "added":
            return sorted(reversed(blog.entries), key=_moment_added, reverse=True)
        case "changed":
            return sorted(reversed(blog.entries), key=_moment_changed, reverse=True)
        case "headline":
            return sorted(blog.entries, key=lambda e: (e.headline or e.body).casefold())
    raise _no_such("order", str(order), ORDERS)


def parse_filter(
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
    """A filter from options as they were typed. `times.parse_since` reads `since` and `until`.

    Raises:
        WrongUsage: `grep` is no regular expression, or there is no such status.
        LiveblogError: a time can't be read.
    """
    return Filter(
        now=now,
        byline=blog.authors,
        grep=_compile_pattern(grep, ignore_case),
        tags=tuple(tags or ()),
        authors=tuple(authors or ()),
        sources=tuple(sources or ()),
        labels=tuple(labels or ()),
        statuses=_check_statuses(statuses or ()),
        since=_parse_moment(since, now, blog),
        until=_parse_moment(until, now, blog),
        key=key,
        pinned=pinned,
    )


def _compile_pattern(grep: str | None, ignore_case: bool) -> re.Pattern[str] | None:
    if not grep:
        return None
    try:
        return re.compile(grep, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    except re.error as error:
        raise WrongUsage(
            f"--grep {grep!r} is no regular expression: {error}",
            r"put a backslash before ( [ * + ? . to search for the character itself",
        ) from None


def _check_statuses(names: Iterable[str]) -> tuple[str, ...]:
    for name in (statuses := tuple(names)):
        if name not in STATUSES:
            raise _no_such("status", name, STATUSES)
    return statuses


def _no_such(kind: str, name: str, known: Sequence[str]) -> WrongUsage:
    from liveblog_cli.text.suggest import suggest

    return WrongUsage(f"no {kind} {name!r}{suggest(name, known)}", f"one of {', '.join(known)}")


def _moment_added(entry: Entry) -> datetime:
    return sequence.moment_of(entry.added) if entry.added else entry.time


def _moment_changed(entry: Entry) -> datetime:
    return max([_moment_added(entry), *map(sequence.moment_of, entry.history)])


def _parse_moment(text: str | None, now: datetime, blog: Blog) -> datetime | None:
    if text is None:
        return None
    from liveblog_cli.text.times import parse_since

    return parse_since(text, blog.time_context(now))


def _any_is(wanted: Sequence[str], found: Iterable[str]) -> bool:
    return not wanted or not {w.casefold() for w in wanted}.isdisjoint(f.casefold() for f in found)


def _any_begins(wanted: Sequence[str], found: Sequence[str]) -> bool:
    return not wanted or any(f.casefold().startswith(w.casefold()) for w in wanted for f in found)
