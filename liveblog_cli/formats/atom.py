"""Atom (RFC 4287) with tombstones for retracted entries (RFC 6721)."""

from __future__ import annotations

from liveblog_cli.edition.attachments import find_media_type, list_attachments
from liveblog_cli.edition.edition import Edition, Item
from liveblog_cli.rendering.feed_html import FeedHtml
from liveblog_cli.rendering.feed_xml import Element, add, write_document
from liveblog_cli.rendering.settings import Settings, find_address
from liveblog_cli.text.urls import to_web_url

FILENAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"
LIMIT = 50
"""Entries, and tombstones, where `settings.limit` does not say otherwise."""

_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
}


def render(edition: Edition, settings: Settings) -> str:
    """The newest entries, 50 by default."""
    root = Element("feed", {**_NAMESPACES, "xml:lang": edition.language})
    _add_head(root, edition, find_address(edition, settings.beside.get("atom", FILENAME)))
    html = FeedHtml(edition)
    limit = LIMIT if settings.limit is None else settings.limit
    for item in edition.excerpt(edition.items[:limit]):
        _add_entry(add(root, "entry"), item, html)
    newest = sorted(edition.tombstones, key=lambda t: t[1], reverse=True)
    for permalink, when in newest[:limit]:
        add(root, "at:deleted-entry", ref=permalink, when=when.isoformat(timespec="seconds"))
    return write_document(root)


def _add_head(root: Element, edition: Edition, own: str) -> None:
    add(root, "id", edition.id)
    add(root, "title", edition.title)
    if edition.description:
        add(root, "subtitle", edition.description)
    add(root, "updated", edition.updated.isoformat(timespec="seconds"))
    if edition.url:
        add(root, "link", rel="alternate", type="text/html", href=edition.url)
    if own:
        add(root, "link", rel="self", type=MEDIA_TYPE, href=own)
    publisher = (edition.publisher.name,) if edition.publisher else (edition.blog_title,)
    _add_authors(
        root, edition.authors or publisher
    )  # RFC 4287, 4.1.1: a feed or each entry has one
    logo = to_web_url(edition.publisher.logo) if edition.publisher else ""
    if logo:
        add(root, "logo", logo)
    add(root, "generator", "liveblog")


def _add_entry(element: Element, item: Item, html: FeedHtml) -> None:
    add(element, "id", item.permalink)
    add(element, "title", item.title or item.time.isoformat(sep=" ", timespec="minutes"))
    add(element, "published", item.time.isoformat())
    add(element, "updated", item.updated.isoformat())
    url = to_web_url(item.permalink)
    if url:
        add(element, "link", rel="alternate", type="text/html", href=url)
    _add_authors(element, item.authors)
    for tag in item.tags:
        add(element, "category", term=tag)
    for picture in list_attachments(item):
        add(
            element,
            "link",
            rel="enclosure",
            href=to_web_url(picture.url),
            type=find_media_type(picture),
            length=picture.length,
            title=picture.caption or picture.alt,
        )
    add(element, "content", str(html.content(item)), type="html")


def _add_authors(element: Element, names: tuple[str, ...]) -> None:
    for name in names:
        add(add(element, "author"), "name", name)
