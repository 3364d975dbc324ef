"""What a filtered export is called: a part of a blog is a document of its own, with its own id and title."""

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
from liveblog_cli.edition.words import words_of

_MIDNIGHT = datetime(2024, 1, 10, tzinfo=UTC)
_NOON = _MIDNIGHT + timedelta(hours=12)
_LATER = _NOON + timedelta(days=1, minutes=37)
"""Moments to read a typed time at: what it has to do with them says what is meant, on any day."""


def part_of(shown: Edition, picked: Mapping[str, Any], *, is_placed: bool = False) -> Edition:
    """`shown`, which `picked` (as `filters.parse_filter` takes it) has left, under a name of its own.

    The same filter gives the same id, in whatever order it was typed. A word of it is published only
    where readers meet it in the entries: it may have been meant for one that they must not see.
    For `is_placed` see `Selection`.
    """
    pairs = sorted(_pairs(shown, picked))
    if not pairs:
        return shown
    key = hashlib.sha256(urlencode(pairs).encode()).hexdigest()[:16]
    name = " · ".join(filter(None, _names(shown, picked))) or f"#{key[:6]}"
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    selection = Selection(key=key, blog=shown.title, is_placed=is_placed)
    return replace(shown, title=f"{shown.title}: {name}", selection=selection)


def _pairs(shown: Edition, picked: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for field, option in (("tags", "tag"), ("authors", "author"), ("sources", "source")):
        yield from {(option, value.casefold()) for value in picked.get(field) or ()}
    for option in ("since", "until"):
        if text := picked.get(option):
            yield option, _moment_key(text, shown)
    if picked.get("key"):
        yield "key", "yes"
    if picked.get("grep"):
        yield "grep", picked["grep"]
        if picked.get("ignore_case"):
            yield "ignore-case", "yes"


def _moment_key(text: str, shown: Edition) -> str:
    """A time as a filter means it: a moment, so long ago, or a time of the day on which it is asked."""
    if moment := _fixed(text, shown):
        return moment.astimezone(UTC).isoformat()
    first, later = (_read(text, at, ZoneInfo("UTC"), shown) for at in (_NOON, _LATER))
    if later - first == _LATER - _NOON:
        return f"{_seconds(_NOON - first)}s ago"
    return f"midnight{_seconds(first - _MIDNIGHT):+}s"


def _fixed(text: str, shown: Edition) -> datetime | None:
    """The moment that a text names on whatever day it is asked; None where it goes by the clock."""
    first, later = (_read(text, at, shown.zone, shown) for at in (_NOON, _LATER))
    return first if first == later else None


def _read(text: str, now: datetime, zone: ZoneInfo, shown: Edition) -> datetime:
    from liveblog_cli.text.times import parse_since

    return parse_since(text, now, zone, shown.language)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _names(shown: Edition, picked: Mapping[str, Any]) -> Iterable[str]:
    """What people read: tags, authors and sources as the entries spell them."""
    yield _spelled(picked.get("tags"), (t for i in shown.items for t in i.tags))
    yield _spelled(picked.get("authors"), (a for i in shown.items for a in i.authors))
    yield _begun(picked.get("sources"), (s.name for i in shown.items for s in i.sources))
    if picked.get("key"):
        yield words_of(shown.language).only_key
    yield _quoted(picked.get("grep") or "", shown)
    if picked.get("since") or picked.get("until"):
        yield " – ".join(_said(picked.get(option), shown) for option in ("since", "until"))


def _said(text: str | None, shown: Edition) -> str:
    """A moment as the blog's language writes it; what goes by the clock as it was typed."""
    moment = _fixed(text, shown) if text else None
    if moment is None:
        return text or ""
    dates = Dates(shown.language, shown.zone)
    form = words_of(shown.language).moment
    return form.format(date=dates.date(moment), time=dates.time(moment))


def _spelled(typed: Sequence[str] | None, known: Iterable[str]) -> str:
    """Those of the typed names that there are."""
    wanted = {text.casefold() for text in typed or ()}
    found = {name.casefold(): name for name in known} if wanted else {}
    return ", ".join(found[key] for key in sorted(wanted & found.keys()))


def _begun(typed: Sequence[str] | None, known: Iterable[str]) -> str:
    """Those of the typed beginnings with which a name begins, spelled as it does."""
    found = {}
    for name in known if typed else ():
        for text in typed or ():
            if name.casefold().startswith(text.casefold()):
                found[text.casefold()] = name[: len(text)]
    return ", ".join(found[key] for key in sorted(found))


def _quoted(pattern: str, shown: Edition) -> str:
    """A plain word that was searched for and that readers meet in the entries; no expression."""
    texts = (f"{i.title}\n{i.text}".casefold() for i in shown.items)
    is_plain = pattern.replace(" ", "").isalnum()
    return f"“{pattern}”" if is_plain and any(pattern.casefold() in t for t in texts) else ""
