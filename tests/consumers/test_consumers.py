"""Text extractors find the examples' entries, titles, authors and dates. `make consumers` runs this.

The pages are the examples' committed exports, the facts to find come from their blog files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from liveblog_cli.edition.edition import Edition
from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.storage.blogfile import BlogFile

trafilatura = pytest.importorskip("trafilatura", reason="run by: make consumers")
newspaper = pytest.importorskip("newspaper", reason="run by: make consumers")
readability = pytest.importorskip("readability", reason="run by: make consumers")

EXAMPLES = Path(__file__).parents[2] / "examples"
BLOGS = ("ukraine", "moon-landing")
LATER = datetime(2030, 1, 1, tzinfo=UTC)

LOST_TO_POSITION = {("newspaper4k", "moon-landing"): 6}
"""newspaper4k takes up to 36 points from each of six paragraphs at three quarters of any page with
more than 15, whatever they say, and drops those that had fewer (`compute_gravity_scores`)."""

NO_DATE = {("trafilatura", "moon-landing")}
"""trafilatura takes no date before 1995 for one."""


class Found(NamedTuple):
    """What a consumer makes of a page."""

    title: str
    authors: str
    date: str
    text: str


def by_trafilatura(page: str, language: str) -> Found:
    from trafilatura.metadata import extract_metadata

    about = extract_metadata(page)
    text = trafilatura.extract(page, include_comments=False)
    return Found(about.title, about.author, about.date or "", text)


def by_newspaper(page: str, language: str) -> Found:
    article = newspaper.article("https://news.example/", input_html=page, language=language)
    date = article.publish_date.isoformat()
    return Found(article.title, "; ".join(article.authors), date, article.text)


def by_readability(page: str, language: str) -> Found:
    import lxml.html

    document = readability.Document(page)
    text = lxml.html.fromstring(document.summary()).text_content()
    # It has no notion of a date: the page says one in a meta element, which it leaves to its caller.
    found = re.search(r'"article:published_time" content="([^"]*)"', page)
    return Found(document.title(), document.author(), found[1] if found else "", text)


CONSUMERS: dict[str, Callable[[str, str], Found]] = {
    "trafilatura": by_trafilatura,
    "newspaper4k": by_newspaper,
    "readability-lxml": by_readability,
}

Case = tuple[str, str, Edition, Found]


@pytest.fixture(params=[(c, b) for b in BLOGS for c in CONSUMERS], ids="-".join)
def case(request: pytest.FixtureRequest) -> Case:
    consumer, blog = request.param
    shown = make_edition(BlogFile(EXAMPLES / blog / "liveblog.toml").read(), LATER)
    page = (EXAMPLES / blog / "public" / "index.html").read_text("utf-8")
    return consumer, blog, shown, CONSUMERS[consumer](page, shown.language)


def squashed(text: str) -> str:
    """Without blanks: consumers differ in where they put them."""
    return re.sub(r"\s+", "", text)


def missing(shown: Edition, text: str) -> Iterator[str]:
    """Headlines of the entries of which heading or text is not in `text`."""
    there = squashed(text)
    for item in shown.items:
        wanted = [item.title, *item.text.split("\n")]
        if not all(squashed(part) in there for part in wanted):
            yield item.title


def test_every_entrys_heading_and_text_is_found(case: Case) -> None:
    consumer, blog, shown, found = case
    lost = list(missing(shown, found.text))
    assert len(lost) <= LOST_TO_POSITION.get((consumer, blog), 0), lost


def test_title_authors_and_date_are_found(case: Case) -> None:
    consumer, blog, shown, found = case
    assert found.title == shown.title
    assert all(author in found.authors for author in shown.authors)
    if (consumer, blog) not in NO_DATE:
        assert found.date[:10] == shown.started.date().isoformat()


def test_the_table_for_people(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    """`pytest -s` shows what is found; the assertion is that there is text at all."""
    consumer, blog, shown, found = case
    whole = len(shown.items) - len(list(missing(shown, found.text)))
    row = f"{consumer:17} {blog:13} {whole:2}/{len(shown.items)} entries  "
    with capsys.disabled():
        print(f"\n{row} {found.authors} | {found.date[:10] or '-'} | {found.title[:40]}")  # noqa: T201 - the table is the point
    assert whole > 0
