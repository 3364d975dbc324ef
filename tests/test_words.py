"""The fixed words of a page: complete in every language, and with the plural forms it uses."""

import string
from collections.abc import Mapping
from typing import get_args

import msgspec
import pytest

from liveblog_cli.dates import locale_of
from liveblog_cli.model import CorrectionKind, SourceKind
from liveblog_cli.words import Words, around, catalogues, names, words_of

PLURALS = ("sources", "entries")


def texts(words: Words) -> dict[str, str]:
    """Every text of a catalogue by its place."""
    plain = msgspec.to_builtins(words)
    found = {k: v for k, v in plain.items() if isinstance(v, str)}
    tables = {k: v for k, v in plain.items() if isinstance(v, Mapping)}
    return found | {f"{k}.{form}": t for k, v in tables.items() for form, t in v.items()}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_five_languages_have_a_catalogue() -> None:
    assert {"de", "en", "fr", "es", "uk"} <= catalogues()


@pytest.mark.parametrize("language", sorted(catalogues()))
def test_a_catalogue_is_complete(language: str) -> None:
    """Every word is there and not blank, for every kind of source and correction."""
    words = words_of(language)
    assert words.language == language
    assert all(text.strip() for text in texts(words).values())
    assert set(words.source_kinds) == set(get_args(SourceKind))
    assert set(words.correction_kinds) == set(get_args(CorrectionKind))


@pytest.mark.parametrize("language", sorted(catalogues()))
def test_a_catalogue_fills_in_what_the_english_one_does(language: str) -> None:
    own, english = texts(words_of(language)), texts(words_of("en"))
    for place, text in own.items():
        name, _, form = place.partition(".")
        model = english.get(place, english.get(f"{name}.other", ""))
        assert holes(text) == holes(model) or form == "one", place


@pytest.mark.parametrize("language", sorted(catalogues()))
def test_plurals_have_every_form_that_the_language_uses(language: str) -> None:
    used = {*locale_of(language).plural_form.tags, "other"}
    for name in PLURALS:
        assert set(getattr(words_of(language), name)) == used


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("de", 1, "1 Eintrag"),
        ("de", 2, "2 Einträge"),
        ("uk", 1, "1 запис"),
        ("uk", 3, "3 записи"),
        ("uk", 11, "11 записів"),
        ("fr", 0, "0 publication"),
    ],
)
def test_numbers_take_their_plural_form(language: str, number: int, said: str) -> None:
    words = words_of(language)
    assert words.count(words.entries, number) == said


@pytest.mark.parametrize(
    ("tag", "found"),
    [("de-AT", "de"), ("de_CH", "de"), ("fr-Latn-CA", "fr"), ("ja", "en"), ("x", "en")],
)
def test_a_language_without_a_catalogue_of_its_own_gets_the_nearest(tag: str, found: str) -> None:
    assert words_of(tag).language == found


def test_a_text_is_taken_apart_around_what_is_filled_in() -> None:
    assert around("Stand: {moment} Uhr") == ("Stand: ", " Uhr")
    assert around("nothing") == ("nothing", "")


def test_names_stand_in_a_row_as_the_language_writes_it() -> None:
    assert names(["A", "B", "C"], "de") == "A, B und C"
    assert names(["A"], "de") == "A"
    assert names(["A", "B"], "ja") == "A、B"
