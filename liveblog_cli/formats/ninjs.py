"""IPTC ninjs 3.1 (iptc.org/std/ninjs): the blog as a composite news object, its entries as
associations, their pictures as associations of theirs. A retracted entry is a canceled one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from liveblog_cli.edition.attachments import find_media_type
from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.model.values import Source
from liveblog_cli.rendering.feed_html import FeedHtml
from liveblog_cli.rendering.json_values import JsonObject, drop_empty, format_iso
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.urls import to_web_url

FILENAME = "ninjs.json"
MEDIA_TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def render(edition: Edition, settings: Settings) -> str:
    """The news object, entries newest first; all of them unless `settings.limit` says otherwise."""
    html = FeedHtml(edition)
    items = edition.excerpt(edition.items[: settings.limit])
    entries = [_make_entry(i, edition, html) for i in items]
    canceled = [_make_canceled(uri, when) for uri, when in edition.tombstones]
    blog = drop_empty(
        {
            "uri": edition.id,
            "standard": STANDARD,
            "type": "composite",
            "representationType": "full",
            "profile": "liveblog",
            "version": format_iso(edition.updated),
            "firstCreated": format_iso(edition.started),
            "versionCreated": format_iso(edition.updated),
            "pubStatus": "usable",
            "language": edition.language,
            "title": edition.title,
            "headlines": _list_texts(("kicker", edition.kicker), ("main", edition.title)),
            "descriptions": _list_texts(("summary", edition.description)),
            "by": ", ".join(edition.authors),
            "infoSources": _list_publisher(edition),
            "renditions": _make_page_rendition(edition.url),
            "associations": [*entries, *canceled],
        }
    )
    return msgspec.json.format(msgspec.json.encode(blog), indent=1).decode() + "\n"


def _make_entry(item: Item, edition: Edition, html: FeedHtml) -> JsonObject:
    return drop_empty(
        {
            "name": item.title or item.id,
            "rel": "entry",
            "uri": item.permalink,
            "type": "text",
            "representationType": "full",
            "version": format_iso(item.updated),
            "firstCreated": format_iso(item.time),
            "versionCreated": format_iso(item.updated),
            "pubStatus": "usable",
            "language": edition.language,
            "headlines": _list_texts(("main", item.headline)),
            "descriptions": _list_texts(*[(c.kind, c.note) for c in item.corrections]),
            "bodies": [_make_body(item, html)],
            "by": ", ".join(item.authors),
            "infoSources": [_make_source(s) for s in item.sources],
            "subjects": [{"name": tag} for tag in item.tags],
            "genres": [{"name": item.label}] if item.label else [],
            "altIds": [{"role": "liveblog", "value": item.id}],
            "renditions": _make_page_rendition(item.permalink),
            "associations": list(_list_pictures(item)),
        }
    )


def _make_body(item: Item, html: FeedHtml) -> JsonObject:
    return {"role": "main", "contentType": "text/html", "value": str(html.content(item))}


def _list_pictures(item: Item) -> Iterator[JsonObject]:
    for number, picture in enumerate(item.media, start=1):
        yield drop_empty(
            {
                "name": picture.caption or picture.alt or f"{item.id}-{number}",
                "rel": "media",
                "uri": to_web_url(picture.url) or f"{item.permalink}-{number}",
                "type": "picture" if picture.is_image else "component",
                "descriptions": _list_texts(("caption", picture.caption), ("alt", picture.alt)),
                "by": picture.credit,
                "renditions": _make_renditions(picture),
            }
        )


def _make_renditions(picture: Picture) -> list[JsonObject]:
    if not to_web_url(picture.url):
        return []
    return [
        drop_empty(
            {
                "name": "main",
                "href": to_web_url(picture.url),
                "contentType": find_media_type(picture),
                "width": picture.width,
                "height": picture.height,
                "sizeInBytes": picture.length,
            }
        )
    ]


def _make_page_rendition(address: str) -> list[JsonObject]:
    """The web page at an address, as a rendition."""
    return (
        [{"name": "web", "href": to_web_url(address), "contentType": "text/html"}]
        if to_web_url(address)
        else []
    )


def _make_canceled(uri: str, when: datetime) -> JsonObject:
    """A retracted entry: only its address and when it was retracted."""
    name = uri.rpartition("#")[2]
    return {
        "name": name,
        "uri": uri,
        "pubStatus": "canceled",
        "versionCreated": format_iso(when),
    }


def _make_source(source: Source) -> JsonObject:
    return drop_empty({"name": source.name, "role": source.kind, "uri": to_web_url(source.url)})


def _list_publisher(edition: Edition) -> list[JsonObject]:
    if edition.publisher is None:
        return []
    uri = to_web_url(edition.publisher.url)
    return [drop_empty({"name": edition.publisher.name, "role": "publisher", "uri": uri})]


def _list_texts(*texts: tuple[str, str]) -> list[JsonObject]:
    return [
        {"role": role, "contentType": "text/plain", "value": text} for role, text in texts if text
    ]
