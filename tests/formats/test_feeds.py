"""What holds for every feed: same in, same out; valid; nothing that readers may not see."""

from __future__ import annotations

import re
from collections.abc import Callable

import feedparser
import html5lib
import pytest
from feeds import FEEDS, awkward, awkward_blog, blog_of, bodies, item, rendered
from lxml import etree
from msgspec.structs import replace

from liveblog_cli.edition.edition import Picture
from liveblog_cli.formats import find_format
from liveblog_cli.model.values import Note, Source


@pytest.mark.parametrize("format", FEEDS)
def test_a_feed_of_the_awkward_blog_is_what_it_was(
    format: str, golden: Callable[[str, str], None]
) -> None:
    """Golden files; the one long body is left out of them."""
    shown = awkward()
    shown = replace(shown, items=tuple(i for i in shown.items if i.id != "longe"))
    golden(f"awkward/{find_format(format).FILENAME}", rendered(format, shown))


@pytest.mark.parametrize("url", ["https://news.example/live/awkward", ""])
@pytest.mark.parametrize("format", FEEDS)
def test_nothing_hidden_is_in_any_feed(format: str, url: str) -> None:
    """Drafts, scheduled and retracted entries, and what a correction replaced."""
    blog = awkward_blog(url)
    assert "SECRET" in repr(blog)
    assert "SECRET" not in rendered(format, awkward(url))


@pytest.mark.parametrize("format", FEEDS)
def test_an_empty_blog_exports(format: str) -> None:
    assert rendered(format, blog_of(authors=())).endswith("\n")


@pytest.mark.parametrize("format", ["rss", "atom", "sitemap"])
def test_xml_is_well_formed_whatever_the_text_holds(format: str) -> None:
    """Characters that XML can't carry are left out, the words around them stay."""
    shown = awkward()
    bad = replace(shown, title="before\x0bbehind\ufffe \ud800 ]]> <!DOCTYPE x>")
    root = etree.fromstring(rendered(format, bad).encode())
    assert "beforebehind" in "".join(root.itertext())


@pytest.mark.parametrize("url", ["https://news.example/live/awkward", ""])
@pytest.mark.parametrize("format", ["json", "rss", "atom"])
def test_html_in_feeds_is_sound_and_has_no_relative_link(format: str, url: str) -> None:
    for body in bodies(format, rendered(format, awkward(url))):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parseFragment(body)
        assert parser.errors == []
        for element in tree.iter():
            address = element.get("href") or element.get("src") or "https://"
            assert re.match(r"https?://|mailto:", address), address
            assert element.tag not in ("script", "iframe", "object")


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_feedparser_reads_what_was_written(format: str) -> None:
    """Every id, title and author, with the signs that look like markup."""
    shown = awkward()
    read = feedparser.parse(rendered(format, shown).encode())
    assert not read.bozo
    assert [e.id for e in read.entries] == [i.permalink for i in shown.items]
    assert [a.name for a in read.entries[0].authors] == list(shown.items[0].authors)
    if format == "rss":
        titles = [e.title.replace("\u200b", "") for e in read.entries]
        assert titles == [" ".join(i.title.split()) for i in shown.items]


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_xml_feeds_hold_the_newest_fifty_and_render_only_those(format: str) -> None:
    items = [item(f"e{n}", body=f"Body {n}") for n in range(60)]
    text = rendered(format, blog_of(*items))
    assert "#e49<" in text
    assert "#e50<" not in text
    assert "html" not in items[50].__dict__
    assert "#e2<" not in rendered(format, blog_of(*items), limit=2)


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_what_belongs_to_an_entry_is_visible_text(format: str) -> None:
    """Attribution with link, box, picture with caption and credit, label."""
    shown = item(
        body="Body.",
        label="Analysis",
        sources=(Source(name="Wire & Co", url="https://w.example/?a=1&b=2", verified=False),),
        notes=(Note(id="n", title="About", text="*Box*"),),
        media=(Picture(src="a.jpg", url="https://n.example/a.jpg", alt="Alt", caption="Cap"),),
    )
    (body,) = bodies(format, rendered(format, blog_of(shown)))
    assert '<a href="https://w.example/?a=1&amp;b=2">Wire &amp; Co</a> (not indep' in body
    assert "<em>Box</em>" in body
    assert '<img src="https://n.example/a.jpg" alt="Alt"><figcaption>Cap' in body
    assert "<strong>Analysis</strong>" in body


@pytest.mark.parametrize("format", ["rss", "atom", "md", "ninjs"])
def test_a_correction_is_told_in_every_format(format: str) -> None:
    text = rendered(format, awkward()).replace("\\", "")
    assert "The boats lay at" in text
    assert "Clarification" in text or '"role": "clarification"' in text


@pytest.mark.parametrize("format", ["rss", "atom", "md", "ninjs"])
def test_a_link_card_says_what_the_desk_wrote_of_it(format: str) -> None:
    url = "https://www.video.example/7"
    film = Picture(src=url, url=url, alt="Boats leave", is_image=False)
    assert "Boats leave" in rendered(format, blog_of(item(headline="Film", media=(film,))))
    text = rendered(format, blog_of(item(headline="Film", media=(replace(film, alt=""),))))
    assert "on video.example" in text.replace("\\", "")
