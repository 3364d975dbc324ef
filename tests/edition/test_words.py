"""The fixed words of a page: complete in every language, and with the plural forms it uses."""

import string
import unicodedata
from collections.abc import Mapping
from typing import get_args

import msgspec
import pytest
from babel.localedata import locale_identifiers

from liveblog_cli.edition.words import (
    Words,
    find_catalogue,
    get_words,
    join_names,
    list_catalogues,
    split_around,
)
from liveblog_cli.model.values import CorrectionKind, SourceKind
from liveblog_cli.text.languages import find_locale, find_script, get_locale

LANGUAGES = ["ar", "de", "en", "es", "fa", "fr", "he", "it", "nl", "pl", "pt", "ru", "tr", "uk"]
SCRIPTS = {"Arab": "ARABIC", "Cyrl": "CYRILLIC", "Hebr": "HEBREW", "Latn": "LATIN"}
PLURALS = ("sources", "entries")


def texts(words: Words) -> dict[str, str]:
    """Every text of a catalogue by its place."""
    plain = msgspec.to_builtins(words)
    found = {k: v for k, v in plain.items() if isinstance(v, str) and k != "language"}
    tables = {k: v for k, v in plain.items() if isinstance(v, Mapping)}
    return found | {f"{k}.{form}": t for k, v in tables.items() for form, t in v.items()}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_these_languages_have_a_catalogue_and_two_of_them_another_across_the_ocean() -> None:
    assert list_catalogues() == {*LANGUAGES, "es-419", "pt-PT"}


@pytest.mark.parametrize("language", sorted(list_catalogues()))
def test_a_catalogue_is_complete(language: str) -> None:
    """Every word is there and not blank, for every kind of source and correction."""
    words = get_words(language)
    assert words.language == language
    assert all(text.strip() for text in texts(words).values())
    assert set(words.source_kinds) == set(get_args(SourceKind))
    assert set(words.correction_kinds) == set(get_args(CorrectionKind))


@pytest.mark.parametrize("language", sorted(list_catalogues()))
def test_a_catalogue_fills_in_what_the_english_one_does(language: str) -> None:
    own, english = texts(get_words(language)), texts(get_words("en"))
    for place, text in own.items():
        name, _, form = place.partition(".")
        model = english.get(place, english.get(f"{name}.other", ""))
        may_say_it_in_words = form in ("zero", "one", "two")
        assert holes(text) == holes(model) or (may_say_it_in_words and not holes(text)), place


@pytest.mark.parametrize("language", sorted(list_catalogues()))
def test_a_catalogue_is_written_in_its_own_script(language: str) -> None:
    """What was left in English by mistake shows among Arabic, Hebrew and Cyrillic letters."""
    script = SCRIPTS[find_script(language)]
    for place, text in texts(get_words(language)).items():
        filled = text.format_map(dict.fromkeys(holes(text), ""))
        letters = [c for c in filled if unicodedata.category(c) in ("Lu", "Ll", "Lo")]
        assert all(unicodedata.name(c).startswith(script) for c in letters), place


@pytest.mark.parametrize("language", sorted(list_catalogues()))
def test_no_word_for_the_hour_stands_behind_am_or_pm(language: str) -> None:
    """14:18 h, but 2:18 p. m.: in every region that has this catalogue."""
    tags = [i.replace("_", "-") for i in locale_identifiers()]
    regions = [t for t in tags if find_catalogue(t) == language and t != "es-PH"]  # has no press
    halves = [t for t in regions if "a" in get_locale(t).time_formats["short"].pattern]
    words = get_words(language)
    assert halves == [] or (words.clock == "{time}" and words.moment.endswith("{time}"))


@pytest.mark.parametrize("language", sorted(list_catalogues()))
def test_plurals_have_every_form_that_the_language_uses(language: str) -> None:
    used = {*get_locale(language).plural_form.tags, "other"}
    for name in PLURALS:
        assert set(getattr(get_words(language), name)) == used


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("de", 1, "1 Eintrag"),
        ("de", 2, "2 Einträge"),
        ("uk", 1, "1 запис"),
        ("uk", 3, "3 записи"),
        ("uk", 11, "11 записів"),
        ("fr", 0, "0 publication"),
        ("pl", 2, "2 wpisy"),
        ("pl", 12, "12 wpisów"),
        ("ru", 21, "21 запись"),
        ("ru", 25, "25 записей"),
        ("ar", 0, "لا تحديثات"),
        ("ar", 2, "تحديثان"),
        ("ar", 7, "7 تحديثات"),
        ("ar", 11, "11 تحديثًا"),
        ("ar", 100, "100 تحديث"),
        ("he", 2, "שני עדכונים"),
        ("pt", 0, "0 atualização"),
        ("pt-PT", 0, "0 atualizações"),
    ],
)
def test_numbers_take_their_plural_form(language: str, number: int, said: str) -> None:
    words = get_words(language)
    assert words.count(words.entries, number) == said


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("de-AT", "de"),
        ("de_CH", "de"),
        ("DE-at", "de"),
        ("de-1996", "de"),
        ("fr-Latn-CA", "fr"),
        ("iw", "he"),
        ("fa-AF", "fa"),
        ("ar-EG-u-nu-latn", "ar"),
        ("pt-BR", "pt"),
        ("pt-AO", "pt-PT"),
        ("es-MX", "es-419"),
        ("es-GQ", "es"),
    ],
)
def test_a_tag_gets_the_words_of_the_nearest_that_it_inherits_from(tag: str, found: str) -> None:
    assert find_catalogue(tag) == found


@pytest.mark.parametrize("tag", ["ja", "sw", "ckb", "zh-Hant", "sr-Latn", "zz", "x-klingon", "x"])
def test_a_language_that_nobody_wrote_words_for_gets_english_ones(tag: str) -> None:
    assert find_catalogue(tag) is None
    assert get_words(tag).language == "en"


@pytest.mark.parametrize("tag", ["uk-Latn", "he-Latn", "fa-Cyrl", "tr-Arab", "en-Shaw"])
def test_words_of_another_script_are_no_words_of_a_language(tag: str) -> None:
    assert find_locale(tag)
    assert find_catalogue(tag) is None


def test_a_text_is_taken_apart_around_what_is_filled_in() -> None:
    assert split_around("Stand: {moment} Uhr") == ("Stand: ", " Uhr")
    assert split_around("nothing") == ("nothing", "")


def test_names_stand_in_a_row_as_the_language_writes_it() -> None:
    assert join_names(["A", "B", "C"], "de") == "A, B und C"
    assert join_names(["A"], "de") == "A"
    assert join_names(["A", "B"], "ja") == "A、B"
