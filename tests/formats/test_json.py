"""JSON Feed 1.1: valid, and lossless for what readers may see."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from feeds import AWKWARD, awkward, blog_of, item, rendered
from jsonfeed import FEED
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from liveblog_cli.edition.edition import Picture
from liveblog_cli.model.values import Publisher
from liveblog_cli.rendering.json_feed import Feed


def feed(shown: Any, **settings: Any) -> Any:
    return json.loads(rendered("json", shown, **settings))


@pytest.mark.parametrize("url", ["https://news.example/live/awkward", ""])
def test_the_feed_fits_its_schema(url: str) -> None:
    Draft202012Validator.check_schema(FEED)
    errors = [e.message for e in Draft202012Validator(FEED).iter_errors(feed(awkward(url)))]
    assert errors == []


def test_every_field_that_readers_see_is_in_it() -> None:
    """The edition's items can be told from the feed alone."""
    shown = awkward()
    for entry, given in zip(feed(shown)["items"], shown.items, strict=True):
        own = entry["_liveblog"]
        assert (entry["id"], own["id"]) == (given.permalink, given.id)
        assert own.get("headline", "") == given.headline
        assert own.get("markdown", "") == given.body
        assert [a["name"] for a in entry["authors"]] == list(given.authors)
        assert entry.get("tags", []) == list(given.tags)
        assert entry["date_published"] == given.time.isoformat()
        assert entry.get("date_modified", entry["date_published"]) == given.updated.isoformat()
        assert own.get("pinned", False) == given.pinned
        assert own.get("key", False) == given.key
        assert own.get("label", "") == given.label
        assert own.get("notes", []) == [n.id for n in given.notes]
        assert [s["name"] for s in own.get("sources", [])] == [s.name for s in given.sources]
        assert [m.get("alt") for m in own.get("media", [])] == [m.alt for m in given.media]
        assert [c["text"] for c in own.get("corrections", [])] == [
            c.note for c in given.corrections
        ]


def test_the_body_is_alone_in_content_html() -> None:
    """What a page shows beside it stands under `_liveblog`, so that nothing is shown twice."""
    entry = next(i for i in feed(awkward())["items"] if i["_liveblog"]["id"] == "twice")
    assert entry["content_html"] == "<p>Three boats were damaged.</p>\n"
    assert [c["kind"] for c in entry["_liveblog"]["corrections"]] == [
        "correction",
        "clarification",
    ]


def test_an_entry_that_is_only_a_picture_shows_it() -> None:
    picture = Picture(src="a.jpg", url="https://n.example/a.jpg", alt="Alt", length=7)
    (entry,) = feed(blog_of(item(media=(picture,))))["items"]
    assert entry["content_html"] == (
        '<figure><img src="https://n.example/a.jpg" alt="Alt"></figure>\n'
    )
    assert entry["image"] == "https://n.example/a.jpg"
    assert entry["attachments"] == [
        {
            "url": "https://n.example/a.jpg",
            "mime_type": "image/jpeg",
            "title": "Alt",
            "size_in_bytes": 7,
        }
    ]


def test_an_ended_blog_has_expired() -> None:
    shown = blog_of(item(body="x"))
    assert "expired" not in feed(shown)
    ended = feed(replace(shown, ended=shown.now))
    assert ended["expired"] is True
    assert ended["_liveblog"]["ended"] == shown.now.isoformat()


def test_the_feed_knows_its_own_address_and_its_publisher() -> None:
    publisher = Publisher(name="P", logo="https://n.example/logo.png")
    document = feed(blog_of(publisher=publisher), beside={"json": "other.json"})
    assert document["feed_url"] == "https://news.example/live/awkward/other.json"
    assert document["icon"] == "https://n.example/logo.png"


def test_the_awkward_file_is_the_one_that_is_tested() -> None:
    assert "SECRET-DRAFT" in AWKWARD.read_text(encoding="utf-8")


def test_the_published_schema_is_that_of_the_program(
    golden: Callable[[str, str], None],
) -> None:
    """docs/feed.schema.json; `pytest --update-golden` writes it anew."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(Feed),
    }
    golden("../../docs/feed.schema.json", json.dumps(schema, indent=1) + "\n")
    errors = [e.message for e in Draft202012Validator(schema).iter_errors(feed(awkward()))]
    assert errors == []


def test_relative_links_are_completed_or_become_text() -> None:
    body = "[a](/b) ![c](d.png) [e](#f) [g](ftp://h)"
    (entry,) = feed(blog_of(item(body=body)))["items"]
    assert entry["content_html"] == (
        '<p><a href="https://news.example/b">a</a> '
        '<img src="https://news.example/live/d.png" alt="c"> '
        '<a href="https://news.example/live/awkward#f">e</a> g</p>\n'
    )
    (entry,) = feed(blog_of(item(body=body), url="", base="urn:uuid:1"))["items"]
    assert entry["content_html"] == "<p>a c e g</p>\n"
