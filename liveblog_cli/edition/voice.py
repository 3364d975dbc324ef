"""How a blog speaks: its fixed words, dates and lists of names, all of them in one language.

A blog in a language without a catalogue of words speaks English in all of these: "Updated: Jumanne, 12
Novemba" is neither. The blog's own texts, and what machines are told of its language, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup
from msgspec.structs import asdict, replace

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

    def clock_and_moment(self, when: datetime) -> tuple[str, str]:
        """Both of one time, for less than twice the work: a page says them of every entry."""
        time, words = self.dates.time(when), self.words
        moment = words.moment.format(date=self.dates.date(when), time=time)
        return words.clock.format(time=time), moment

    def names(self, people: Iterable[str]) -> str:
        """People in a row: A, B und C."""
        return names(people, self.language)

    def said(self, text: str) -> str:
        """Fixed words as HTML that names their language, where that is not the blog's."""
        return text if self.is_own else _ENGLISH.format(text)

    @property
    def said_words(self) -> Words:
        """The words for templates: each names its language, where that is not the blog's."""
        return self.words if self.is_own else _said_in_english()


_ENGLISH = Markup('<span lang="en" dir="ltr">{}</span>')


@cache
def _said_in_english() -> Words:
    signs = ("language", "comma", "semicolon", "colon")
    fields = {k: v for k, v in asdict(words_of(FALLBACK)).items() if k not in signs}
    said = {
        name: _ENGLISH.format(value)
        if isinstance(value, str)
        else {key: _ENGLISH.format(text) for key, text in value.items()}
        for name, value in fields.items()
    }
    return replace(words_of(FALLBACK), **said)


def voice_of(edition: Edition) -> Voice:
    """The voice of an edition."""
    return Voice(edition.language, edition.zone)
