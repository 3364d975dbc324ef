"""Make an edition from a blog: the one place that decides what readers may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.edition.edition import Edition, Item, Picture, PublicCorrection, add_notes_by_kind
from liveblog_cli.model import visibility
from liveblog_cli.model.fields import PLAIN
from liveblog_cli.model.validity import blank_steering
from liveblog_cli.model.values import Blog, Change, Entry, Media, Note, Publisher, Source
from liveblog_cli.text.blank import drop_blank, drop_blanks, is_blank
from liveblog_cli.text.urls import to_uri
from liveblog_cli.text.zones import to_zone

_get_plain_texts = attrgetter(*PLAIN)

PictureMaker = Callable[[Media], Picture]
"""Makes the picture that readers see from an image in the blog file."""


def make_plain_picture(media: Media) -> Picture:
    """A picture as the blog file has it: no file is copied or measured."""
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


def make_edition(
    blog: Blog, now: datetime, make_picture: PictureMaker = make_plain_picture
) -> Edition:
    """What readers may see of `blog` at `now`.

    A text that shows nothing counts as missing, and a control character becomes a blank: people may have
    left either in the file.
    """
    blog = _clean_head(blank_steering(blog))
    zone = ZoneInfo(blog.timezone)
    url = to_uri(blog.url)
    base = url or blog.id or "urn:uuid:00000000-0000-0000-0000-000000000000"
    public = [e for e in blog.ordered() if e.is_public(now)]
    items = tuple(_make_item(e, blog, base, zone, make_picture) for e in public)
    items = tuple(add_notes_by_kind(items, [n for n in blog.notes if n.applies_to]))
    tombstones = tuple(_list_tombstones(blog, base, zone))
    started = visibility.find_beginning(blog, now)
    changes = [visibility.find_head_update(blog) or started, *[i.updated for i in items]]
    newest = max([started, *changes, *[at for _, at in tombstones]])
    is_over = blog.ended is not None and blog.ended <= now
    return Edition(
        title=blog.title,
        language=blog.language,
        zone=zone,
        base=base,
        now=to_zone(now, zone),
        updated=to_zone(newest, zone).replace(microsecond=0),
        started=to_zone(started, zone),
        kicker=drop_blank(blog.kicker),
        summary=drop_blank(blog.summary),
        url=url,
        authors=blog.authors,
        publisher=_clean_publisher(blog.publisher),
        ended=to_zone(blog.ended, zone) if blog.ended and is_over else None,
        closing=drop_blank(blog.closing) if is_over else "",
        previous=to_uri(blog.previous),
        next=to_uri(blog.next),
        items=items,
        tombstones=tombstones,
    )


def _clean_head(blog: Blog) -> Blog:
    notes = tuple(n for n in map(_clean_note, blog.notes) if n)
    return replace(blog, notes=notes, authors=drop_blanks(blog.authors))


def _clean_note(note: Note) -> Note | None:
    """The note, without a title that shows nothing; None if its text shows nothing either."""
    title = drop_blank(note.title)
    if not title and is_blank(note.text):
        return None
    return note if title == note.title else replace(note, title=title)


def _clean_publisher(publisher: Publisher | None) -> Publisher | None:
    if publisher is None:
        return None
    return replace(publisher, url=to_uri(publisher.url), logo=to_uri(publisher.logo))


def _make_item(
    entry: Entry, blog: Blog, base: str, zone: ZoneInfo, make_picture: PictureMaker
) -> Item:
    time = to_zone(entry.time, zone)
    updated = visibility.find_last_update(entry) or time
    return Item(
        id=entry.id,
        permalink=_make_permalink(base, entry),
        time=time,
        updated=max(time, to_zone(updated, zone).replace(microsecond=0)),
        authors=drop_blanks(entry.authors) or blog.authors,
        tags=drop_blanks(entry.tags),
        key=entry.key,
        pinned=entry.pinned,
        sources=tuple(_clean_source(s) for s in map(_name_source, entry.sources) if s),
        media=tuple(make_picture(m) for m in entry.media),
        notes=tuple(n for n in blog.notes if n.id in entry.notes),
        corrections=tuple(_make_correction(c, zone) for c in visibility.list_corrections(entry)),
        **dict(zip(PLAIN, map(drop_blank, _get_plain_texts(entry)), strict=True)),
    )


def _name_source(source: Source) -> Source | None:
    """The source, with its address as its name if its name shows nothing; None if it has neither."""
    if source.name[:1].isalnum() or not is_blank(source.name):
        return source
    return replace(source, name=source.url) if source.url else None


def _clean_source(source: Source) -> Source:
    url = to_uri(source.url)
    return source if url == source.url else replace(source, url=url)


def _make_correction(change: Change, zone: ZoneInfo) -> PublicCorrection:
    at = to_zone(change.at, zone).replace(microsecond=0)
    return PublicCorrection(kind=change.kind or "correction", at=at, note=change.note)


def _list_tombstones(blog: Blog, base: str, zone: ZoneInfo) -> Iterable[tuple[str, datetime]]:
    """Permalink and time of each entry that readers may have seen and that was taken back."""
    for entry in blog.entries:
        if at := visibility.find_withdrawal(entry):
            yield _make_permalink(base, entry), to_zone(at, zone).replace(microsecond=0)


def _make_permalink(base: str, entry: Entry) -> str:
    """The address of an entry: a fragment of the blog's page, or of its URN (RFC 8141, 2.3.3)."""
    return f"{base}#{entry.id}"


def _looks_like_image(url: str) -> bool:
    path = url.partition("?")[0].partition("#")[0].lower()
    return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"))
