"""JSON Feed 1.1 (jsonfeed.org/version/1.1), lossless for what readers may see (docs/exports.md)."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from liveblog_cli.edition.attachments import find_media_type, list_attachments
from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.model.values import Publisher, Source
from liveblog_cli.rendering.feed_html import FeedHtml
from liveblog_cli.rendering.json_feed import (
    VERSION,
    Attachment,
    Author,
    Box,
    Correction,
    Feed,
    FeedExtension,
    FeedItem,
    ItemExtension,
    Medium,
    Size,
)
from liveblog_cli.rendering.settings import Settings, find_address
from liveblog_cli.text.markdown import to_html
from liveblog_cli.text.urls import to_web_url

FILENAME = "feed.json"
MEDIA_TYPE = "application/feed+json"
_NO_TEXT = "<p></p>\n"
"""The HTML of a note without a text: the schema promises that the field is not empty."""


def render(edition: Edition, settings: Settings) -> str:
    """The feed, newest item first; all of them unless `settings.limit` says otherwise."""
    html = FeedHtml(edition)
    items = edition.excerpt(edition.items[: settings.limit])
    logo = edition.publisher.logo if edition.publisher else ""
    feed = Feed(
        version=VERSION,
        title=edition.title,
        home_page_url=to_web_url(edition.url),
        feed_url=find_address(edition, settings.beside.get("json", FILENAME)),
        description=edition.description,
        icon=to_web_url(logo),
        authors=_make_authors(edition.authors),
        language=edition.language,
        expired=edition.ended is not None,
        extension=_make_feed_extension(edition, html),
        items=[_make_item(item, html) for item in items],
    )
    return msgspec.json.format(msgspec.json.encode(feed), indent=1).decode() + "\n"


def _make_item(item: Item, html: FeedHtml) -> FeedItem:
    pictures = list_attachments(item)
    return FeedItem(
        id=item.permalink,
        url=to_web_url(item.permalink),
        title=item.title,
        content_html=str(html.body(item)),
        image=to_web_url(pictures[0].url) if pictures else "",
        date_published=item.time,
        date_modified=item.updated if item.updated != item.time else None,
        authors=_make_authors(item.authors),
        tags=item.tags,
        attachments=tuple(_make_attachment(p) for p in pictures if find_media_type(p)),
        extension=_make_item_extension(item),
    )


def _make_item_extension(item: Item) -> ItemExtension:
    return ItemExtension(
        id=item.id,
        headline=item.headline,
        markdown=item.body,
        label=item.label,
        key=item.key,
        pinned=item.pinned,
        sources=tuple(_clean_source(s) for s in item.sources),
        notes=tuple(n.id for n in item.notes),
        media=tuple(_make_medium(m) for m in item.media),
        corrections=tuple(
            Correction(kind=c.kind, date=c.at, text=c.note) for c in item.corrections
        ),
    )


def _make_feed_extension(edition: Edition, html: FeedHtml) -> FeedExtension:
    notes = {n.id: n for i in edition.items for n in i.notes}
    return FeedExtension(
        timezone=edition.zone.key,
        started=edition.started,
        updated=edition.updated,
        id=edition.id,
        kicker=edition.kicker,
        summary=edition.summary,
        summary_html=str(html.markdown(edition.summary_html)),
        ended=edition.ended,
        closing=edition.closing,
        previous=to_web_url(edition.previous),
        next=to_web_url(edition.next),
        publisher=_clean_publisher(edition.publisher),
        notes=tuple(
            Box(
                id=n.id,
                title=n.title,
                markdown=n.text,
                content_html=str(html.markdown(to_html(n.text))) or _NO_TEXT,
            )
            for n in notes.values()
        ),
    )


def _clean_source(source: Source) -> Source:
    return (
        source
        if to_web_url(source.url) == source.url
        else replace(source, url=to_web_url(source.url))
    )


def _clean_publisher(publisher: Publisher | None) -> Publisher | None:
    if publisher is None:
        return None
    return replace(publisher, url=to_web_url(publisher.url), logo=to_web_url(publisher.logo))


def _make_authors(names: tuple[str, ...]) -> tuple[Author, ...]:
    return tuple(Author(name=n) for n in names)


def _make_attachment(picture: Picture) -> Attachment:
    return Attachment(
        url=to_web_url(picture.url),
        mime_type=find_media_type(picture),
        title=picture.caption or picture.alt,
        size_in_bytes=picture.length,
    )


def _make_medium(picture: Picture) -> Medium:
    return Medium(
        url=to_web_url(picture.url),
        src=picture.src if to_web_url(picture.src) == "" else "",
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        width=picture.width,
        height=picture.height,
        mime_type=find_media_type(picture),
        link=not picture.is_image,
        sizes=tuple(Size(src=src, width=width) for src, width in picture.sizes),
    )
