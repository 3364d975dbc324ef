"""Times as people type them, in the blog's zone. A text that could mean two times is refused, with examples."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from liveblog_cli.errors import LiveblogError
from liveblog_cli.text.zones import require_reachable, round_offset

EXAMPLES = (
    "14:05, yesterday 14:05, 10 minutes ago, -10m, 2024-11-12T02:18:00+01:00, 12.11.2024 02:18"
)

_CLOCK = re.compile(
    r"(?:(today|yesterday|tomorrow),? +)?(?:at +)?(\d{1,2})[:.](\d\d)(?::(\d\d))?", re.IGNORECASE
)
_AGO = re.compile(r"(\d{1,6}|an?) *([a-z]+) +ago", re.IGNORECASE)
_AHEAD = re.compile(r"in +(\d{1,6}|an?) *([a-z]+)", re.IGNORECASE)
_SIGNED = re.compile(r"([+-])(\d{1,6}) *([a-z]+)", re.IGNORECASE)
_UNITS = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "hr": 3600,
    "hour": 3600,
    "d": 86400,
    "day": 86400,
}
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_YEAR_FIRST = re.compile(r"(?<!\d)\d{4}[./-]\d")
_HAS_DATE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d+\W+[^\W\d]{3,}|[^\W\d]{3,}\W+\d")
_LONGEST = 80


class TimeContext(NamedTuple):
    """What a typed time depends on: when it is typed, in which zone, and in which language.

    `now` is an aware datetime. A time without an offset is a local time of `zone`. A date in numbers is
    read with the day first if `language` (BCP 47) writes it that way.
    """

    now: datetime
    zone: ZoneInfo
    language: str = "en"

    @property
    def local(self) -> datetime:
        """`now` in the zone."""
        return self.now.astimezone(self.zone)


def parse_time(text: str, context: TimeContext) -> datetime:
    """The moment that `text` names, in the zone of `context`, without fractions of a second.

    Raises:
        LiveblogError: the text is no time, or a clock change skips or repeats the time.
    """
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        raise _refusal(f"{words[:40]}…")
    return round_offset(require_reachable(_parse_moment(words, context), words))


def parse_span(text: str) -> timedelta:
    """A length of time such as `8h`, `90 min` or `2 days`.

    Raises:
        LiveblogError: the text is no length of time.
    """
    found = _SIGNED.fullmatch(f"+{text.strip().lstrip('+')}")
    seconds = _count_seconds(found[2], found[3]) if found else None
    if seconds is None:
        raise LiveblogError(f"{text!r} is not a length of time", "examples: 8h, 90 min, 2 days")
    return timedelta(seconds=seconds)


def parse_since(text: str, context: TimeContext) -> datetime:
    """The moment that `text` names: a time as `parse_time` reads it, or a length of time before now (`2h`).

    Raises:
        LiveblogError: the text is neither.
    """
    if _SIGNED.fullmatch(f"+{text.strip()}"):
        return context.local.replace(microsecond=0) - parse_span(text)
    return parse_time(text, context)


def place_in_zone(naive: datetime, zone: ZoneInfo, typed: str = "") -> datetime:
    """A local time of `zone` as a moment. `typed` is the time as it was typed, for the message.

    Raises:
        LiveblogError: a clock change skips or repeats the time. The message offers both readings.
    """
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive
    why = "comes twice" if exists else "does not exist"
    if exists:
        readings = [first.isoformat(), second.isoformat()]
    else:
        readings = [m.astimezone(UTC).astimezone(zone).isoformat() for m in (second, first)]
    raise LiveblogError(
        f"{typed or naive.isoformat(' ')} {why} in {zone.key}: the clocks change then",
        f"say which is meant: {readings[0]} or {readings[1]}",
    )


def _parse_moment(words: str, context: TimeContext) -> datetime:
    if words.lower() == "now":
        return context.local.replace(microsecond=0)
    if (span := _parse_span(words)) is not None:
        return _shift(context.local, span, words)
    if clock := _CLOCK.fullmatch(words):
        return _parse_clock(clock, context)
    return _parse_date(words, context)


def _parse_span(words: str) -> timedelta | None:
    sign, found = 1, None
    if found := _AGO.fullmatch(words):
        sign = -1
    elif found := _AHEAD.fullmatch(words):
        sign = 1
    elif signed := _SIGNED.fullmatch(words):
        sign = 1 if signed[1] == "+" else -1
        found = signed
    seconds = _count_seconds(*found.groups()[-2:]) if found else None
    return None if seconds is None else timedelta(seconds=sign * seconds)


def _count_seconds(number: str, unit: str) -> int | None:
    size = _UNITS.get(unit.lower()) or _UNITS.get(unit.lower().removesuffix("s"))
    if size is None:
        return None
    return size * (int(number) if number.isdigit() else 1)


def _shift(local: datetime, span: timedelta, words: str) -> datetime:
    try:
        moment = local.astimezone(UTC) + span
    except OverflowError:
        raise _refusal(words) from None
    return moment.astimezone(local.tzinfo).replace(microsecond=0)


def _parse_clock(clock: re.Match[str], context: TimeContext) -> datetime:
    hour, minute, second = int(clock[2]), int(clock[3]), int(clock[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise _refusal(clock[0])
    day = context.local.date() + timedelta(days=_DAYS[(clock[1] or "today").lower()])
    return place_in_zone(
        datetime(day.year, day.month, day.day, hour, minute, second), context.zone, clock[0]
    )


def _parse_date(words: str, context: TimeContext) -> datetime:
    try:
        moment = (
            datetime.fromisoformat(words.replace(" ", "T", 1))
            if re.match(r"\d{4}-\d\d-\d\dT?", words)
            else None
        )
    except ValueError:
        moment = None
    if moment is None:
        moment = _parse_with_dateutil(words, context.language)
    if moment.tzinfo is None:
        return place_in_zone(moment.replace(microsecond=0), context.zone, words)
    try:
        return moment.astimezone(context.zone).replace(microsecond=0)
    except OverflowError:
        raise _refusal(words) from None


def _parse_with_dateutil(words: str, language: str) -> datetime:
    """A date with a time of day, such as 12 Nov 2024 14:05 or 12.11.2024 02:18. A date alone is refused."""
    from dateutil import parser

    if not _HAS_DATE.search(words) or not re.search(
        r"\d[:.]\d\d|\d ?[ap]m\b", words, re.IGNORECASE
    ):
        raise _refusal(words)
    try:
        first, second = (
            parser.parse(
                words,
                dayfirst=_is_day_first(words, language),
                default=default,
                tzinfos=_parse_offset,
            )
            for default in (datetime(1, 1, 1), datetime(2, 2, 2, 2, 2, 2))
        )
    except (ValueError, ArithmeticError, LookupError, TypeError):  # thirty digits: decimal's own
        raise _refusal(words) from None
    if first.date() != second.date() or first.hour != second.hour or first.minute != second.minute:
        raise _refusal(words)
    if _is_turned(first, words, language):
        raise _refusal(words)
    return first


def _is_turned(moment: datetime, words: str, language: str) -> bool:
    """Whether dateutil exchanged day and month because there is no such month, as in 12.13.2024."""
    date = _NUMERIC_DATE.search(words)
    if date is None or _YEAR_FIRST.search(words):
        return False
    one, other, _ = re.split(r"[./-]", date[0])
    return moment.day != int(one if _is_day_first(words, language) else other)


def _parse_offset(name: str | None, seconds: int | None) -> tzinfo | None:
    """A typed offset as a zone. Names other than UTC are refused: CST is both Chicago's and Shanghai's."""
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    if name:
        raise ValueError(name)
    return None


def _is_day_first(words: str, language: str) -> bool:
    """Whether the language writes the day before the month (CLDR's short date)."""
    date = _NUMERIC_DATE.search(words)
    if date is None or _YEAR_FIRST.search(words):
        return False
    if "." in date[0]:
        return True  # nobody writes month.day.year
    from liveblog_cli.text.languages import get_locale

    pattern = get_locale(language).date_formats["short"].pattern
    return bool(pattern.find("d") < pattern.find("M"))


def _refusal(words: str) -> LiveblogError:
    return LiveblogError(f"{words!r} is not a time", f"examples: {EXAMPLES}")
