"""The quick way through simple Markdown is the same as the parser's way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveblog_cli.text import markdown

PARTS = [
    *[
        "word",
        "ä",
        "1. ",
        "2) ",
        "-",
        "- ",
        "+ ",
        "* ",
        "**",
        "***",
        "**bold**",
        "**two words**",
        "**so:**",
    ],
    *["[x](https://a.example/b)", "[x](https://a.example/x?y=1&z=2)", "[x](http://A.example)"],
    *["[x]: https://a.example", "[](https://a.example)", "![x](https://a.example/i.png)", "!"],
    *[" ", "  ", "\n", "\n\n", "\n\n\n", "    ", "\t", "\u00a0", "\u2028", "\u3000", '"', "„"],
    *[":", "|", "---", "===", "# ", "> ", "<b>", "&amp;", "& ", "&", "AT&T", "_", "~~s~~", "`"],
    *["\\", "(", ")", "[", "]", "–", "½", "ª", "一", "https://a.example", "a@b.example", "."],
]


def _by_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as context:
        context.setattr(markdown, "_SIMPLE", markdown.re.compile("(?!)"))
        return markdown.to_html(text)


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map("".join))
def test_simple_text_is_read_as_the_parser_reads_it(text: str) -> None:
    with pytest.MonkeyPatch.context() as context:
        assert markdown.to_html(text) == _by_parser(text, context)


def test_an_ordinary_entry_is_simple() -> None:
    text = (
        'He said: "Not yet."\nA & B [agree](https://a.example/b?c=1).\n\n**Later:** nothing (yet).'
    )
    assert markdown._SIMPLE.fullmatch(text)
    assert markdown.to_html(text) == (
        "<p>He said: &quot;Not yet.&quot;\n"
        'A &amp; B <a href="https://a.example/b?c=1">agree</a>.</p>\n'
        "<p><strong>Later:</strong> nothing (yet).</p>\n"
    )


def test_a_long_text_that_is_not_simple_is_found_out_at_once() -> None:
    """No time is lost by trying other readings: the pattern never goes back."""
    text = "word **" * 20_000 + "\n" + "[a" * 20_000 + "!"
    assert markdown._SIMPLE.fullmatch(text) is None
