"""RSS 2.0 by the RSS Advisory Board's best practices profile (rssboard.org/rss-profile).

Permalinks are the guids, names of people go into `dc:creator`, the HTML into `content:encoded`
behind a plain `description`, pictures into Media RSS and one of them into `enclosure`.
"""

from __future__ import annotations

from markupsafe import escape

from liveblog_cli.edition.attachments import find_media_type, list_attachments
from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.rendering.feed_html import FeedHtml
from liveblog_cli.rendering.feed_xml import (
    Element,
    add,
    format_rfc822,
    make_unambiguous,
    write_document,
)
from liveblog_cli.rendering.settings import Settings, find_address
from liveblog_cli.text.markdown import cut_words
from liveblog_cli.text.urls import to_web_url

FILENAME = "feed.xml"
MEDIA_TYPE = "application/rss+xml"
LIMIT = 50
"""Items, where `settings.limit` does not say otherwise."""

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
_LIVE_MINUTES, _ENDED_MINUTES = 1, 1440


def render(edition: Edition, settings: Settings) -> str:
    """The newest items, 50 by default."""
    root = Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = add(root, "channel")
    _add_head(channel, edition, find_address(edition, settings.beside.get("rss", FILENAME)))
    html = FeedHtml(edition)
    limit = LIMIT if settings.limit is None else settings.limit
    for item in edition.excerpt(edition.items[:limit]):
        _add_item(add(channel, "item"), item, html)
    return write_document(root)


def _add_head(channel: Element, edition: Edition, own: str) -> None:
    add(channel, "title", make_unambiguous(edition.title))
    add(channel, "link", edition.base)
    add(channel, "description", make_unambiguous(edition.description or edition.title))
    add(channel, "language", edition.language)
    add(channel, "lastBuildDate", format_rfc822(edition.updated))
    add(channel, "generator", "liveblog")
    add(channel, "docs", "https://www.rssboard.org/rss-specification")
    add(channel, "ttl", str(_ENDED_MINUTES if edition.ended else _LIVE_MINUTES))
    logo = to_web_url(edition.publisher.logo) if edition.publisher else ""
    if logo.lower().endswith((".png", ".gif", ".jpg", ".jpeg")):
        image = add(channel, "image")
        add(image, "url", logo)
        add(image, "title", make_unambiguous(edition.title))
        add(image, "link", edition.base)
    if own:
        add(channel, "atom:link", href=own, rel="self", type=MEDIA_TYPE)


def _add_item(element: Element, item: Item, html: FeedHtml) -> None:
    if item.title:
        add(element, "title", make_unambiguous(item.title))
    url = to_web_url(item.permalink)
    if url:
        add(element, "link", url)
    add(element, "guid", item.permalink, isPermaLink="true" if url else "false")
    add(element, "pubDate", format_rfc822(item.time))
    if item.updated != item.time:
        add(element, "dcterms:modified", item.updated.isoformat())
    for author in item.authors:
        add(element, "dc:creator", author)
    for tag in item.tags:
        add(element, "category", tag)
    add(element, "description", str(escape(cut_words(item.text, 280) or item.title)))
    if content := str(html.content(item)):
        add(element, "content:encoded", content)
    _add_media(element, list_attachments(item))


def _add_media(element: Element, pictures: list[Picture]) -> None:
    for picture in pictures:
        medium = add(
            element,
            "media:content",
            url=to_web_url(picture.url),
            type=find_media_type(picture),
            medium="image",
            fileSize=picture.length,
            width=picture.width,
            height=picture.height,
        )
        if picture.caption or picture.alt:
            add(medium, "media:description", picture.caption or picture.alt, type="plain")
        if picture.credit:
            add(medium, "media:credit", picture.credit)
    first = next((p for p in pictures if find_media_type(p)), None)
    if first is not None:
        enclosure = add(
            element, "enclosure", url=to_web_url(first.url), type=find_media_type(first)
        )
        enclosure.set("length", str(first.length))  # 0 where it is not known (profile, enclosure)
