"""A news sitemap (sitemaps.org 0.9 with Google's news extension), with the one page of the blog.

Entries are parts of that page and have no pages of their own, so there is one `<url>`. The news extension is for
pages of the last two days; an older blog is listed without it. A blog without an address has no page to list.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from liveblog_cli.edition.edition import Edition
from liveblog_cli.rendering.feed_xml import Element, add, write_document
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.urls import to_web_url

FILENAME = "news-sitemap.xml"
MEDIA_TYPE = "application/xml"
FRESH = timedelta(days=2)

_NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def render(edition: Edition, settings: Settings) -> str:
    """The sitemap. `settings` have no effect on it."""
    root = Element("urlset", _NAMESPACES)
    page = to_web_url(edition.url)
    if page:
        url = add(root, "url")
        add(url, "loc", page)
        add(url, "lastmod", edition.updated.isoformat(timespec="seconds"))
        if edition.now - edition.started <= FRESH:
            _add_news(add(url, "news:news"), edition, page)
    return write_document(root)


def _add_news(news: Element, edition: Edition, page: str) -> None:
    publication = add(news, "news:publication")
    name = edition.publisher.name if edition.publisher else urlsplit(page).hostname
    add(publication, "news:name", name or page)
    add(publication, "news:language", _find_language(edition.language))
    add(news, "news:publication_date", edition.started.isoformat(timespec="seconds"))
    add(news, "news:title", edition.title)


def _find_language(tag: str) -> str:
    """The language without region (ISO 639); for Chinese, the script in the form of the extension."""
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return "zh-tw" if {"tw", "hant", "hk"}.intersection(rest) else "zh-cn"
