"""The document of a JSON Feed 1.1 with what this program adds to it (docs/exports.md).

What the format has no place for stands under `_liveblog`, once on the feed and once on each item.
The published JSON Schema is made from these classes.
"""

from datetime import datetime

from msgspec import Struct, field

from liveblog_cli.model.values import CorrectionKind, Publisher, Source

VERSION = "https://jsonfeed.org/version/1.1"


class _Object(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An object of the feed; what is not set is left out."""


class Author(_Object, frozen=True, kw_only=True):
    """Who wrote it."""

    name: str


class Attachment(_Object, frozen=True, kw_only=True):
    """A file that belongs to an item."""

    url: str
    mime_type: str
    title: str = ""
    size_in_bytes: int = 0


class Size(_Object, frozen=True, kw_only=True):
    """A smaller version of a picture, beside the page or absolute; `width` in pixels."""

    src: str
    width: int


class Medium(_Object, frozen=True, kw_only=True):
    """A picture, or a video or post elsewhere (`link`). `src` is its path beside the page."""

    url: str = ""
    src: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    mime_type: str = ""
    link: bool = False
    sizes: tuple[Size, ...] = ()


class Correction(_Object, frozen=True, kw_only=True):
    """What readers were told of a change."""

    kind: CorrectionKind
    date: datetime
    text: str


class Box(_Object, frozen=True, kw_only=True):
    """A standing box; items name it by its id."""

    id: str
    markdown: str
    content_html: str
    title: str = ""


class ItemExtension(_Object, frozen=True, kw_only=True):
    """`_liveblog` of an item. `markdown` is the body as written."""

    id: str
    headline: str = ""
    markdown: str = ""
    label: str = ""
    key: bool = False
    pinned: bool = False
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    media: tuple[Medium, ...] = ()
    corrections: tuple[Correction, ...] = ()


class FeedItem(_Object, frozen=True, kw_only=True):
    """One entry. `title` is never empty where there are any words to take it from."""

    id: str
    content_html: str
    date_published: datetime
    url: str = ""
    title: str = ""
    image: str = ""
    date_modified: datetime | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    extension: ItemExtension = field(name="_liveblog")


class FeedExtension(_Object, frozen=True, kw_only=True):
    """`_liveblog` of the feed."""

    timezone: str
    started: datetime
    updated: datetime
    id: str
    kicker: str = ""
    summary: str = ""
    summary_html: str = ""
    ended: datetime | None = None
    closing: str = ""
    previous: str = ""
    next: str = ""
    publisher: Publisher | None = None
    notes: tuple[Box, ...] = ()


class Feed(_Object, frozen=True, kw_only=True):
    """The whole document."""

    version: str
    title: str
    home_page_url: str = ""
    feed_url: str = ""
    description: str = ""
    icon: str = ""
    authors: tuple[Author, ...] = ()
    language: str
    expired: bool = False
    extension: FeedExtension = field(name="_liveblog")
    items: list[FeedItem]
