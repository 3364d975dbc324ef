"""The id and title of a filtered export: it has only a part of a blog, and is a document of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.edition.dates import Dates
from liveblog_cli.edition.edition import Edition, Selection
from liveblog_cli.edition.words import get_words

_MIDNIGHT = datetime(2024, 1, 10, tzinfo=UTC)
_NOON = _MIDNIGHT + timedelta(hours=12)
_LATER = _NOON + timedelta(days=1, minutes=37)
"""Moments at which a typed time is read. A comparison of the results tells how the time depends on the clock."""


def name_selection(
    edition: Edition, options: Mapping[str, Any], *, is_placed: bool = False
) -> Edition:
    """The edition of a filtered blog, with its own id and title.

    `options` are those of the filter, as `filters.parse_filter` takes them. Their order does not change the id. A
    typed word is only part of the title if readers can see it in the entries: people also search for words
    of unpublished entries. For `is_placed` see `Selection`.
    """
    pairs = sorted(_list_pairs(edition, options))
    if not pairs:
        return edition
    key = hashlib.sha256(urlencode(pairs).encode()).hexdigest()[:16]
    name = " · ".join(filter(None, _list_names(edition, options))) or f"#{key[:6]}"
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    selection = Selection(key=key, blog=edition.title, is_placed=is_placed)
    return replace(edition, title=f"{edition.title}: {name}", selection=selection)


def _list_pairs(edition: Edition, options: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for field, option in (("tags", "tag"), ("authors", "author"), ("sources", "source")):
        yield from {(option, value.casefold()) for value in options.get(field) or ()}
    for option in ("since", "until"):
        if text := options.get(option):
            yield option, _make_moment_key(text, edition)
    if options.get("key"):
        yield "key", "yes"
    if options.get("grep"):
        yield "grep", options["grep"]
        if options.get("ignore_case"):
            yield "ignore-case", "yes"


def _make_moment_key(text: str, edition: Edition) -> str:
    """A typed time in a form that is the same on every day.

    The form says a moment, a length of time before the export, or a time of the day of the export.
    """
    if moment := _find_fixed_moment(text, edition):
        return moment.astimezone(UTC).isoformat()
    first, later = (_parse_moment(text, at, ZoneInfo("UTC"), edition) for at in (_NOON, _LATER))
    if later - first == _LATER - _NOON:
        return f"{_count_seconds(_NOON - first)}s ago"
    return f"midnight{_count_seconds(first - _MIDNIGHT):+}s"


def _find_fixed_moment(text: str, edition: Edition) -> datetime | None:
    """The moment that a text names if it does not depend on the clock; else None."""
    first, later = (_parse_moment(text, at, edition.zone, edition) for at in (_NOON, _LATER))
    return first if first == later else None


def _parse_moment(text: str, now: datetime, zone: ZoneInfo, edition: Edition) -> datetime:
    from liveblog_cli.text.times import TimeContext, parse_since

    return parse_since(text, TimeContext(now, zone, edition.language))


def _count_seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _list_names(edition: Edition, options: Mapping[str, Any]) -> Iterable[str]:
    """The parts of the title: tags, authors and sources in the spelling of the entries."""
    yield _spell_names(options.get("tags"), (t for i in edition.items for t in i.tags))
    yield _spell_names(options.get("authors"), (a for i in edition.items for a in i.authors))
    yield _spell_beginnings(
        options.get("sources"), (s.name for i in edition.items for s in i.sources)
    )
    if options.get("key"):
        yield get_words(edition.language).only_key
    yield _quote_pattern(options.get("grep") or "", edition)
    if options.get("since") or options.get("until"):
        yield " – ".join(
            _format_moment(options.get(option), edition) for option in ("since", "until")
        )


def _format_moment(text: str | None, edition: Edition) -> str:
    """A typed time in the blog's language. A time that depends on the clock stays as it was typed."""
    moment = _find_fixed_moment(text, edition) if text else None
    if moment is None:
        return text or ""
    dates = Dates(edition.language, edition.zone)
    form = get_words(edition.language).moment
    return form.format(date=dates.format_date(moment), time=dates.format_time(moment))


def _spell_names(typed: Sequence[str] | None, known: Iterable[str]) -> str:
    """The typed names that entries have, in the spelling of the entries."""
    wanted = {text.casefold() for text in typed or ()}
    found = {name.casefold(): name for name in known} if wanted else {}
    return ", ".join(found[key] for key in sorted(wanted & found.keys()))


def _spell_beginnings(typed: Sequence[str] | None, known: Iterable[str]) -> str:
    """The typed beginnings of names that entries have, in the spelling of the entries."""
    found = {}
    for name in known if typed else ():
        for text in typed or ():
            if name.casefold().startswith(text.casefold()):
                found[text.casefold()] = name[: len(text)]
    return ", ".join(found[key] for key in sorted(found))


def _quote_pattern(pattern: str, edition: Edition) -> str:
    """The pattern in quotes, if it is a plain word that readers can see in the entries; else ""."""
    texts = (f"{i.title}\n{i.text}".casefold() for i in edition.items)
    is_plain = pattern.replace(" ", "").isalnum()
    return f"“{pattern}”" if is_plain and any(pattern.casefold() in t for t in texts) else ""
