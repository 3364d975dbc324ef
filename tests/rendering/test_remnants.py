"""Readers choose entries on the page: those that are shown keep their day and the boxes that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from browser import dumped, needs_chromium
from feeds import URL, blog_of, item, rendered
from hypothesis import given
from hypothesis import strategies as st

from liveblog_cli.edition.edition import Edition, Item
from liveblog_cli.model.values import Note, Source

WARNING = Note(
    id="parties", title="Parties", text="Not checked.", applies_to=("party-to-conflict",)
)
PARTY = (Source(name="KCNA", kind="party-to-conflict"),)


def on(name: str, day: int, *tags: str, **fields: object) -> Item:
    """An entry so many days ago."""
    found = item(name)
    time = found.time - timedelta(days=day)
    return item(name, tags=tags, time=time, updated=time, headline=name, **fields)


NEWS = blog_of(
    on("aa", 0, "seoul", sources=PARTY, notes=(WARNING,)),
    on("bb", 0, "kursk", sources=PARTY),
    on("cc", 1, "seoul"),
    on("dd", 1, "kursk"),
    on("ee", 2, "seoul"),
)


def entries(page: str) -> Iterator[Element]:
    document = html5lib.parse(page, namespaceHTMLElements=False)
    return (e for e in document.iter("li") if "lb-entry" in e.get("class", ""))


def visible(page: str, mark: str) -> list[str]:
    """Days, boxes and entries that the style rules leave of a page, from above."""
    found = []
    for entry in entries(page):
        chosen = not mark or mark in entry.get("data-lb", "").split()
        for child in entry:
            if chosen or mark in child.get("data-lb", "").split():
                kind = child.get("class", "")
                said = "".join(child.itertext()).strip() if kind == "lb-day" else entry.get("id")
                found += [f"{kind} {said}"] if kind in ("lb-day", "lb-time") else []
                found += ["lb-box"] if kind == "lb-box" else []
    return found


def test_the_day_stays_where_its_first_entry_is_hidden() -> None:
    days = [line for line in visible(rendered("html", NEWS), "tag-kursk") if "day" in line]
    assert days == ["lb-day Tuesday, November 12, 2024", "lb-day Monday, November 11, 2024"]


def test_a_day_without_any_chosen_entry_goes() -> None:
    assert "Sunday" not in "".join(visible(rendered("html", NEWS), "tag-kursk"))


def test_a_box_stays_where_the_entry_that_carries_it_is_hidden() -> None:
    assert visible(rendered("html", NEWS), "tag-kursk").count("lb-box") == 1


def test_a_box_that_no_chosen_entry_needs_goes() -> None:
    shown = blog_of(*NEWS.items[:1], *NEWS.items[2:])
    assert "lb-box" not in visible(rendered("html", shown), "tag-kursk")


def test_a_box_that_a_chosen_entry_carries_itself_is_not_there_twice() -> None:
    named = on("bb", 0, "kursk", sources=PARTY, notes=(WARNING,))
    shown = blog_of(NEWS.items[0], named, *NEWS.items[2:])
    assert visible(rendered("html", shown), "tag-kursk").count("lb-box") == 1


def test_where_nothing_need_stay_the_rule_is_the_short_one() -> None:
    page = rendered("html", blog_of(on("aa", 0, "kursk"), on("bb", 0, "seoul")))
    assert ':not([data-lb~="tag-kursk"]){display:none}' in page
    assert ':not(:has(>[data-lb~="tag-kursk"])){display:none}' not in page


def test_a_file_of_the_newest_entries_has_the_box_that_stood_with_an_older_one() -> None:
    old = on("zz", 3, sources=PARTY, notes=(WARNING,))
    shown = blog_of(on("aa", 0, sources=PARTY), old)
    for format in ("atom", "rss", "json", "ninjs", "md"):
        assert "Not checked." in rendered(format, shown, limit=1), format


ITEMS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sets(st.sampled_from("abc")), st.booleans(), st.booleans(), st.booleans()
    ),
    min_size=2,
    max_size=6,
)  # fmt: skip


def edition(rows: list[tuple[int, set[str], bool, bool, bool]]) -> Edition:
    """Entries, newest first; the box stands where it is named, else at the first that cites."""
    found = [
        on(
            f"e{n}",
            day,
            *sorted(tags),
            pinned=pinned,
            sources=PARTY if cites else (),
            notes=(WARNING,) if names and cites else (),
        )
        for n, (day, tags, pinned, cites, names) in enumerate(sorted(rows, key=lambda r: r[0]))
    ]
    whole = blog_of(*found, on("last", 3, sources=PARTY, notes=(WARNING,)))
    return blog_of(*whole.excerpt(found))


@given(ITEMS)
def test_a_choice_shows_the_days_and_boxes_of_a_page_of_those_entries_alone(
    rows: list[tuple[int, set[str], bool, bool, bool]],
) -> None:
    whole = edition(rows)
    page = rendered("html", whole)
    for tag in re.findall(r'<li id="lb:tag-(\w)">', page):
        chosen = [i for i in whole.items if tag in i.tags]
        alone = visible(rendered("html", blog_of(*whole.excerpt(chosen))), "")
        left = visible(page, f"tag-{tag}")
        assert [x for x in left if x != "lb-box"] == [x for x in alone if x != "lb-box"]
        assert ("lb-box" in left) == ("lb-box" in alone)


@pytest.mark.slow
@needs_chromium
def test_a_browser_shows_what_the_rules_leave(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(rendered("html", NEWS), "utf-8")
    script = (
        "const f=document.querySelector('iframe');f.onload=()=>{document.body.dataset.seen="
        "f.contentDocument.querySelector('.lb-entries').innerText.replace(/\\s+/g,' ')}"
    )
    (tmp_path / "all.html").write_text(
        f'<!DOCTYPE html><body><iframe width="900" height="900"></iframe><script>{script};'
        "f.src='page.html#lb:tag-kursk'</script>",
        "utf-8",
    )
    dom = dumped(tmp_path / "all.html", tmp_path / "profile")
    (seen,) = re.findall(r'data-seen="([^"]*)"', dom)
    order = ["November 12", "Parties", "bb", "November 11", "dd"]
    assert re.search(".*".join(order), seen), seen
    assert not re.search("aa|cc|ee|November 10", seen), seen
    assert URL not in seen
