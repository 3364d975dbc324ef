"""A filtered export is a document of its own: its id and title are not those of the whole blog."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import feedparser
import pytest
from feeds import URL, blog_of, item, rendered
from lxml import etree
from msgspec.structs import replace
from reporter import Reporter

from liveblog_cli.edition.edition import Edition
from liveblog_cli.edition.selection import name_selection
from liveblog_cli.formats import list_names
from liveblog_cli.model.values import Source

FORMATS = list_names()
FILTERS: list[dict[str, Any]] = [
    {},
    {"tags": ["kursk"]},
    {"tags": ["kursk", "front"]},
    {"authors": ["Ada"]},
    {"sources": ["KCNA"]},
    {"key": True},
    {"grep": "fire"},
    {"grep": "fire", "ignore_case": True},
    {"since": "8h"},
    {"until": "8h"},
    {"since": "14:05"},
    {"since": "yesterday 14:05"},
    {"since": "2024-11-12T14:05:00+01:00"},
]


def part(**picked: Any) -> Edition:
    fields: dict[str, Any] = {"tags": ("Kursk", "front"), "authors": ("Ada", "Ben")}
    shown = blog_of(item("aa", body="A fire.", sources=(Source(name="KCNA Watch"),), **fields))
    return name_selection(shown, picked)


def test_every_filter_has_an_id_and_a_title_of_its_own() -> None:
    shown = [part(**picked) for picked in FILTERS]
    assert len({s.id for s in shown}) == len(FILTERS)
    titles = {s.title for s in shown}
    assert len(titles) == len(FILTERS) - 1  # --ignore-case does not show
    assert all(t.startswith("Harbour") for t in titles)


def test_an_id_is_the_blogs_with_a_fragment_that_no_entry_has() -> None:
    assert re.fullmatch(rf"{URL}#lb:part-[0-9a-f]{{16}}", part(tags=["Kursk"]).id)


def test_the_same_filter_has_the_same_id_however_it_is_typed() -> None:
    options = [("tags", ["KURSK", "front"]), ("authors", ["ada", "Ben"]), ("key", True), ("since", "2h")]  # fmt: skip
    again = {"tags": ["front", "kursk", "Front"], "authors": ["Ben", "Ada"]}
    parts = [part(**dict(order)) for order in itertools.permutations(options)]
    parts += [part(**(dict(order) | again)) for order in itertools.permutations(options)]
    assert len({(p.id, p.title) for p in parts}) == 1


@pytest.mark.parametrize(
    "same",
    [
        ["2h", "120 min", "-2h", "2 hours ago"],
        ["14:05", "today 14:05", "14.05", "at 14:05"],
        ["2024-11-12T13:05:00Z", "2024-11-12 14:05", "12.11.2024 14:05", "12 Nov 2024 14:05"],
    ],
)
def test_a_time_is_the_same_in_whatever_words(same: list[str]) -> None:
    assert len({part(since=text).id for text in same}) == 1


@pytest.mark.parametrize(
    ("picked", "title"),
    [
        ({"tags": ["kursk", "FRONT"]}, "front, Kursk"),
        ({"authors": ["ben"], "tags": ["kursk"]}, "Kursk · Ben"),
        ({"sources": ["kcna"]}, "KCNA"),
        ({"grep": "Fire"}, "“Fire”"),
        ({"since": "8h", "key": True}, "Nur das Wichtigste · 8h –"),
        ({"until": "2024-11-12 14:05"}, "– 12.11.2024, 14:05 Uhr"),
    ],
)
def test_the_title_says_what_was_asked_for_in_the_blogs_language_and_spelling(
    picked: dict[str, Any], title: str
) -> None:
    german = replace(part(), language="de")
    assert name_selection(german, picked).title == f"Harbour: {title}"


@pytest.mark.parametrize(
    "picked",
    [
        {"tags": ["secret"]},
        {"authors": ["Secret"]},
        {"sources": ["secret"]},
        {"grep": "fire|secret"},
        {"grep": "secret"},
        {"grep": "a\x1b[31m"},
    ],
)
def test_a_word_that_readers_do_not_meet_is_in_no_title_and_no_id(picked: dict[str, Any]) -> None:
    """It may be the name in a draft by which somebody filters."""
    shown = part(**picked)
    assert re.fullmatch(r"Harbour: #[0-9a-f]{6}", shown.title)
    assert "secret" not in repr(shown).lower()


def text_of(format: str, shown: Edition) -> str:
    return rendered(format, shown, beside={format: "own.file"})


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_gives_a_part_the_title_of_the_whole(format: str) -> None:
    assert "Harbour: Kursk" in text_of(format, part(tags=["kursk"]))


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("atom", "<id>{}</id>"),
        ("json", '"id": "{}"'),
        ("ninjs", '"uri": "{}"'),
        ("html", '"@id":"{}"'),
    ],
)
def test_where_a_format_has_an_id_it_is_the_parts_own(format: str, said: str) -> None:
    whole, selected = text_of(format, part()), text_of(format, part(tags=["kursk"]))
    assert said.format(URL) in whole
    assert said.format(URL) not in selected
    assert said.format(part(tags=["kursk"]).id) in selected


def test_entries_keep_their_ids_in_a_part() -> None:
    ids = [
        [e.id for e in feedparser.parse(text_of("atom", s)).entries]
        for s in (part(), part(tags=["kursk"]))
    ]
    assert ids[0] == ids[1] == [f"{URL}#aa"]


@pytest.mark.parametrize(
    ("format", "said"), [("atom", "<name>{}</name>"), ("html", 'site_name" content="{}"')]
)
def test_who_publishes_a_part_is_who_publishes_the_whole(format: str, said: str) -> None:
    """Where no publisher and no author is known, the blog's own title stands for them."""
    shown = name_selection(
        replace(blog_of(item("aa", tags=("x",)), authors=()), selection=None), {"key": True}
    )
    assert said.format("Harbour") in text_of(format, shown)


def exported(reporter: Reporter, *words: str) -> dict[str, bytes]:
    out = reporter.folder / "out"
    reporter.done("export", *words, "-o", "out/")
    return {p.name: p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.fixture
def fire(reporter: Reporter) -> Reporter:
    """A blog that stands on the web."""
    reporter.done("set", "--url", "https://news.example/fire")
    reporter.done("add", "News", "--tag", "Kursk")
    return reporter


def self_links(files: dict[str, bytes]) -> list[str | None]:
    atom = etree.fromstring(files["atom.xml"])
    rss = etree.fromstring(files["feed.xml"])
    links = atom.findall("{*}link[@rel='self']") + rss.findall("channel/{*}link[@rel='self']")
    return [e.get("href") for e in links] + [json.loads(files["feed.json"]).get("feed_url")]


def test_a_part_does_not_give_out_the_address_of_the_whole_feed_as_its_own(fire: Reporter) -> None:
    """Readers subscribe to that address, and would get the whole blog."""
    base = "https://news.example/fire"
    whole = exported(fire)
    assert self_links(whole) == [f"{base}/atom.xml", f"{base}/feed.xml", f"{base}/feed.json"]
    assert self_links(exported(fire, "--tag", "kursk")) == [None]
    page = exported(fire, "--tag", "kursk")["index.html"].decode()
    assert 'title="Atom" href="atom.xml"' in page


def test_a_part_with_an_address_or_a_file_name_of_its_own_names_that(fire: Reporter) -> None:
    own = "https://news.example/kursk"
    files = exported(fire, "--tag", "kursk", "--url", own)
    assert self_links(files) == [f"{own}/atom.xml", f"{own}/feed.xml", f"{own}/feed.json"]
    fire.done("export", "atom", "--tag", "kursk", "-o", "kursk.xml")
    feed = feedparser.parse((fire.folder / "kursk.xml").read_bytes())
    assert feed.feed.id.startswith("https://news.example/fire#lb:part-")
    links = [e["href"] for e in feed.feed.links if e["rel"] == "self"]
    assert links == ["https://news.example/fire/kursk.xml"]


def test_a_blog_without_an_address_has_parts_with_ids_too(reporter: Reporter) -> None:
    reporter.done("add", "News", "--tag", "Kursk")
    text = reporter.done("export", "atom", "--tag", "kursk", "-o", "-").out
    assert feedparser.parse(text).feed.id.startswith(f"{reporter.data()['id']}#lb:part-")


def test_limits_and_moments_are_no_parts(fire: Reporter) -> None:
    """A feed is a window on the newest entries anyway, and an older state is one of the same feed."""
    fire.at("2024-11-12T15:00:00+01:00")
    for words in (["--limit", "1"], ["--as-of", "1m"], ["--now", "2024-11-12T16:00:00+01:00"]):
        feed = feedparser.parse(fire.done("export", "atom", *words, "-o", "-").out)
        assert (feed.feed.id, feed.feed.title) == ("https://news.example/fire", "Sturm")


def test_the_preview_of_a_filtered_page_keeps_the_blogs_title(fire: Reporter) -> None:
    assert fire.done("show", "--tag", "kursk").out.startswith("Sturm\n")
