"""RSS 2.0 with the Advisory Board's profile, and Atom (RFC 4287, RFC 6721)."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
from feeds import URL, awkward, awkward_blog, blog_of, item, rendered
from lxml import etree
from msgspec.structs import replace

from liveblog_cli.edition.edition import Picture

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
RSS = {
    "a": ATOM["a"],
    "dc": "http://purl.org/dc/elements/1.1/",
    "t": "http://purl.org/dc/terms/",
    "m": "http://search.yahoo.com/mrss/",
}


def rss(shown: Any, **settings: Any) -> Any:
    return etree.fromstring(rendered("rss", shown, **settings).encode())


def atom(shown: Any, **settings: Any) -> Any:
    return etree.fromstring(rendered("atom", shown, **settings).encode())


def test_rss_guids_are_the_permalinks() -> None:
    (guid,) = rss(blog_of(item("abcde", body="x"))).findall("channel/item/guid")
    assert (guid.text, guid.get("isPermaLink")) == (f"{URL}#abcde", "true")


def test_rss_of_a_headline_alone_has_no_empty_content() -> None:
    """Readers prefer an empty content to the description."""
    shown = blog_of(item("abcde", headline="News"))
    assert "content:encoded" not in rendered("rss", shown)
    (entry,) = feedparser.parse(rendered("rss", shown)).entries
    assert entry.summary == "News"


def test_rss_without_an_address_has_no_links_but_the_channels_own_name() -> None:
    root = rss(awkward(""))
    assert root.findtext("channel/link") == awkward_blog().id
    assert root.findall("channel/item/link") == []
    assert {g.get("isPermaLink") for g in root.iter("guid")} == {"false"}
    assert root.findall("channel/a:link", RSS) == []


def test_rss_times_are_rfc_822_with_the_blogs_offset() -> None:
    shown = awkward()
    root = rss(shown)
    dates = [d.text for d in root.iter("pubDate")]
    assert dates[-1] == "Tue, 12 Nov 2024 06:00:00 +0100"
    assert [parsedate_to_datetime(d) for d in dates] == [i.time for i in shown.items]
    assert parsedate_to_datetime(root.findtext("channel/lastBuildDate")) == shown.updated


def test_rss_says_when_an_entry_was_changed() -> None:
    modified = [e.text for e in rss(awkward()).findall(".//t:modified", RSS)]
    assert modified == ["2024-11-12T07:10:00+01:00"]


def test_rss_plain_description_stands_before_the_html() -> None:
    for entry in rss(awkward()).iter("item"):
        names = [etree.QName(e).localname for e in entry]
        assert names.index("description") < names.index("encoded")


def test_rss_titles_survive_readers_that_take_them_for_html() -> None:
    """feedparser, like many readers, sanitises what looks like markup in a title."""
    shown = blog_of(item(headline="Why <b>bold</b> &amp; <br> stays", body="x"))
    (entry,) = feedparser.parse(rendered("rss", shown).encode()).entries
    assert entry.title.replace("\u200b", "") == "Why <b>bold</b> &amp; <br> stays"
    plain = blog_of(item(headline="5 < 6 & R&D", body="x"))
    assert rss(plain).findtext("channel/item/title") == "5 < 6 & R&D"


def test_rss_gives_every_picture_and_one_enclosure() -> None:
    pictures = tuple(
        Picture(src=f"{n}.png", url=f"https://n.example/{n}.png", alt=n, credit="C", length=9)
        for n in "ab"
    )
    (entry,) = rss(blog_of(item(body="x", media=pictures))).iter("item")
    assert [m.get("url") for m in entry.findall("m:content", RSS)] == [p.url for p in pictures]
    assert entry.findtext("m:content/m:credit", namespaces=RSS) == "C"
    (enclosure,) = entry.findall("enclosure")
    assert dict(enclosure.attrib) == {
        "url": "https://n.example/a.png",
        "type": "image/png",
        "length": "9",
    }


def test_rss_asks_less_often_once_the_blog_has_ended() -> None:
    shown = blog_of()
    ended = replace(shown, ended=shown.now)
    assert [rss(b).findtext("channel/ttl") for b in (shown, ended)] == ["1", "1440"]


def test_atom_tells_true_updates() -> None:
    shown = awkward()
    root = atom(shown)
    assert datetime.fromisoformat(root.findtext("a:updated", namespaces=ATOM)) == shown.updated
    times = [
        datetime.fromisoformat(e.findtext("a:updated", namespaces=ATOM))
        for e in root.findall("a:entry", ATOM)
    ]
    assert times == [i.updated for i in shown.items]


def test_atom_marks_retracted_entries_and_says_nothing_else_of_them() -> None:
    (gone,) = atom(awkward()).findall("at:deleted-entry", ATOM)
    assert dict(gone.attrib) == {"ref": f"{URL}#gonee", "when": "2024-11-12T06:50:00+01:00"}
    assert len(gone) == 0


def test_atom_always_has_id_title_and_author() -> None:
    """RFC 4287, 4.1.1 and 4.1.2; a blog without authors is its own."""
    root = atom(blog_of(item(media=(Picture(src="x.png"),)), authors=()))
    assert root.findtext("a:author/a:name", namespaces=ATOM) == "Harbour"
    assert root.findtext("a:id", namespaces=ATOM) == URL
    assert root.findtext("a:entry/a:title", namespaces=ATOM) == "2024-11-12 10:00+01:00"


def test_atom_links_to_itself_and_to_the_page() -> None:
    links = atom(blog_of(), beside={"atom": "f.xml"}).findall("a:link", ATOM)
    assert {k.get("rel"): k.get("href") for k in links} == {
        "self": f"{URL}/f.xml",
        "alternate": URL,
    }
    assert atom(awkward("")).findall("a:link", ATOM) == []
