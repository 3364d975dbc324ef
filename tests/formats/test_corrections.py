"""Corrections reach readers in every format, and only while they stand."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from reporter import Reporter

NOTE = "It was five boats, not four & a raft."
FORMATS = {
    "html": "index.html",
    "md": "liveblog.md",
    "json": "feed.json",
    "rss": "feed.xml",
    "atom": "atom.xml",
}


@pytest.fixture
def corrected(desk: Reporter) -> Reporter:
    name = desk.add("Boats", "-b", "Four boats.")
    desk.now = desk.now.replace(hour=9, minute=0)
    desk.done("edit", name, "-b", "Five boats.", "--correction", NOTE)
    return desk


def exported(desk: Reporter, name: str) -> str:
    desk.done("export", *FORMATS, "-o", "out")
    return (desk.folder / "out" / FORMATS[name]).read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_readers(corrected: Reporter, name: str) -> None:
    text = re.sub(r"&(amp;)+", "&", exported(corrected, name)).replace("\\", "")
    assert NOTE in text


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_tells_what_was_taken_back(corrected: Reporter, name: str) -> None:
    corrected.done("undo")
    assert "five boats" not in exported(corrected, name).lower()


def test_the_page_says_it_in_the_blogs_words_and_lists_it_at_its_foot(corrected: Reporter) -> None:
    page = exported(corrected, "html")
    assert page.count("Korrektur") >= 2
    data = json.loads(
        re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)[0]
    )
    assert NOTE in json.dumps(data["liveBlogUpdate"][0]["correction"])


def test_feeds_say_when_it_was_changed(corrected: Reporter) -> None:
    item = json.loads(exported(corrected, "json"))["items"][0]
    assert item["date_published"].startswith("2024-11-12T08:02:00")
    assert item["date_modified"].startswith("2024-11-12T09:01:00")
    atom = ElementTree.fromstring(exported(corrected, "atom"))
    space = {"a": "http://www.w3.org/2005/Atom"}
    updated = atom.findtext("a:entry/a:updated", namespaces=space)
    assert updated is not None
    assert updated.startswith("2024-11-12T09:01:00")


@pytest.mark.parametrize("kind", ["correction", "clarification", "update"])
def test_a_script_may_tell_readers_without_another_change(
    desk: Reporter, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text may have been mended before; no editor opens where there is no terminal."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setenv("LIVEBLOG_EDITOR", "false")
    name = desk.add("Boats")
    desk.done("edit", name, f"--{kind}", "Told.")
    (change,) = desk.blog().entries[0].history
    assert (change.kind, change.note, change.was, change.absent) == (kind, "Told.", {}, ())
    desk.done("undo")
    assert [c.action for c in desk.blog().entries[0].history] == ["edit", "undo"]
