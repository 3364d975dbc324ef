"""Pictures as the files that a feed names: those that stand on the web, with their media type."""

from __future__ import annotations

import mimetypes

from liveblog_cli.edition.edition import Item, Picture
from liveblog_cli.text.urls import to_web_url


def attached(item: Item) -> list[Picture]:
    """The pictures of an entry that a feed can point to."""
    return [p for p in item.media if p.is_image and to_web_url(p.url)]


def media_type(picture: Picture) -> str:
    """The media type of a picture, from its name where nothing better is known; "" if unknown."""
    if picture.media_type or not picture.is_image:
        return picture.media_type
    return mimetypes.guess_type((picture.url or picture.src).partition("?")[0])[0] or ""
