"""Pictures as attachments of a feed: which of them have an address on the web, and their media types."""

from __future__ import annotations

import mimetypes

from liveblog_cli.edition.edition import Item, Picture
from liveblog_cli.text.urls import to_web_url


def list_attachments(item: Item) -> list[Picture]:
    """The images of an entry that have an address on the web."""
    return [p for p in item.media if p.is_image and to_web_url(p.url)]


def find_media_type(picture: Picture) -> str:
    """The media type of a picture; if it was not measured, as its name tells; "" if unknown."""
    if picture.media_type or not picture.is_image:
        return picture.media_type
    return mimetypes.guess_type((picture.url or picture.src).partition("?")[0])[0] or ""
