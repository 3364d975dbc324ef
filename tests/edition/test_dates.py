"""Dates and times as each language writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from liveblog_cli.edition.dates import Dates

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
    written = (dates.format_time(MOMENT), dates.format_date(MOMENT), dates.format_day(MOMENT))
    assert [w.replace("\xa0", "\u202f") for w in written] == [time, date, day]


def test_a_moment_of_another_zone_is_shown_in_the_blogs() -> None:
    dates = Dates("de", BERLIN)
    late = datetime(2024, 11, 11, 23, 30, tzinfo=UTC)
    assert (dates.format_date(late), dates.format_time(late)) == ("12.11.2024", "00:30")


def test_the_zone_has_a_name_that_people_use() -> None:
    assert Dates("de", BERLIN).name_zone(MOMENT) == "Mitteleuropäische Zeit"


@pytest.mark.parametrize(
    ("language", "time", "date"),
    [
        ("fa", "۲:۱۸", "۱۲ نوامبر ۲۰۲۴"),
        ("fa-AF", "۲:۱۸", "۱۲ نومبر ۲۰۲۴"),
        ("fa-u-nu-latn", "2:18", "12 نوامبر 2024"),
        ("ar", "2:18 ص", "12\u200f/11\u200f/2024"),
        ("ar-EG", "٢:١٨ ص", "١٢\u200f/١١\u200f/٢٠٢٤"),
        ("ar-EG-u-ca-gregory-nu-latn", "2:18 ص", "12\u200f/11\u200f/2024"),
    ],
)
def test_digits_are_those_of_the_language_and_region_unless_the_tag_says_which(
    language: str, time: str, date: str
) -> None:
    dates = Dates(language, BERLIN)
    assert (dates.format_time(MOMENT).replace("\xa0", " "), dates.format_date(MOMENT)) == (
        time,
        date,
    )


def test_an_offset_that_stands_for_a_zone_has_the_same_digits() -> None:
    assert Dates("fa", ZoneInfo("Asia/Kabul")).name_zone(MOMENT) == "+۰۴:۳۰ گرینویچ"
