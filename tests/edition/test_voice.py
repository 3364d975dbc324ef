"""A blog speaks one language: words, dates and lists of names are all its own, or all English."""

import html
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import html5lib
import pytest
from feeds import BERLIN, FEEDS, awkward, blog_of, item, rendered
from msgspec.structs import replace

from liveblog_cli.edition.edition import Edition, Picture, PublicCorrection
from liveblog_cli.edition.voice import Voice
from liveblog_cli.model.values import Note, Source
from liveblog_cli.preview import parts

MOMENT = datetime(2024, 11, 12, 14, 18, tzinfo=BERLIN)
WITHOUT_WORDS = ["sw", "ckb", "zh-Hant", "sr-Latn", "ps", "uk-Latn", "x-klingon"]


@pytest.mark.parametrize("language", WITHOUT_WORDS)
def test_a_language_without_words_speaks_english_as_a_whole(language: str) -> None:
    voice, english = Voice(language, BERLIN), Voice("en", BERLIN)
    assert voice.language == "en"
    assert (
        voice.format_moment(MOMENT) == english.format_moment(MOMENT) == "Nov 12, 2024, 2:18\u202fPM"
    )
    assert voice.dates.format_day(MOMENT) == "Tuesday, November 12, 2024"
    assert voice.dates.name_zone(MOMENT) == "Central European Time"
    assert voice.join_names(["A", "B", "C"]) == "A, B, and C"


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
    assert " ".join(voice.format_moment(MOMENT).split()) == moment
    assert voice.join_names("ABC") == names


@pytest.mark.parametrize("language", WITHOUT_WORDS)
@pytest.mark.parametrize("format", [f for f in FEEDS if f != "sitemap"])  # has no words
def test_an_export_without_words_is_the_english_one_but_for_what_machines_are_told(
    format: str, language: str
) -> None:
    english = rendered(format, replace(awkward(), language="en"))
    written = rendered(format, replace(awkward(), language=language))
    assert unmarked(written).replace(language, "en") == unmarked(english).replace(language, "en")


def unmarked(text: str) -> str:
    """An export without what marks its English words and its direction, however it is escaped."""
    mark = r'(?:<|&lt;)(?:/span|span lang=\\?"en\\?" dir=\\?"ltr\\?"|span dir="auto")(?:>|&gt;)'
    block = r'(?:<|&lt;)(?:/div|div dir=\\?"rtl\\?")(?:>|&gt;)(?:\n|\\n)'
    return re.sub(f"{mark}|{block}", "", text.replace("&quot;", '"'))


def test_the_preview_without_words_is_the_english_one() -> None:
    blogs = [replace(awkward(), language=language) for language in ("sw", "en")]
    assert list(parts.list_page_parts(blogs[0])) == list(parts.list_page_parts(blogs[1]))


def harbour(language: str) -> Edition:
    """Two sources, a correction and tags: all the places where fixed punctuation stands."""
    sources = (Source(name="A", kind="agency", verified=False), Source(name="B"))
    told = (PublicCorrection(kind="correction", at=MOMENT, note="C"),)
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
    written = unmarked(rendered(format, harbour(language))).replace("\\_", "_")
    assert [part for part in said if part not in written] == []


@pytest.mark.parametrize("language", ["uk-Latn", "sw", "ps"])
def test_every_english_word_of_a_page_without_words_says_that_it_is_english(language: str) -> None:
    """The blog's own text is Cyrillic here, so each Latin letter is one of a fixed word or a date."""
    written = rendered("html", cyrillic(language))
    assert "&lt;span" not in written
    page = html5lib.parse(written, namespaceHTMLElements=False)
    (article,) = page.iter("article")
    assert article.get("lang") == language
    for span in [e for e in article.iter() if e.get("lang") == "en"]:
        assert span.get("dir") == "ltr"
        span.text = ""
        for inner in [e for e in span.iter() if e is not span]:
            inner.text = inner.tail = ""
    bare = "".join(article.itertext())
    assert re.findall("[A-Za-z]+", bare) == []
    assert "Ж" in bare


def cyrillic(language: str) -> Edition:
    """A blog in which every fixed word is said."""
    early = MOMENT - timedelta(days=1)
    sources = (Source(name="Ж", kind="agency", verified=True),)
    told = (PublicCorrection(kind="update", at=MOMENT, note="Ж"),)
    film = Picture(src="", url="https://ж.example/", is_image=False)
    items = (
        item("aa", headline="Ж", key=True, tags=("Ж",), authors=("Ж",), sources=sources),
        item("bb", corrections=told, notes=(Note(id="n", text="Ж"),), media=(film,)),
        item("cc", headline="Ж", key=True, time=early, updated=MOMENT, authors=("Жж",)),
        item("dd", headline="Ж", pinned=True, time=early),
    )
    around = {"previous": "https://ж.example/", "next": "https://ж.example/", "ended": MOMENT}
    head = {"title": "Ж", "authors": ("Ж", "Жж")}
    return blog_of(*items, language=language, **head, **around)


@pytest.mark.parametrize("language", ["de", "ar", "fa-AF", "en-GB"])
def test_a_page_with_words_marks_none_of_them(language: str) -> None:
    assert "<span lang=" not in rendered("html", cyrillic(language))


@pytest.mark.parametrize("format", ["rss", "atom", "json", "ninjs"])
def test_an_entry_in_a_feed_says_that_it_runs_from_the_right(format: str) -> None:
    entry = item(body="مرحبا (Reuters).")
    for language, count in [("ar", 1), ("ur", 1), ("de", 0), ("he-Latn", 0)]:
        written = html.unescape(rendered(format, blog_of(entry, language=language)))
        assert written.replace("\\", "").count('<div dir="rtl">') == count


def test_times_of_another_zone_are_said_in_the_blogs() -> None:
    assert Voice("de", ZoneInfo("Asia/Tokyo")).format_clock(MOMENT) == "22:18 Uhr"
