"""The Markdown export: front matter that any YAML parser reads, text that any CommonMark parser shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import yaml
from feeds import URL, awkward, blog_of, item, rendered
from markdown_it import MarkdownIt
from sites import plain, text_of

from liveblog_cli.formats.md import slugify
from liveblog_cli.model.values import Note

TITLES = [
    "yes",
    "2024-11-12",
    "- [a], {b}: c",
    '"quoted" and \\n not a break',
    "# no comment",
    "@at `tick` %percent !bang &ref *star",
    "tab\there, line\u2028separator, next\u0085line, \ufeffmark",
    "emoji 👩‍🚒 and עברית",
    "---",
    "null",
    "''",
]


def parts(text: str) -> tuple[Any, str]:
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


@pytest.mark.parametrize("title", TITLES)
def test_any_title_author_and_tag_survives_the_front_matter(title: str) -> None:
    shown = blog_of(item(body="x", tags=(title,)), title=title, authors=(title,))
    front, _ = parts(rendered("md", shown))
    expected = title.replace("\u0085", "")
    assert (front["title"], front["authors"], front["tags"]) == (expected, [expected], [expected])


def test_the_front_matter_is_what_generators_ask_for() -> None:
    front, _ = parts(rendered("md", awkward()))
    assert front["title"].startswith("Awkward: <b>bold</b>")
    assert front["date"] == datetime.fromisoformat("2024-11-12T00:05:00+01:00")
    assert front["lastmod"] == front["modified"] == awkward().updated
    assert front["lang"] == "en"
    assert front["authors"] == ["Desk", "O'Brien & Söhne"]
    assert "a,b" in front["tags"]
    assert front["description"] == awkward().description
    assert front["canonical_url"] == URL


def test_every_word_of_every_entry_is_shown() -> None:
    """As the page's own parser shows the bodies."""
    body = parts(rendered("md", awkward()))[1]
    shown = plain(text_of(MarkdownIt("commonmark").enable("table").render(body)))
    for entry in awkward().items:
        assert plain(text_of(entry.html)) in shown
        assert plain(entry.title) in shown
        assert all(plain(c.note) in shown for c in entry.corrections)
        assert all(plain(s.name) in shown for s in entry.sources)


def test_there_is_no_raw_html_in_it() -> None:
    """Hugo drops it, others run it."""
    body = parts(rendered("md", awkward()))[1]
    tokens = MarkdownIt("commonmark").parse(body)
    inner = [c for t in tokens for c in t.children or []]
    assert {t.type for t in [*tokens, *inner]}.isdisjoint({"html_block", "html_inline"})


def test_pinned_entries_stand_first() -> None:
    shown = blog_of(item("aaaaa", headline="New"), item("bbbbb", headline="Old", pinned=True))
    body = parts(rendered("md", shown))[1]
    assert body.index("## Old") < body.index("## New")


def test_an_entry_reads_as_text() -> None:
    note = Note(id="n", title="About", text="One.\n\nTwo.")
    shown = blog_of(item(headline="Head", body="Body.", authors=("Anna",), key=True, notes=(note,)))
    assert parts(rendered("md", shown))[1] == (
        "\n## Head\n\n"
        f"[Nov 12, 2024, 10:00\u202fAM]({URL}#abcde) · Anna · **Key event**\n\n"
        "Body.\n\n"
        "> **About**\n>\n> One.\n>\n> Two.\n"
    )


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("++ Lage am Morgen ++", "lage-am-morgen"),
        ("Großbrand: Löschzüge", "grossbrand-loschzuge"),
        ("Пожежа в порту", "пожежа-в-порту"),
        ("???", "liveblog"),
    ],
)
def test_the_slug_is_fit_for_an_address(title: str, address: str) -> None:
    assert slugify(title) == address
