"""What attackers write is text in every feed: still valid, nothing that runs."""

from __future__ import annotations

import json
import re
from typing import Any

import html5lib
import pytest
import yaml
from feeds import bodies, rendered
from hostile import PAYLOADS, Hostile
from jsonfeed import FEED
from jsonschema import Draft202012Validator
from lxml import etree
from markdown_it import MarkdownIt

RUNS = {"script", "iframe", "object", "embed", "style", "link", "meta", "base", "svg", "form"}
ATTRIBUTES = {"href", "src", "alt", "title", "width", "height", "datetime", "start", "style"}
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_in_feeds_does_nothing(payload: str) -> None:
    shown = Hostile(payload).edition()
    for format in ("json", "rss", "atom"):
        for body in bodies(format, rendered(format, shown)):
            harmless(html5lib.parseFragment(body, namespaceHTMLElements=False))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_xml_stays_xml(payload: str) -> None:
    for format in ("rss", "atom", "sitemap"):
        text = rendered(format, Hostile(payload).edition())
        root = etree.fromstring(text.encode(), STRICT)
        assert root.getroottree().docinfo.doctype == ""
        for element in root.iter():
            for name in ("href", "url"):
                assert re.match("https?://", element.get(name, "https://"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_json_keeps_its_form(payload: str) -> None:
    shown = Hostile(payload).edition()
    feed = json.loads(rendered("json", shown))
    assert [e.message for e in Draft202012Validator(FEED).iter_errors(feed)] == []
    assert feed["items"][0]["_liveblog"]["markdown"] == payload
    assert json.loads(rendered("ninjs", shown))["associations"][0]["pubStatus"] == "usable"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_keeps_its_front_matter_and_holds_no_html(payload: str) -> None:
    text = rendered("md", Hostile(payload).edition())
    _, front, body = text.split("---\n", 2)
    title = " ".join(payload.split())
    assert yaml.safe_load(front)["title"] == title
    for parser in (MarkdownIt("commonmark"), MarkdownIt("default")):
        tokens = parser.parse(body)
        kinds = {t.type for t in [*tokens, *[c for t in tokens for c in t.children or []]]}
        assert kinds.isdisjoint({"html_block", "html_inline"})
        harmless(html5lib.parseFragment(parser.render(body), namespaceHTMLElements=False))


def harmless(tree: Any) -> None:
    """No element or attribute that runs or loads anything but pictures; addresses of the web only."""
    for element in tree.iter():
        assert element.tag not in RUNS
        assert {*element.attrib} <= ATTRIBUTES | {"class"}
        for name in ("href", "src"):
            assert re.match("(https?|mailto):", element.get(name, "https:"))
