"""Dates and times as a language writes them (CLDR, through Babel), fast enough for every entry of a page."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import DateTimePattern, format_date, get_timezone_name, parse_pattern

from liveblog_cli.text.languages import get_locale, map_digits


class Dates:
    """How one language writes the moments of one zone. Each day and each minute is worked out once."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.locale = get_locale(language)
        self._digits = map_digits(language)
        self.zone = zone
        self._written: dict[tuple[str, object], str] = {}

    def time(self, moment: datetime) -> str:
        """The time of day: 02:18, 2:18 AM."""
        local = self._local(moment)
        key = ("time", (local.hour, local.minute))
        if key not in self._written:
            self._written[key] = self._numbered(self._clock.apply(local, self.locale))
        return self._written[key]

    def date(self, moment: datetime) -> str:
        """The date in short: 12.11.2024, Nov 12, 2024."""
        return self._dated(moment, "medium")

    def day(self, moment: datetime) -> str:
        """The date in full: Dienstag, 12. November 2024."""
        return self._dated(moment, "full")

    def same_day(self, one: datetime, other: datetime) -> bool:
        """Whether two moments are of one day in the blog's zone."""
        return self._local(one).date() == self._local(other).date()

    def zone_name(self, moment: datetime) -> str:
        """What people call the zone: Mitteleuropäische Zeit."""
        name = get_timezone_name(
            self._local(moment), "long", locale=self.locale, zone_variant="generic"
        )
        return self._numbered(str(name))

    def _dated(self, moment: datetime, width: Literal["medium", "full"]) -> str:
        day = self._local(moment).date()
        key = (width, day)
        if key not in self._written:
            self._written[key] = self._numbered(format_date(day, width, self.locale))
        return self._written[key]

    def _numbered(self, text: str) -> str:
        """With the digits of the language, which Babel leaves to its callers."""
        return text.translate(self._digits) if self._digits else text

    def _local(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo is self.zone else moment.astimezone(self.zone)

    @cached_property
    def _clock(self) -> DateTimePattern:
        return parse_pattern(self.locale.time_formats["short"])
