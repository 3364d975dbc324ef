"""How a blog speaks: its fixed words, dates and lists of names, all of them in one language.

A blog in a language without a catalogue of words speaks English in all of these: "Updated: Jumanne, 12
Novemba" is neither. The blog's own texts, and what machines are told of its language, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from liveblog_cli.edition.dates import Dates
from liveblog_cli.edition.edition import Edition
from liveblog_cli.edition.words import FALLBACK, Words, catalogue_for, names, words_of


class Voice:
    """The voice of a blog in `language` (BCP 47) whose times are those of `zone`.

    Its own `language` is the one that it speaks: the blog's, or English where there are no words of that.
    """

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.is_own = catalogue_for(language) is not None
        self.language = language if self.is_own else FALLBACK
        self.words: Words = words_of(self.language)
        self.dates = Dates(self.language, zone)

    def moment(self, when: datetime) -> str:
        """A date and time of day: 12.11.2024, 02:18 Uhr."""
        return self.words.moment.format(date=self.dates.date(when), time=self.dates.time(when))

    def clock(self, when: datetime) -> str:
        """A time of day: 02:18 Uhr."""
        return self.words.clock.format(time=self.dates.time(when))

    def names(self, people: Iterable[str]) -> str:
        """People in a row: A, B und C."""
        return names(people, self.language)


def voice_of(edition: Edition) -> Voice:
    """The voice of an edition."""
    return Voice(edition.language, edition.zone)
