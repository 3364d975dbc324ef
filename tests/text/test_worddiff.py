"""What differs between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog_cli.text.worddiff import diff_words, format_value


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("same", "same", [("=", "same")]),
        ("", "new", [("+", "new")]),
        (
            "the quick fox",
            "the slow fox",
            [("=", "the "), ("-", "quick"), ("+", "slow"), ("=", " fox")],
        ),
        ("vier Boote.", "vier Boote!", [("=", "vier Boote"), ("-", "."), ("+", "!")]),
        (
            "a lot of old words",
            "something else entirely",
            [("-", "a lot of old words"), ("+", "something else entirely")],
        ),
    ],
)
def test_words_are_told_apart(before: str, after: str, parts: list[tuple[str, str]]) -> None:
    assert diff_words(before, after) == parts


def test_crumbs_between_two_changes_are_told_with_them() -> None:
    found = diff_words(
        "before that a man of old went on home", "before that an ox of new went on home"
    )
    assert found == [
        ("=", "before that "),
        ("-", "a man of old"),
        ("+", "an ox of new"),
        ("=", " went on home"),
    ]


@given(
    st.text(st.sampled_from("ab .\n"), max_size=40), st.text(st.sampled_from("ab .\n"), max_size=40)
)
def test_both_texts_can_be_read_from_the_parts(before: str, after: str) -> None:
    parts = diff_words(before, after)
    assert "".join(t for sign, t in parts if sign != "+") == before
    assert "".join(t for sign, t in parts if sign != "-") == after


def test_long_texts_that_share_nothing_are_told_whole() -> None:
    before, after = "x y. " * 20_000, "u v! " * 20_000
    assert [sign for sign, _ in diff_words(before, after)] == ["-", "+", "="]


def test_values_are_shown_as_people_read_them() -> None:
    assert format_value(["a", "b"]) == "a, b"
    assert (
        format_value([{"name": "dpa", "kind": "agency", "verified": False}])
        == "dpa kind=agency verified=no"
    )
    assert (format_value(None), format_value(True)) == ("", "yes")
