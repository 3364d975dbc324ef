"""Markdown to HTML and to text: safe, without classes, in levels that fit below an entry's heading."""

import re

import pytest

from liveblog_cli.text.markdown import cut_words, to_html, to_text


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n# c", "343"),
        ("### a\n###### b\n##### c\n## d", "3443"),
        ("###### a", "3"),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", "345666"),
    ],
)
def test_headings_begin_at_h3_and_leave_out_no_level(text: str, levels: str) -> None:
    assert "".join(re.findall(r"<h(\d)>", to_html(text))) == levels


def test_an_empty_heading_is_left_out() -> None:
    assert to_html("#\n\ntext") == "\n<p>text</p>\n"


def test_raw_html_is_text() -> None:
    assert to_html("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "vbscript:x", "data:text/html,x"])
def test_a_link_that_is_code_is_text(address: str) -> None:
    assert "<a" not in to_html(f"[x]({address})")


def test_a_link_without_text_shows_its_address() -> None:
    assert to_html("[](https://a.example)") == (
        '<p><a href="https://a.example">https://a.example</a></p>\n'
    )


def test_an_empty_header_cell_is_a_plain_cell() -> None:
    html = to_html("| | b |\n|---|---|\n| c | d |")
    assert "<td></td>\n<th>b</th>" in html


def test_code_has_no_class() -> None:
    assert to_html("```python\nx\n```") == "<pre><code>x\n</code></pre>\n"


def test_text_keeps_paragraphs_apart_and_images_as_their_alt_text() -> None:
    assert to_text(to_html("a *b*\n\n![c](d.png) e\n\n- f\n- g")) == "a b\n\nc e\n\nf\ng"


def test_first_words_are_cut_at_a_word() -> None:
    assert cut_words("one two, three", 9) == "one two…"
    assert cut_words("one  two", 9) == "one two"
