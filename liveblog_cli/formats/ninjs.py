"""IPTC ninjs 3.1 (iptc.org/std/ninjs): the blog as a composite news object, its entries as
associations, their pictures as associations of theirs. A retracted entry is a canceled one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from liveblog_cli.edition.attachments import media_type
from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.model.values import Source
from liveblog_cli.rendering.feed_html import FeedHtml
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.urls import to_web_url

FILENAME = "ninjs.json"
MEDIA_TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}

_Object = dict[str, Any]


def render(edition: Edition, settings: Settings) -> str:
    """The news object, entries newest first; all of them unless `settings.limit` says otherwise."""
    html = FeedHtml(edition)
    items = edition.excerpt(edition.items[: settings.limit])
    entries = [_entry(i, edition, html) for i in items]
    gone = [_canceled(uri, when) for uri, when in edition.tombstones]
    blog = _filled(
        {
            "uri": edition.id,
            "standard": STANDARD,
            "type": "composite",
            "representationType": "full",
            "profile": "liveblog",
            "version": _said(edition.updated),
            "firstCreated": _said(edition.started),
            "versionCreated": _said(edition.updated),
            "pubStatus": "usable",
            "language": edition.language,
            "title": edition.title,
            "headlines": _texts(("kicker", edition.kicker), ("main", edition.title)),
            "descriptions": _texts(("summary", edition.description)),
            "by": ", ".join(edition.authors),
            "infoSources": _publisher(edition),
            "renditions": _page(edition.url),
            "associations": [*entries, *gone],
        }
    )
    return msgspec.json.format(msgspec.json.encode(blog), indent=1).decode() + "\n"


def _entry(item: Item, edition: Edition, html: FeedHtml) -> _Object:
    return _filled(
        {
            "name": item.title or item.id,
            "rel": "entry",
            "uri": item.permalink,
            "type": "text",
            "representationType": "full",
            "version": _said(item.updated),
            "firstCreated": _said(item.time),
            "versionCreated": _said(item.updated),
            "pubStatus": "usable",
            "language": edition.language,
            "headlines": _texts(("main", item.headline)),
            "descriptions": _texts(*[(c.kind, c.note) for c in item.corrections]),
            "bodies": [_body(item, html)],
            "by": ", ".join(item.authors),
            "infoSources": [_source(s) for s in item.sources],
            "subjects": [{"name": tag} for tag in item.tags],
            "genres": [{"name": item.label}] if item.label else [],
            "altIds": [{"role": "liveblog", "value": item.id}],
            "renditions": _page(item.permalink),
            "associations": list(_pictures(item)),
        }
    )


def _body(item: Item, html: FeedHtml) -> _Object:
    return {"role": "main", "contentType": "text/html", "value": str(html.content(item))}


def _pictures(item: Item) -> Iterator[_Object]:
    for number, picture in enumerate(item.media, start=1):
        yield _filled(
            {
                "name": picture.caption or picture.alt or f"{item.id}-{number}",
                "rel": "media",
                "uri": to_web_url(picture.url) or f"{item.permalink}-{number}",
                "type": "picture" if picture.is_image else "component",
                "descriptions": _texts(("caption", picture.caption), ("alt", picture.alt)),
                "by": picture.credit,
                "renditions": _rendition(picture),
            }
        )


def _rendition(picture: Picture) -> list[_Object]:
    if not to_web_url(picture.url):
        return []
    return [
        _filled(
            {
                "name": "main",
                "href": to_web_url(picture.url),
                "contentType": media_type(picture),
                "width": picture.width,
                "height": picture.height,
                "sizeInBytes": picture.length,
            }
        )
    ]


def _page(address: str) -> list[_Object]:
    """Where readers find it."""
    return (
        [{"name": "web", "href": to_web_url(address), "contentType": "text/html"}]
        if to_web_url(address)
        else []
    )


def _canceled(uri: str, when: datetime) -> _Object:
    """A retracted entry: that it is gone, and nothing else of it."""
    name = uri.rpartition("#")[2]
    return {"name": name, "uri": uri, "pubStatus": "canceled", "versionCreated": _said(when)}


def _source(source: Source) -> _Object:
    return _filled({"name": source.name, "role": source.kind, "uri": to_web_url(source.url)})


def _publisher(edition: Edition) -> list[_Object]:
    if edition.publisher is None:
        return []
    uri = to_web_url(edition.publisher.url)
    return [_filled({"name": edition.publisher.name, "role": "publisher", "uri": uri})]


def _texts(*texts: tuple[str, str]) -> list[_Object]:
    return [
        {"role": role, "contentType": "text/plain", "value": text} for role, text in texts if text
    ]


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _filled(fields: _Object) -> _Object:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}
