"""The fixed words, dates and lists of names of a blog, all of them in one language.

If there is no catalogue of words for the blog's language, all of these are English: "Updated: Jumanne, 12 Novemba"
would be a mixture. The blog's own texts are not changed, nor the language that machines are told.
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
from liveblog_cli.edition.words import FALLBACK, Words, find_catalogue, get_words, join_names


class Voice:
    """Writes the fixed texts of a blog in `language` (BCP 47), with times in `zone`.

    The attribute `language` is the one that is written: the blog's, or English if there is no catalogue for it.
    """

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.is_own = find_catalogue(language) is not None
        self.language = language if self.is_own else FALLBACK
        self.words: Words = get_words(self.language)
        self.dates = Dates(self.language, zone)

    def format_moment(self, when: datetime) -> str:
        """A date and time of day: 12.11.2024, 02:18 Uhr."""
        return self.words.moment.format(
            date=self.dates.format_date(when), time=self.dates.format_time(when)
        )

    def format_clock(self, when: datetime) -> str:
        """A time of day: 02:18 Uhr."""
        return self.words.clock.format(time=self.dates.format_time(when))

    def format_clock_and_moment(self, when: datetime) -> tuple[str, str]:
        """`format_clock` and `format_moment` of one time, for less than twice the work: pages need both of every entry."""
        time, words = self.dates.format_time(when), self.words
        moment = words.moment.format(date=self.dates.format_date(when), time=time)
        return words.clock.format(time=time), moment

    def join_names(self, people: Iterable[str]) -> str:
        """People in a row: A, B und C."""
        return join_names(people, self.language)

    def mark_language(self, text: str) -> str:
        """Fixed words as HTML. If their language is not the blog's, an element around them names it."""
        return text if self.is_own else _ENGLISH.format(text)

    @property
    def marked_words(self) -> Words:
        """The words for templates, each as HTML from `mark_language`."""
        return self.words if self.is_own else _mark_english_words()


_ENGLISH = Markup('<span lang="en" dir="ltr">{}</span>')


@cache
def _mark_english_words() -> Words:
    signs = ("language", "comma", "semicolon", "colon")
    fields = {k: v for k, v in asdict(get_words(FALLBACK)).items() if k not in signs}
    marked = {
        name: _ENGLISH.format(value)
        if isinstance(value, str)
        else {key: _ENGLISH.format(text) for key, text in value.items()}
        for name, value in fields.items()
    }
    return replace(get_words(FALLBACK), **marked)


def get_voice(edition: Edition) -> Voice:
    """The voice of the blog that an edition shows."""
    return Voice(edition.language, edition.zone)
