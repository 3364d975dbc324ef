"""Whatever text stands in whichever field of a file written by hand, every feed stays what it is."""

from __future__ import annotations

import json
from typing import Any

import html5lib
import yaml
from feeds import blog_of, item, rendered
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jsonfeed import FEED
from jsonschema import Draft202012Validator
from lxml import etree
from markdown_it import MarkdownIt

from liveblog_cli.edition.edition import Edition, Picture
from liveblog_cli.model.values import Note, Source
from liveblog_cli.rendering.feed_html import UNFIT

SIGNS = "#*_`~<>&|{}[]()!\\\"'-+=:.1a \n\r\t%$^/\u00a0\u2028\ufeffé🔥\u05d0"
TEXT = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def blog_with(text: list[str]) -> Edition:
    """A blog of two entries with nine texts in its fields."""
    picture = Picture(src="a.png", url="https://n.example/a.png", alt=text[0], caption=text[1])
    entry = {
        "headline": text[2],
        "body": text[3],
        "authors": (text[4],),
        "tags": (text[5],),
        "label": text[6],
        "sources": (Source(name=text[7], url=text[8]),),
        "notes": (Note(id="n", title=text[0], text=text[1]),),
        "media": (picture,),
    }
    return blog_of(item("first", **entry), item("other", **entry), title=text[8], summary=text[7])


def blogs() -> st.SearchStrategy[Edition]:
    """Blogs with any text in every field."""
    return st.lists(TEXT, min_size=9, max_size=9).map(blog_with)


@settings(max_examples=60, deadline=None)
@given(blogs())
def test_xml_parses(shown: Edition) -> None:
    for format in ("rss", "atom", "sitemap"):
        assert len(etree.fromstring(rendered(format, shown).encode())) > 0


@settings(max_examples=60, deadline=None)
@given(blogs())
@example(blog_with([" "] * 9))
@example(blog_with(["\u200b"] * 9))
@example(blog_with(["\ufdd0"] * 9))
def test_json_fits_its_schema(shown: Edition) -> None:
    feed = json.loads(rendered("json", shown))
    assert [e.message for e in Draft202012Validator(FEED).iter_errors(feed)] == []
    assert [i["_liveblog"]["headline"] for i in feed["items"]] == [i.headline for i in shown.items]


@settings(max_examples=60, deadline=None)
@given(blogs())
def test_html_has_no_errors(shown: Edition) -> None:
    for entry in json.loads(rendered("json", shown))["items"]:
        parser = html5lib.HTMLParser()
        parser.parseFragment(entry["content_html"])
        assert parser.errors == []


@settings(max_examples=100, deadline=None)
@given(blogs())
def test_markdown_keeps_title_and_entries(shown: Edition) -> None:
    """The front matter gives the title back; each entry is under one heading, its headline."""
    _, front, body = rendered("md", shown).split("---\n", 2)
    assert yaml.safe_load(front)["title"] == UNFIT.sub("", shown.title)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    headings = [
        words(tokens[n + 1])
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]
    expected = "".join(UNFIT.sub("", shown.items[0].headline).split())
    assume(expected)
    assert headings[-2:] == [expected] * 2


def words(token: Any) -> str:
    return "".join("".join([c.content for c in token.children]).split())
