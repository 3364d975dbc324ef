"""Dates and times as each language writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from liveblog_cli.dates import Dates, direction, locale_of

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2024, 11, 12, 2, 18, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("language", "time", "date", "day"),
    [
        ("de", "02:18", "12.11.2024", "Dienstag, 12. November 2024"),
        ("en", "2:18\u202fAM", "Nov 12, 2024", "Tuesday, November 12, 2024"),
        ("en-GB", "02:18", "12 Nov 2024", "Tuesday, 12 November 2024"),
        ("fr", "02:18", "12 nov. 2024", "mardi 12 novembre 2024"),
        ("es", "2:18", "12 nov 2024", "martes, 12 de noviembre de 2024"),
        ("uk", "02:18", "12 лист. 2024\u202fр.", "вівторок, 12 листопада 2024\u202fр."),
        ("ja", "2:18", "2024/11/12", "2024年11月12日火曜日"),
    ],
)
def test_a_moment_is_written_as_the_language_does(
    language: str, time: str, date: str, day: str
) -> None:
    dates = Dates(language, BERLIN)
    written = (dates.time(MOMENT), dates.date(MOMENT), dates.day(MOMENT))
    assert [w.replace("\xa0", "\u202f") for w in written] == [time, date, day]


def test_a_moment_of_another_zone_is_shown_in_the_blogs() -> None:
    dates = Dates("de", BERLIN)
    late = datetime(2024, 11, 11, 23, 30, tzinfo=UTC)
    assert (dates.date(late), dates.time(late)) == ("12.11.2024", "00:30")


def test_the_zone_has_a_name_that_people_use() -> None:
    assert Dates("de", BERLIN).zone_name(MOMENT) == "Mitteleuropäische Zeit"


@pytest.mark.parametrize(("language", "way"), [("de", "ltr"), ("ar", "rtl"), ("he-IL", "rtl")])
def test_a_language_runs_one_way(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize("tag", ["de-XX-nonsense", "de-1996", "de_AT"])
def test_the_longest_known_beginning_of_a_tag_counts(tag: str) -> None:
    assert locale_of(tag).language == "de"


def test_an_unknown_language_is_written_as_english() -> None:
    assert locale_of("zz").language == "en"
