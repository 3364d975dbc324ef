"""Dates and times in a language, after CLDR and through Babel, fast enough for long pages."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import DateTimePattern, format_date, get_timezone_name, parse_pattern

from liveblog_cli.text.languages import get_locale, map_digits


class Dates:
    """Writes moments of one zone in one language. Every date and every time of day is formatted only once."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.locale = get_locale(language)
        self._language = language
        self.zone = zone
        self._formatted: dict[tuple[str, object], str] = {}

    def format_time(self, moment: datetime) -> str:
        """The time of day: 02:18, 2:18 AM."""
        local = self._to_zone(moment)
        key = ("time", (local.hour, local.minute))
        if key not in self._formatted:
            self._formatted[key] = self._use_own_digits(self._clock.apply(local, self.locale))
        return self._formatted[key]

    def format_date(self, moment: datetime) -> str:
        """The date in short: 12.11.2024, Nov 12, 2024."""
        return self._format_day(moment, "medium")

    def format_day(self, moment: datetime) -> str:
        """The date in full: Dienstag, 12. November 2024."""
        return self._format_day(moment, "full")

    def is_same_day(self, one: datetime, other: datetime) -> bool:
        """Whether two moments are on the same day in the blog's zone."""
        return self._to_zone(one).date() == self._to_zone(other).date()

    def name_zone(self, moment: datetime) -> str:
        """The name of the zone at that moment: Mitteleuropäische Zeit."""
        name = get_timezone_name(
            self._to_zone(moment), "long", locale=self.locale, zone_variant="generic"
        )
        return self._use_own_digits(str(name))

    def _format_day(self, moment: datetime, width: Literal["medium", "full"]) -> str:
        day = self._to_zone(moment).date()
        key = (width, day)
        if key not in self._formatted:
            self._formatted[key] = self._use_own_digits(format_date(day, width, self.locale))
        return self._formatted[key]

    def _use_own_digits(self, text: str) -> str:
        """The text with the digits of the language. Babel does not do this."""
        return text.translate(self._digits) if self._digits else text

    def _to_zone(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo is self.zone else moment.astimezone(self.zone)

    @cached_property
    def _digits(self) -> dict[int, str]:
        return map_digits(self._language)  # asks for all of CLDR's data of the language

    @cached_property
    def _clock(self) -> DateTimePattern:
        return parse_pattern(self.locale.time_formats["short"])
