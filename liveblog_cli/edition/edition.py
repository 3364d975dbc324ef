"""What readers may see at one moment: the only thing that exporters and the page preview get.

Drafts, retracted and scheduled entries, what a change replaced, and who typed it are not in an
edition, so no format can leak them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.model import visibility
from liveblog_cli.model.fields import PLAIN
from liveblog_cli.model.validity import blank_steering
from liveblog_cli.model.values import (
    Blog,
    Change,
    CorrectionKind,
    Entry,
    Media,
    Note,
    Publisher,
    Source,
)
from liveblog_cli.text.blank import drop_blank, drop_blanks, is_blank
from liveblog_cli.text.urls import to_uri
from liveblog_cli.text.zones import to_zone


class Correction(Struct, frozen=True, kw_only=True):
    """A change that readers are told of: its kind, when, and in what words."""

    kind: CorrectionKind
    at: datetime
    note: str


class Picture(Struct, frozen=True, kw_only=True):
    """A medium as a page shows it.

    `src` is relative to the page or absolute, `url` always absolute ("" where the blog has no
    address and the file is local). `sizes` are smaller versions: (src, width in pixels).
    `is_image` is false for an address of a video or a post, which is shown as a link.
    """

    src: str
    url: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    media_type: str = ""
    length: int = 0
    sizes: tuple[tuple[str, int], ...] = ()
    is_image: bool = True


class Item(Struct, frozen=True, kw_only=True, dict=True):
    """An entry as readers may see it. Times are in the blog's zone; `body` is CommonMark.

    `permalink` is absolute; where the blog has no address it begins with its `urn:uuid:`. `boxes` are the notes
    shown with this entry. `updated` is never before `time`.
    """

    id: str
    permalink: str
    time: datetime
    updated: datetime
    headline: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    label: str = ""
    key: bool = False
    pinned: bool = False
    sources: tuple[Source, ...] = ()
    boxes: tuple[Note, ...] = ()
    media: tuple[Picture, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def html(self) -> str:
        """The body as safe HTML: raw HTML is text, `javascript:` links are text."""
        from liveblog_cli.text.markdown import to_html

        return to_html(self.body)

    @cached_property
    def text(self) -> str:
        """The body as plain text, paragraphs apart by blank lines."""
        from liveblog_cli.text.markdown import to_text

        return to_text(self.html)

    @cached_property
    def title(self) -> str:
        """The headline, else the first words of the body, else of the first caption or alt text."""
        from liveblog_cli.text.markdown import cut_words

        images = [m.caption or m.alt for m in self.media]
        return (
            drop_blank(self.headline)
            or cut_words(self.text)
            or next(filter(drop_blank, images), "")
        )


class Selection(Struct, frozen=True, kw_only=True):
    """Which part of a blog a filtered export holds (see `selection`).

    `key` tells filters apart, and nothing of what was asked for can be read in it. `blog` is the
    whole blog's title. `is_placed` tells that the part has an address of its own, so that its files' addresses are
    known: else they would be those of the whole blog's.
    """

    key: str
    blog: str
    is_placed: bool = False


class Edition(Struct, frozen=True, kw_only=True, dict=True):
    """A blog as readers may see it at `now`. `items` are newest first, pinned ones among them.

    `base` is what permalinks begin with: the blog's `url`, or a stable `urn:uuid:`. `updated` is
    the newest change of anything shown. A filtered export is a part of a blog: `selection` says
    which, and `title` and `id` are its own. `tombstones` are the permalinks of entries that readers
    may have seen and that were retracted, with the time of it; nothing else of them is here.
    """

    title: str
    language: str
    zone: ZoneInfo
    base: str
    now: datetime
    updated: datetime
    started: datetime
    kicker: str = ""
    summary: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    publisher: Publisher | None = None
    ended: datetime | None = None
    closing: str = ""
    previous: str = ""
    next: str = ""
    items: tuple[Item, ...] = ()
    tombstones: tuple[tuple[str, datetime], ...] = ()
    selection: Selection | None = None

    @property
    def id(self) -> str:
        """What tells this document from others: `base`, with the selection as its fragment if there is one.

        Such a fragment begins with `lb:`, as no entry's id does, so it is no entry's address.
        """
        return f"{self.base}#lb:part-{self.selection.key}" if self.selection else self.base

    @property
    def blog_title(self) -> str:
        """The title of the whole blog, also where this is a part of it."""
        return self.selection.blog if self.selection else self.title

    @cached_property
    def tied_boxes(self) -> tuple[Note, ...]:
        """The boxes that stand with one item for all that cite a source of their kinds."""
        found = {n.id: n for i in self.items for n in i.boxes if n.applies_to}
        return tuple(found.values())

    def excerpt(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Some of the items, with the boxes that they need and that stood with others."""
        return tuple(_with_boxes(items, self.tied_boxes))

    @property
    def pinned(self) -> list[Item]:
        """Pinned items, newest first."""
        return [i for i in self.items if i.pinned]

    @property
    def unpinned(self) -> list[Item]:
        """The others, newest first."""
        return [i for i in self.items if not i.pinned]

    @property
    def key_events(self) -> list[Item]:
        """Key events, newest first."""
        return [i for i in self.items if i.key]

    @property
    def corrected(self) -> list[Item]:
        """Items with corrections, newest first."""
        return [i for i in self.items if i.corrections]

    @cached_property
    def summary_html(self) -> str:
        """The teaser as safe HTML."""
        from liveblog_cli.text.markdown import to_html

        return to_html(self.summary)

    @cached_property
    def description(self) -> str:
        """The teaser as plain text on one line."""
        from liveblog_cli.text.markdown import to_html, to_text

        return " ".join(to_text(to_html(self.summary)).split())


Pictures = Callable[[Media], Picture]


def plain_picture(media: Media) -> Picture:
    """A medium as it stands in the file, nothing copied or measured."""
    return Picture(
        src=to_uri(media.file or media.url),
        url=to_uri(media.url),
        alt=drop_blank(media.alt),
        caption=drop_blank(media.caption),
        credit=drop_blank(media.credit),
        width=media.width,
        height=media.height,
        is_image=bool(media.file) or _looks_like_image(media.url),
    )


def make_edition(blog: Blog, now: datetime, pictures: Pictures = plain_picture) -> Edition:
    """What readers may see of `blog` at `now`. Pure; `pictures` says how a medium is shown.

    A text that shows nothing, as somebody may leave one in the file, is as if it were not set; a
    control character is a blank.
    """
    blog = blank_steering(blog)
    boxes = tuple(n for n in map(_seen_box, blog.notes) if n)
    blog = replace(blog, notes=boxes, authors=drop_blanks(blog.authors))
    zone = ZoneInfo(blog.timezone)
    url = to_uri(blog.url)
    base = url or blog.id or "urn:uuid:00000000-0000-0000-0000-000000000000"
    shown = [e for e in blog.ordered() if e.is_public(now)]
    items = tuple(_item(e, blog, base, zone, pictures) for e in shown)
    items = tuple(_with_boxes(items, [n for n in blog.notes if n.applies_to]))
    start = visibility.find_beginning(blog, now)
    gone = tuple(
        (_permalink(base, e), to_zone(at, zone).replace(microsecond=0))
        for e in blog.entries
        if (at := visibility.find_withdrawal(e))
    )
    head = visibility.find_head_update(blog) or start
    newest = max([start, head, *[i.updated for i in items], *[at for _, at in gone]])
    ended = blog.ended is not None and blog.ended <= now
    return Edition(
        title=blog.title,
        language=blog.language,
        zone=zone,
        base=base,
        now=to_zone(now, zone),
        updated=to_zone(newest, zone).replace(microsecond=0),
        started=to_zone(start, zone),
        kicker=drop_blank(blog.kicker),
        summary=drop_blank(blog.summary),
        url=url,
        authors=blog.authors,
        publisher=_publisher(blog.publisher),
        ended=to_zone(blog.ended, zone) if blog.ended and ended else None,
        closing=drop_blank(blog.closing) if ended else "",
        previous=to_uri(blog.previous),
        next=to_uri(blog.next),
        items=items,
        tombstones=gone,
    )


def _item(entry: Entry, blog: Blog, base: str, zone: ZoneInfo, pictures: Pictures) -> Item:
    time = to_zone(entry.time, zone)
    updated = visibility.find_last_update(entry) or time
    return Item(
        id=entry.id,
        permalink=_permalink(base, entry),
        time=time,
        updated=max(time, to_zone(updated, zone).replace(microsecond=0)),
        authors=drop_blanks(entry.authors) or blog.authors,
        tags=drop_blanks(entry.tags),
        key=entry.key,
        pinned=entry.pinned,
        sources=tuple(_source(s) for s in map(_seen_source, entry.sources) if s),
        media=tuple(pictures(m) for m in entry.media),
        boxes=tuple(n for n in blog.notes if n.id in entry.notes),
        corrections=tuple(_correction(c, zone) for c in visibility.list_corrections(entry)),
        **{name: drop_blank(getattr(entry, name)) for name in PLAIN},
    )


def _source(source: Source) -> Source:
    url = to_uri(source.url)
    return source if url == source.url else replace(source, url=url)


def _publisher(publisher: Publisher | None) -> Publisher | None:
    if publisher is None:
        return None
    return replace(publisher, url=to_uri(publisher.url), logo=to_uri(publisher.logo))


def _correction(change: Change, zone: ZoneInfo) -> Correction:
    at = to_zone(change.at, zone).replace(microsecond=0)
    return Correction(kind=change.kind or "correction", at=at, note=change.note)


def _with_boxes(items: Sequence[Item], waiting: Sequence[Note]) -> Iterable[Item]:
    """A box tied to kinds of source stands once on the page, at the newest entry that cites one."""
    shown = {n.id for i in items for n in i.boxes}
    for item in items:
        kinds = {s.kind for s in item.sources}
        due = [n for n in waiting if n.id not in shown and kinds.intersection(n.applies_to)]
        shown.update(n.id for n in due)
        yield replace(item, boxes=(*item.boxes, *due)) if due else item


def _permalink(base: str, entry: Entry) -> str:
    """The address of an entry: a region of the blog's page (of its URN: RFC 8141, 2.3.3)."""
    return f"{base}#{entry.id}"


def _looks_like_image(url: str) -> bool:
    path = url.partition("?")[0].partition("#")[0].lower()
    return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"))


def _seen_source(source: Source) -> Source | None:
    """The source; one whose name shows nothing is called by its address, and is none without one."""
    if source.name[:1].isalnum() or not is_blank(source.name):
        return source
    return replace(source, name=source.url) if source.url else None


def _seen_box(box: Note) -> Note | None:
    """The box, without a title that shows nothing; none where its text shows nothing either."""
    title = drop_blank(box.title)
    if not title and is_blank(box.text):
        return None
    return box if title == box.title else replace(box, title=title)
