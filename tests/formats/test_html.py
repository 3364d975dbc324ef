"""The page: whole, in order, valid for other people's parsers, and made of nothing but itself."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from feeds import BERLIN, URL, awkward, blog_of, item, rendered

from liveblog_cli.edition.edition import Picture, PublicCorrection
from liveblog_cli.model.values import Note, Publisher, Source

TIME = datetime(2024, 11, 12, 10, 30, tzinfo=BERLIN)


def page(*items: Any, settings: dict[str, Any] | None = None, **head: Any) -> Element:
    """A page as a browser reads it."""
    text = rendered("html", blog_of(*items, **head), **(settings or {}))
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    document: Element = parser.parse(text)
    assert parser.errors == []
    return document


def text_of(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def by_class(document: Element, name: str) -> list[Element]:
    return [e for e in document.iter() if name in str(e.get("class", "")).split()]


def test_the_awkward_blogs_page_is_as_it_was(golden: Callable[[str, str], None]) -> None:
    golden("awkward/index.html", rendered("html", awkward()))


@pytest.mark.parametrize("url", [URL, ""])
def test_the_awkward_blogs_page_parses_without_an_error(url: str) -> None:
    parser = html5lib.HTMLParser()
    parser.parse(rendered("html", awkward(url)))
    assert parser.errors == []


def test_every_entry_is_an_item_of_one_list_in_one_article() -> None:
    document = page(item("aa"), item("bb"))
    (article,) = document.iter("article")
    (entries,) = by_class(article, "lb-entries")
    assert entries.tag == "ol"
    assert [e.get("id") for e in entries] == ["aa", "bb"]


def test_pinned_entries_are_moved_to_the_front_not_copied() -> None:
    document = page(item("aa"), item("bb", pinned=True, headline="First things"))
    (entries,) = by_class(document, "lb-entries")
    assert [e.get("id") for e in entries] == ["bb", "aa"]
    (article,) = document.iter("article")
    assert text_of(article).count("First things") == 1


def test_an_entry_without_a_headline_has_a_heading_that_only_machines_see() -> None:
    document = page(item("aa", body="One word leads to another."), item("bb", body="- "))
    headings = list(document.iter("h2"))
    assert text_of(headings[0]) == "One word leads to another."
    assert {h.get("class") for h in headings} == {"lb-unseen"}
    assert re.match(r"Update of 10:00", text_of(headings[1]))


def test_a_headlines_text_stands_in_no_link() -> None:
    document = page(item("aa", headline="News"))
    assert [e for h in document.iter("h2") for e in h.iter("a")] == []


def test_the_stand_line_speaks_the_blogs_language() -> None:
    (stand,) = by_class(page(language="de", updated=TIME), "lb-stand")
    assert text_of(stand) == "Stand: 12.11.2024, 10:30 Uhr"
    (time,) = stand.iter("time")
    assert time.get("datetime") == "2024-11-12T10:30:00+01:00"


def test_a_language_written_from_the_right_says_so() -> None:
    document = page(language="ar")
    assert (document.get("lang"), document.get("dir")) == ("ar", "rtl")


def test_a_day_is_named_where_another_one_begins() -> None:
    early = TIME - timedelta(days=1)
    document = page(item("aa"), item("bb"), item("cc", time=early), language="de")
    days = [text_of(d) for d in by_class(document, "lb-day")]
    assert days == ["Dienstag, 12. November 2024", "Montag, 11. November 2024"]


def test_sources_are_named_with_what_they_are() -> None:
    sources = (
        Source(name="KCNA", url="https://kcna.example/", kind="agency", verified=False),
        Source(name="Kyiv"),
    )
    (line,) = by_class(page(item(sources=sources), language="de"), "lb-sources")
    assert text_of(line) == "Quellen: KCNA (Nachrichtenagentur, nicht unabhängig überprüft); Kyiv"
    assert [a.get("href") for a in line.iter("a")] == ["https://kcna.example/"]


def test_a_box_is_a_note_with_its_title() -> None:
    boxes = (Note(id="b", title="Parties", text="Not *verified*."),)
    (box,) = by_class(page(item(notes=boxes)), "lb-box")
    assert box.get("role") == "note"
    assert text_of(box) == "Parties Not verified."


def test_readers_see_corrections_at_the_entry_and_at_the_foot() -> None:
    told = (PublicCorrection(kind="correction", at=TIME, note="It was two."),)
    document = page(item("aa", headline="News", corrections=told), language="de")
    (line,) = by_class(document, "lb-correction")
    assert text_of(line) == "Korrektur (12.11.2024, 10:30 Uhr): It was two."
    (foot,) = document.iter("section")
    assert [a.get("href") for a in foot.iter("a")] == ["#aa"]
    assert "Korrektur (12.11.2024, 10:30 Uhr): It was two." in text_of(foot)


def test_a_silent_edit_shows_only_when() -> None:
    document = page(item(updated=TIME), language="de")
    assert [text_of(e) for e in by_class(document, "lb-updated")] == [
        "Aktualisiert: 12.11.2024, 10:30 Uhr"
    ]


def test_a_picture_has_its_sizes_and_texts() -> None:
    picture = Picture(
        src="a.png", alt="Smoke", caption="At dawn", credit="A. Bee", width=900, height=600,
        sizes=(("a-480.png", 480),),
    )  # fmt: skip
    document = page(item(media=(picture,)))
    (image,) = document.iter("img")
    assert image.get("srcset") == "a-480.png 480w, a.png 900w"
    wanted = {"alt": "Smoke", "width": "900", "height": "600", "loading": "lazy"}
    assert wanted.items() <= image.attrib.items()
    (caption,) = document.iter("figcaption")
    assert text_of(caption) == "At dawn A. Bee"


def test_a_video_is_a_link_that_says_where_it_leads() -> None:
    film = Picture(
        src="https://www.video.example/1", url="https://www.video.example/1", is_image=False
    )
    (card,) = by_class(page(item(media=(film,)), language="de"), "lb-card")
    assert text_of(card) == "Video oder Beitrag auf video.example ansehen"


def test_an_ended_blog_says_so_and_leads_on() -> None:
    document = page(
        ended=TIME,
        closing="Thanks.",
        next="https://news.example/2",
        previous="https://news.example/0",
    )
    (note,) = by_class(document, "lb-ended")
    assert text_of(note).startswith("This live blog ended on Nov 12, 2024, 10:30")
    assert "Thanks." in text_of(note)
    assert {a.get("href") for a in document.iter("a")} == {
        "https://news.example/2",
        "https://news.example/0",
    }


def test_key_events_are_a_list_of_links() -> None:
    document = page(item("aa", headline="Big", key=True), item("bb"))
    (events,) = by_class(document, "lb-events")
    assert [(a.get("href"), text_of(a)) for a in events.iter("a")] == [("#aa", "Big")]


def test_key_events_of_several_days_are_dated() -> None:
    early = TIME - timedelta(days=1)
    document = page(item("aa", key=True), item("bb", key=True, time=early), language="de")
    (events,) = by_class(document, "lb-events")
    assert [text_of(t) for t in events.iter("time")] == [
        "12.11.2024, 10:00 Uhr",
        "11.11.2024, 10:30 Uhr",
    ]


def test_readers_choose_by_topic_author_and_key_event_without_script() -> None:
    """Each choice is a link to itself; a style rule hides what has not its mark."""
    document = page(
        item("aa", tags=("Kursk",), key=True, authors=("Ada",)), item("bb", authors=("Ben",))
    )
    (choices,) = by_class(document, "lb-choices")
    links = [a.get("href") for a in choices.iter("a")]
    assert links == [
        "#lb:all",
        "#lb:key",
        "#lb:tag-kursk",
        "#lb:by-ada",
        "#lb:by-ben",
    ]
    ids = [e.get("id") for e in document.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in links if href} <= set(ids)
    (style,) = document.iter("style")
    rule = '.lb:has([id="lb:tag-kursk"]:target) .lb-entry:not([data-lb~="tag-kursk"]){display:none}'
    assert rule in (style.text or "")
    assert [e.get("data-lb") for e in by_class(document, "lb-entry")] == [
        "key tag-kursk by-ada",
        "by-ben",
    ]


def test_two_tags_that_look_alike_are_two_choices() -> None:
    document = page(item("aa", tags=("a b",)), item("bb", tags=("a-b",)), item("cc"))
    (choices,) = by_class(document, "lb-choices")
    assert {"#lb:tag-a-b", "#lb:tag-a-b-2"} <= {a.get("href") for a in choices.iter("a")}


def test_tables_scroll_and_hold_no_inline_style() -> None:
    document = page(item(body="| a | b |\n|---|--:|\n| 1 | 2 |"))
    (region,) = by_class(document, "lb-table")
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Table")
    assert [e.get("style") for e in document.iter() if e.get("style")] == []
    assert len(by_class(region, "lb-right")) == 2


def test_feeds_beside_the_page_are_named_in_its_head() -> None:
    beside = {"rss": "feed.xml", "json": "feed.json", "md": "liveblog.md"}
    links = [
        (e.get("type"), e.get("href"))
        for e in page(settings={"beside": beside}).iter("link")
        if e.get("rel") == "alternate"
    ]
    assert links == [
        ("application/rss+xml", f"{URL}/feed.xml"),
        ("application/feed+json", f"{URL}/feed.json"),
    ]


def test_the_head_says_who_and_when() -> None:
    document = page(authors=("Ada", "Ben"), publisher=Publisher(name="The Bee"))
    meta = {m.get("property") or m.get("name"): m.get("content") for m in document.iter("meta")}
    assert meta["author"] == "Ada and Ben"
    assert meta["og:title"] == "Harbour"
    assert meta["og:site_name"] == "The Bee"
    assert meta["article:published_time"] == meta["article:modified_time"] == TIME.isoformat()


def test_a_blog_without_an_address_has_a_page_all_the_same() -> None:
    document = page(item("aa"), url="", base="urn:uuid:1")
    assert [e for e in document.iter("link") if e.get("rel") == "canonical"] == []
    assert [e.get("id") for e in by_class(document, "lb-entry")] == ["aa"]


def test_a_blog_without_entries_says_so() -> None:
    assert "No updates yet." in text_of(page())


def test_a_fragment_is_the_blogs_element_with_styles_that_do_not_leak() -> None:
    """Every rule begins at .lb, every class with lb-, every id that is no entry's with lb:."""
    text = rendered("html", awkward(), fragment=True)
    style = re.sub(r"@media[^{]*\{", "", text.split("<style>")[1].split("</style>")[0])
    selectors = re.findall(r"(?:^|\})\s*([^{}]+)\{", style)
    assert len(selectors) > 50
    for selector in selectors:
        for part in re.split(r",(?![^(\[]*[)\]])", selector):
            assert re.match(r"\.lb(?![\w-])", part.strip()), part
    fragment = html5lib.parseFragment(text, namespaceHTMLElements=False)
    assert {e.tag for e in fragment} == {"style", "script", "article"}
    entries = {i.id for i in awkward().items}
    for element in fragment.iter():
        assert all(re.match("lb(-|$)", c) for c in str(element.get("class", "")).split())
        assert element.get("id") is None or element.get("id") in entries or element.get("id", "").startswith("lb:")  # fmt: skip


def test_fifty_entries_weigh_little() -> None:
    """At most 30 KB as they are sent. The text is not repeated, as it would be in a sample."""
    import gzip
    import random

    chance = random.Random(1)
    words = [
        "".join(chance.choices("aeioubcdfgklmnprst", k=chance.randint(2, 9))) for _ in range(900)
    ]
    body = lambda: " ".join(chance.choices(words, weights=range(900, 0, -1), k=55)) + "."  # noqa: E731 - once
    items = [item(f"e{n:02}", n, headline=" ".join(chance.choices(words, k=6)), body=body()) for n in range(50)]  # fmt: skip
    assert len(gzip.compress(rendered("html", blog_of(*items)).encode())) <= 30_000
