"""The news sitemap and IPTC ninjs 3.1."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from feeds import URL, awkward, blog_of, item, rendered
from lxml import etree
from msgspec.structs import replace

from liveblog_cli.model.values import Publisher

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
STATED = {"uri", "name", "rel", "type", "representationType", "profile", "version", "standard"}
TOLD = {"firstCreated", "versionCreated", "pubStatus", "language", "title", "headlines", "by"}
MORE = {"descriptions", "bodies", "infoSources", "subjects", "genres", "altIds", "renditions"}
NINJS = STATED | TOLD | MORE | {"associations"}
"""The properties of ninjs 3.1 that are used here."""


def sitemap(shown: Any) -> Any:
    return etree.fromstring(rendered("sitemap", shown).encode())


def test_the_page_is_the_one_address_in_the_news_sitemap() -> None:
    shown = blog_of(item(body="x"), publisher=Publisher(name="Harbour News"), language="de-AT")
    root = sitemap(shown)
    assert [e.text for e in root.iter(f"{{{NAMES['s']}}}loc")] == [URL]
    assert root.findtext(".//n:name", namespaces=NAMES) == "Harbour News"
    assert root.findtext(".//n:language", namespaces=NAMES) == "de"
    assert root.findtext(".//n:title", namespaces=NAMES) == "Harbour"
    began = root.findtext(".//n:publication_date", namespaces=NAMES)
    assert began == "2024-11-12T10:30:00+01:00"


@pytest.mark.parametrize(("age", "is_news"), [(48, True), (49, False)])
def test_news_is_what_is_at_most_two_days_old(age: int, is_news: bool) -> None:
    shown = blog_of()
    old = replace(shown, started=shown.now - timedelta(hours=age))
    assert (sitemap(old).find(".//n:news", NAMES) is not None) == is_news


@pytest.mark.parametrize(
    ("tag", "written"), [("zh-Hant", "zh-tw"), ("zh", "zh-cn"), ("pt-BR", "pt")]
)
def test_the_language_is_written_as_the_extension_wants(tag: str, written: str) -> None:
    root = sitemap(blog_of(language=tag))
    assert root.findtext(".//n:language", namespaces=NAMES) == written


def test_without_an_address_there_is_no_page_to_list() -> None:
    assert len(sitemap(awkward(""))) == 0


@pytest.mark.parametrize("url", [URL, ""])
def test_ninjs_objects_have_the_standards_properties_only(url: str) -> None:
    document = json.loads(rendered("ninjs", awkward(url)))
    assert document["standard"]["version"] == "3.1"
    for thing in objects(document):
        assert thing.keys() <= NINJS
        assert thing["uri"].startswith(("https://", "urn:uuid:"))
        assert thing.get("type", "text") in ("text", "picture", "composite", "component")
    assert all("name" in thing for thing in list(objects(document))[1:])
    uris = [thing["uri"] for thing in objects(document)]
    assert len(set(uris)) == len(uris)


def test_ninjs_tells_what_readers_see_of_an_entry() -> None:
    entries = json.loads(rendered("ninjs", awkward()))["associations"]
    linkq = next(e for e in entries if e["uri"] == f"{URL}#linkq")
    assert linkq["headlines"][0]["value"] == "Links with queries"
    assert linkq["infoSources"][0]["role"] == "official"
    twice = next(e for e in entries if e["uri"] == f"{URL}#twice")
    assert [d["role"] for d in twice["descriptions"]] == ["correction", "clarification"]
    assert twice["subjects"] == [{"name": "harbour"}]


def test_ninjs_cancels_retracted_entries() -> None:
    entries = json.loads(rendered("ninjs", awkward()))["associations"]
    (gone,) = [e for e in entries if e["pubStatus"] == "canceled"]
    assert gone == {
        "name": "gonee",
        "uri": f"{URL}#gonee",
        "pubStatus": "canceled",
        "versionCreated": "2024-11-12T06:50:00+01:00",
    }


def objects(thing: Any, inside: str = "") -> Any:
    """A news object and all that are associated with it."""
    yield thing
    for other in thing.get("associations", []):
        if other.get("rel") == "media" or not inside:
            yield from objects(other, "x")
