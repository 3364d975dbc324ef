"""What the tests of feeds share: the awkward blog, as readers may see it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree
from msgspec.structs import replace

from liveblog_cli.edition.edition import Edition, Item
from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.formats import find_format, list_names
from liveblog_cli.model.values import Blog
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.storage import codec
from liveblog_cli.storage.scanner import scan

AWKWARD = Path(__file__).parents[1] / "awkward" / "liveblog.toml"
URL = "https://news.example/live/awkward"
NOW = datetime(2024, 11, 12, 7, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
FEEDS = tuple(name for name in list_names() if name != "html")
"""Every format but the page: a new one is tried by the tests of all of them."""


def awkward_blog(url: str = URL) -> Blog:
    """The blog file of everything that ever went wrong."""
    blog, problems = codec.load(scan(AWKWARD.read_text(encoding="utf-8")))
    assert not problems
    return replace(blog, url=url)


def awkward(url: str = URL) -> Edition:
    """That blog on the morning after."""
    return make_edition(awkward_blog(url), NOW)


def rendered(format: str, shown: Edition, **settings: Any) -> str:
    """One export."""
    return find_format(format).render(shown, Settings(**settings))


def item(name: str = "abcde", minute: int = 0, **fields: Any) -> Item:
    """An entry of ten o'clock."""
    time = datetime(2024, 11, 12, 10, minute, tzinfo=BERLIN)
    given = {"permalink": f"{URL}#{name}", "time": time, "updated": time, **fields}
    return Item(**{"id": name, **given})


def blog_of(*items: Item, **fields: Any) -> Edition:
    """An edition of these items in English."""
    time = datetime(2024, 11, 12, 10, 30, tzinfo=BERLIN)
    head = {"title": "Harbour", "language": "en", "zone": BERLIN, "base": URL, "url": URL}
    times = {"now": time, "updated": time, "started": time}
    return Edition(items=items, **{**head, **times, "authors": ("Desk",), **fields})


def bodies(format: str, text: str) -> list[str]:
    """The HTML of each entry of a feed."""
    if format == "json":
        import json

        return [i["content_html"] for i in json.loads(text)["items"]]
    root: Any = etree.fromstring(text.encode())
    tag = {"rss": "{http://purl.org/rss/1.0/modules/content/}encoded"}.get(
        format, "{http://www.w3.org/2005/Atom}content"
    )
    return [e.text or "" for e in root.iter(tag)]
