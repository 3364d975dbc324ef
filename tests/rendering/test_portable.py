"""Markdown that every generator reads the same: nothing lost, nothing that looks like a template."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog_cli.rendering.portable import join_blocks, quote_block, to_portable
from liveblog_cli.text.markdown import to_html, to_text

WORDS = ["a", "b c", "é", "x_y", "1.", "#tag", "-5", "::", "|", "~", "!", "&", "&amp;", "<b>", "\\"]
MARKS = ["*x*", "**y**", "`c`", "[l](http://e.x/a)", "![i](http://e.x/i.png)", "{{ z }}", "{% r %}"]
STARTS = ["\n", "\n\n", "# ", "### ", "- ", "1. ", "> ", "    ", "```\n", "  \n", "---\n"]
MARKDOWN = st.lists(st.sampled_from(WORDS + MARKS + STARTS), max_size=12).map(" ".join)


@given(MARKDOWN)
def test_no_word_is_lost(text: str) -> None:
    """The rewritten text says what the text said."""
    assert words(to_portable(text, 3)) == words(text)


@given(MARKDOWN)
def test_no_template_language_finds_itself_outside_code(text: str) -> None:
    rewritten = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", to_portable(text, 3), flags=re.DOTALL)
    assert not re.search(r"\{[{%#:]", rewritten)


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("Plain words, one\nparagraph.\n\nAnother.", "Plain words, one paragraph.\n\nAnother."),
        ("#tag\n-5 degrees", "\\#tag -5 degrees"),
        ("1986\\. A year", "1986\\. A year"),
        ("a\n- b\n- c", "a\n\n- b\n- c"),
        ("- a\n\n* b", "- a\n\n* b"),
        ("one  \ntwo", "one  \ntwo"),
        ("    code", "```text\ncode\n```"),
        ("~~~py\n# no heading\n~~~", "```py\n# no heading\n```"),
        ("`{{< x >}}`", "`{\u200b{< x >}}`"),
        ("\\_\\_init\\_\\_ a_b", "\\_\\_init\\_\\_ a_b"),
        ("- a\n-\n- b", "- a\n- b"),
        ("^", "&#94;"),
        ("a | b", "a &#124; b"),
        ("~~old~~ ~50", "~~old~~ &#126;50"),
        ("***a** b*", "_**a** b_"),
        ("[x](/y)", "[x](https://n.example/y)"),
        ("[x](#y)", "[x](https://n.example/live#y)"),
        ("[x](foo:bar)", "x"),
        ("!\\[a](b)", "!\\[a\\](b)"),
        ("Look\\![here](http://e.x)", "Look\\![here](http://e.x)"),
        ("| a |\n|--:|\n| `x` |", "| a |\n| ---: |\n| `x` |"),
        ("> a\n\nb", "> a\n\nb"),
    ],
)
def test_what_becomes_of(text: str, rewritten: str) -> None:
    assert to_portable(text, 3, "https://n.example/live") == rewritten


def test_headings_begin_below_and_skip_no_level() -> None:
    headings = re.findall("^#+", to_portable("## a\n\n#### b\n\n### c\n\n# d", 3), re.MULTILINE)
    assert headings == ["###", "####", "####", "###"]


def test_quotes_in_a_row_are_one() -> None:
    assert join_blocks([quote_block("a"), quote_block("b"), "c"]) == "> a\n>\n> b\n\nc"


def words(markdown: str) -> str:
    return re.sub(r"[\s\u200b]", "", to_text(to_html(markdown)))
