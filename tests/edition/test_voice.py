"""A blog speaks one language: words, dates and lists of names are all its own, or all English."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from feeds import BERLIN, FEEDS, awkward, blog_of, item, rendered
from msgspec.structs import replace

from liveblog_cli.edition.edition import Correction, Edition
from liveblog_cli.edition.voice import Voice
from liveblog_cli.model.values import Source
from liveblog_cli.preview import parts

MOMENT = datetime(2024, 11, 12, 14, 18, tzinfo=BERLIN)
WITHOUT_WORDS = ["sw", "ckb", "zh-Hant", "sr-Latn", "ps", "uk-Latn", "x-klingon"]


@pytest.mark.parametrize("language", WITHOUT_WORDS)
def test_a_language_without_words_speaks_english_as_a_whole(language: str) -> None:
    voice, english = Voice(language, BERLIN), Voice("en", BERLIN)
    assert voice.language == "en"
    assert voice.moment(MOMENT) == english.moment(MOMENT) == "Nov 12, 2024, 2:18\u202fPM"
    assert voice.dates.day(MOMENT) == "Tuesday, November 12, 2024"
    assert voice.dates.zone_name(MOMENT) == "Central European Time"
    assert voice.names(["A", "B", "C"]) == "A, B, and C"


@pytest.mark.parametrize(
    ("language", "moment", "names"),
    [
        ("de-AT", "12.11.2024, 14:18 Uhr", "A, B und C"),
        ("en-GB", "12 Nov 2024, 14:18", "A, B and C"),
        ("es-MX", "12 nov 2024, 2:18 p.m.", "A, B y C"),
        ("pt-BR", "12 de nov. de 2024, 14:18", "A, B e C"),
        ("pt-PT", "12/11/2024, 14:18", "A, B e C"),
        ("nl-BE", "12 nov 2024, 14:18 uur", "A, B en C"),
        ("it-CH", "12 nov 2024, ore 14:18", "A, B e C"),
        ("tr", "12 Kas 2024 14:18", "A, B ve C"),
        ("he", "12 בנוב׳ 2024, 14:18", "A, B וC"),
        ("fa-AF", "۱۲ نومبر ۲۰۲۴، ساعت ۱۴:۱۸", "A،\u200f B، و C"),
    ],
)
def test_a_region_has_the_words_of_its_language_and_its_own_dates(
    language: str, moment: str, names: str
) -> None:
    voice = Voice(language, BERLIN)
    assert " ".join(voice.moment(MOMENT).split()) == moment
    assert voice.names("ABC") == names


@pytest.mark.parametrize("language", WITHOUT_WORDS)
@pytest.mark.parametrize("format", [f for f in FEEDS if f != "sitemap"])  # has no words
def test_an_export_without_words_is_the_english_one_but_for_what_machines_are_told(
    format: str, language: str
) -> None:
    english = rendered(format, replace(awkward(), language="en"))
    written = rendered(format, replace(awkward(), language=language))
    assert written.replace(language, "en") == english.replace(language, "en")


def test_the_preview_without_words_is_the_english_one() -> None:
    blogs = [replace(awkward(), language=language) for language in ("sw", "en")]
    assert list(parts.page(blogs[0])) == list(parts.page(blogs[1]))


def harbour(language: str) -> Edition:
    """Two sources, a correction and tags: all the places where fixed punctuation stands."""
    sources = (Source(name="A", kind="agency", verified=False), Source(name="B"))
    told = (Correction(kind="correction", at=MOMENT, note="C"),)
    entry = item(headline="H", sources=sources, corrections=told, tags=("k", "l"))
    return blog_of(entry, language=language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Sources\xa0: A (agence de presse, non", ")\xa0: C"]),
        ("ar", ["المصدران: A (وكالة أنباء، لم", "): C"]),
        ("fa", ["منابع: A (خبرگزاری، به", "): C"]),
        ("de", ["Quellen: A (Nachrichtenagentur, nicht", "): C"]),
    ],
)
@pytest.mark.parametrize("format", ["html", "md", "rss", "atom", "ninjs"])
def test_commas_and_colons_are_those_of_the_language(
    format: str, language: str, said: list[str]
) -> None:
    written = rendered(format, harbour(language)).replace("\\_", "_")
    assert [part for part in said if part not in written] == []


def test_times_of_another_zone_are_said_in_the_blogs() -> None:
    assert Voice("de", ZoneInfo("Asia/Tokyo")).clock(MOMENT) == "22:18 Uhr"
