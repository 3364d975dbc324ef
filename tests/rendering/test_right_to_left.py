"""Pages in every language, as a real browser lays them out: from the right, from the left, wide and narrow."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from browser import dumped, needs_chromium
from feeds import BERLIN, blog_of, item, rendered

from liveblog_cli.edition.edition import Item, PublicCorrection
from liveblog_cli.edition.words import list_catalogues
from liveblog_cli.model.values import Source
from liveblog_cli.text.languages import find_direction

pytestmark = [pytest.mark.slow, needs_chromium]

PHONE, DESK = 390, 1100
LANGUAGES = sorted([*list_catalogues(), "ar-EG", "es-MX", "fa-AF", "ps", "sw", "ur"])
MEASURE = """
const box = e => e.getBoundingClientRect()
const ink = e => { const range = document.createRange(); range.selectNodeContents(e); return box(range) }
const letters = e => {
  const found = [], walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) for (let n = 0; n < walk.currentNode.length; n++) {
    const range = document.createRange()
    range.setStart(walk.currentNode, n); range.setEnd(walk.currentNode, n + 1)
    found.push([range.toString(), box(range).left])
  }
  return found.filter(([c]) => c.trim()).sort((a, b) => a[1] - b[1]).map(([c]) => c).join("")
}
const all = s => [...document.querySelectorAll(s)], text = s => all(s).map(letters)
addEventListener("load", () => {
  const entry = document.querySelector("li.lb-entry")
  parent.document.body.dataset[frameElement.id] = JSON.stringify({
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    time: box(entry.querySelector("time")).left, heading: box(entry.querySelector("h2")).left,
    dates: all(".lb-events li").map(e => [ink(e.querySelector("time")), ink(e.querySelector("a"))])
      .map(([t, a]) => t.left < a.left ? a.left - t.right : t.left - a.right),
    stand: text(".lb-stand"), clock: text(".lb-time time"), code: text("code"), names: text(".lb-sources a"),
    plain: text(".lb-sources span:not([lang])"), remarks: text(".lb-sources [lang]"),
    numbers: all(".lb-entry ol").map(e => getComputedStyle(e).listStyleType),
    spacing: getComputedStyle(document.querySelector(".lb-kicker")).letterSpacing,
  })
})
"""


Seen = dict[tuple[str, int], dict[str, Any]]


def months() -> Iterator[Item]:
    """A key event on the last days of each month, after one entry of everything that a line may hold."""
    sources = (
        Source(name="@port!", url="https://x.example/", kind="social", verified=False),
        Source(name="C++ (Wien)"),
    )
    told = (
        PublicCorrection(kind="correction", at=datetime(2024, 12, 31, 12, tzinfo=BERLIN), note="١"),
    )
    yield item("aa", headline="H", body="`--status`\n\n1. x", sources=sources, corrections=told)
    for month in range(12, 0, -1):
        time = datetime(2024, month, 28, 22, 58, tzinfo=BERLIN)
        yield item(f"m{month}", time=time, updated=time, headline="H" * 9, key=True)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What a browser measures of each page, by language and width in pixels."""
    folder = tmp_path_factory.mktemp("pages")
    frames = []
    for language in LANGUAGES:
        page = rendered("html", blog_of(*months(), language=language, kicker="K"))
        page = page.replace("</head>", f"<script>{MEASURE}</script></head>")
        (folder / f"{language}.html").write_text(page, "utf-8")
        for width in (PHONE, DESK):
            name = f"{language.lower().replace('-', '_')}_{width}"
            size = f'style="width:{width}px;height:999px"'
            frames.append(f'<iframe id="{name}" {size} src="{language}.html"></iframe>')
    (folder / "all.html").write_text(f"<!DOCTYPE html><body>{''.join(frames)}", "utf-8")
    dom = dumped(folder / "all.html", folder / "profile")
    found = {
        name: json.loads(html.unescape(value))
        for name, value in re.findall(r'data-(\w+)="([^"]*)"', dom.partition("<iframe")[0])
    }
    return {
        (language, width): found[f"{language.lower().replace('-', '_')}_{width}"]
        for language in LANGUAGES
        for width in (PHONE, DESK)
    }


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_of_a_page(seen: Seen, language: str, width: int) -> None:
    assert seen[language, width]["over"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_date_runs_into_its_headline_in_any_month(seen: Seen, language: str) -> None:
    gaps = seen[language, DESK]["dates"]
    assert len(gaps) == 12
    assert min(gaps) > 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_stands_on_the_side_where_reading_begins(seen: Seen, language: str) -> None:
    measured = seen[language, DESK]
    from_the_right = measured["time"] > measured["heading"]
    assert from_the_right == (find_direction(language) == "rtl")


@pytest.mark.parametrize("language", ["ps", "ur"])
def test_english_words_run_from_the_left_on_a_page_from_the_right(
    seen: Seen, language: str
) -> None:
    """Letters as they stand, from the left: "Updated: Nov 12", not "Nov 12 :Updated"."""
    measured = seen[language, DESK]
    assert measured["stand"] == ["Updated:Nov12,2024,10:30AM"]
    assert measured["clock"][0] == "10:00AM"
    assert measured["remarks"] == ["Sources", "socialmedia,notindependentlyverified"]


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur"])
def test_what_is_latin_runs_from_the_left_on_a_page_from_the_right(
    seen: Seen, language: str
) -> None:
    """Also where it begins or ends with signs that run either way: code, names of sources."""
    measured = seen[language, DESK]
    assert measured["code"] == ["--status"]
    assert measured["names"] == ["@port!"]
    assert measured["plain"] == ["C++(Wien)"]


@pytest.mark.parametrize(
    ("language", "style"),
    [("fa", "persian"), ("ar-EG", "arabic-indic"), ("ar", "decimal"), ("ur", "decimal")],
)
def test_a_numbered_list_counts_in_the_digits_of_the_dates(
    seen: Seen, language: str, style: str
) -> None:
    assert seen[language, DESK]["numbers"] == [style]


def test_joined_letters_are_not_spaced_apart(seen: Seen) -> None:
    assert seen["ar", DESK]["spacing"] == "normal"
    assert seen["de", DESK]["spacing"] != "normal"
