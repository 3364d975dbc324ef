"""Which entries `list`, `show` and `export` mean."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.model import filters
from liveblog_cli.model.values import Added, Blog, Change, Entry, Media, Source

NOW = datetime(2024, 11, 12, 12, 0, tzinfo=timezone(timedelta(hours=1)))


def entry(name: str, hours_ago: float = 1, **fields: Any) -> Entry:
    fields.setdefault("headline", name)
    return Entry(id=name, time=NOW - timedelta(hours=hours_ago), **fields)


BLOG = Blog(
    title="t",
    timezone="Europe/Berlin",
    authors=("Desk",),
    entries=(
        entry("kursk", 5, headline="Fighting near Kursk", tags=("Kursk", "front"), key=True),
        entry("seoul", 4, body="Seoul confirms\nthe talks", authors=("Ana",), label="Analysis"),
        entry("kcna", 3, sources=(Source(name="KCNA agency"),), pinned=True),
        entry("photo", 2, media=(Media(file="a.png", alt="A Bridge"),), status="draft"),
        entry("gone", 1, status="retracted", tags=("front",)),
        entry("later", -1),
    ),
)


def found(**given: Any) -> list[str]:
    only = filters.parse_filter(BLOG, NOW, **given)
    return [e.id for e in BLOG.entries if only.matches(e)]


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({}, ["kursk", "seoul", "kcna", "photo", "gone", "later"]),
        ({"grep": "Kursk|talks"}, ["kursk", "seoul"]),
        ({"grep": "^the"}, ["seoul"]),
        ({"grep": "bridge"}, []),
        ({"grep": "bridge", "ignore_case": True}, ["photo"]),
        ({"tags": ["FRONT"]}, ["kursk", "gone"]),
        ({"tags": ["front", "x"], "statuses": ["published"]}, ["kursk"]),
        ({"authors": ["ana"]}, ["seoul"]),
        ({"authors": ["desk"], "key": True}, ["kursk"]),
        ({"sources": ["kcna"]}, ["kcna"]),
        ({"labels": ["analysis"]}, ["seoul"]),
        ({"statuses": ["draft", "scheduled"]}, ["photo", "later"]),
        ({"pinned": True}, ["kcna"]),
        ({"pinned": False, "until": "08:30"}, ["kursk", "seoul"]),
        ({"since": "2h"}, ["photo", "gone", "later"]),
        ({"since": "-2h", "until": "now"}, ["photo", "gone"]),
    ],
)
def test_what_is_asked_for_is_found(given: dict[str, Any], ids: list[str]) -> None:
    assert found(**given) == ids


def test_a_broken_expression_is_wrong_usage_that_names_it() -> None:
    with pytest.raises(WrongUsage, match=r"--grep '\('"):
        found(grep="(")


def test_an_unknown_status_suggests_one() -> None:
    with pytest.raises(WrongUsage, match="did you mean 'draft'"):
        found(statuses=["drafts"])


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(LiveblogError, match="is not a time"):
        found(since="soonish")


def test_a_filtered_blog_begins_when_the_whole_one_does() -> None:
    only = filters.parse_filter(BLOG, NOW, tags=["none"])
    kept = filters.keep_matching(BLOG, only)
    assert kept.entries == ()
    assert kept.started == BLOG.entries[0].time


def test_orders() -> None:
    def ids(order: str | None) -> list[str]:
        return [e.id for e in filters.sort_entries(blog, order)]

    early, late = NOW - timedelta(days=2), NOW - timedelta(days=1)
    blog = Blog(
        title="t",
        entries=(
            entry("old", 3, added=Added(at=late), headline="b"),
            entry("new", 1, added=Added(at=early), headline="A", history=(Change(at=NOW),)),
        ),
    )
    assert ids(None) == ids("newest") == ["new", "old"]
    assert ids("oldest") == ["old", "new"]
    assert ids("added") == ["old", "new"]
    assert ids("changed") == ["new", "old"]
    assert ids("headline") == ["new", "old"]
    with pytest.raises(WrongUsage, match="did you mean 'added'"):
        ids("add")
