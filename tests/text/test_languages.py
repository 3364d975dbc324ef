"""What a language tag says: its locale, what it inherits from, its script and direction."""

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from liveblog_cli.text.languages import find_direction, find_script, get_locale, list_ancestors


@pytest.mark.parametrize("tag", ["de-XX-nonsense", "de-1996", "de_AT", "DE-at", "de-x-house"])
def test_the_longest_known_beginning_of_a_tag_counts(tag: str) -> None:
    assert get_locale(tag).language == "de"


@pytest.mark.parametrize("tag", ["zz", "x-klingon", "i-default", "", "-"])
def test_an_unknown_language_is_written_as_english(tag: str) -> None:
    assert get_locale(tag).language == "en"
    assert list(list_ancestors(tag)) == []


@pytest.mark.parametrize(
    ("tag", "script", "way"),
    [
        ("de", "Latn", "ltr"),
        ("ar", "Arab", "rtl"),
        ("he-IL", "Hebr", "rtl"),
        ("he-Latn", "Latn", "ltr"),
        ("az-arab", "Arab", "rtl"),
        ("az", "Latn", "ltr"),
        ("pa-PK", "Arab", "rtl"),
        ("pa", "Guru", "ltr"),
        ("sr-Latn", "Latn", "ltr"),
        ("zh-TW", "Hant", "ltr"),
        ("ckb", "Arab", "rtl"),
        ("azb", "Arab", "rtl"),
        ("nqo", "Nkoo", "rtl"),
        ("de-1996", "Latn", "ltr"),
        ("en-x-arab", "Latn", "ltr"),
        ("x-klingon", "Latn", "ltr"),
    ],
)
def test_a_tag_has_a_script_and_the_script_a_direction(tag: str, script: str, way: str) -> None:
    """Those of azb and nqo are known though CLDR has no dates for them."""
    assert (find_script(tag), find_direction(tag)) == (script, way)


def test_directions_are_those_of_cldr_that_html_knows() -> None:
    """Mongolian script runs from top to bottom, for which `dir` has no word."""
    for name in locale_identifiers():
        known = Locale.parse(name).text_direction
        assert find_direction(name) == ("ltr" if known == "ttb" else known), name
