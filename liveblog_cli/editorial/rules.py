"""What can be wrong with a blog: a function for each kind of fault, which yields where it found one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import validity
from liveblog_cli.model.values import Blog, Entry, Media

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST_HEADLINE = 110
"""Characters. News search cuts headlines there (Google, Article structured data)."""

OLDEST_DRAFT = timedelta(days=1)

PAGE_ANCHORS = "lb:"
"""What the page's own anchors begin with; no entry's id can."""

_QUOTATION = re.compile(r"[„“”«»\"][^„“”«»\"]{25,}[„“”«»\"]")
_ATTRIBUTION = re.compile(
    r"\b(?:according to|nach (?:eigenen |offiziellen )?angaben|laut|selon|según|за словами|за даними)\s",
    re.IGNORECASE,
)


class Subject(NamedTuple):
    """What is looked at: a blog at a moment. `unfit` says of image files why they can't be shown."""

    blog: Blog
    now: datetime
    unfit: Mapping[str, str] = {}

    @property
    def live(self) -> list[Entry]:
        """Entries that readers see or may come to see, in the file's order."""
        return [e for e in self.blog.entries if e.status != "retracted"]


class Found(NamedTuple):
    """A fault in a field of an entry; of the head where `entry` is empty.

    `number` counts tables of one name, from 0.
    """

    entry: str
    field: str
    message: str
    number: int = 0


def no_url(subject: Subject) -> Iterator[Found]:
    """A blog without an address of its own."""
    if not subject.blog.url:
        yield Found("", "title", "the blog has no url")


def bad_address(subject: Subject) -> Iterator[Found]:
    """Addresses that are none."""
    blog = subject.blog
    head = {"url": blog.url, "previous": blog.previous, "next": blog.next}
    if blog.publisher:
        head["publisher"] = blog.publisher.url
    for field, address in head.items():
        if not _is_address(address):
            yield Found("", field, f"{field}: {address!r} is not a web address")
    for entry in subject.live:
        for source in entry.sources:
            if not _is_address(source.url):
                yield Found(
                    entry.id,
                    "sources",
                    f"source {source.name}: {source.url!r} is not a web address",
                )
        for medium in entry.media:
            if not _is_address(medium.url):
                yield Found(entry.id, "media", f"media: {medium.url!r} is not a web address")
    for name, field, text in _texts(subject):
        for link in _links(text):
            if link.startswith(("http:", "https:")) and not _is_address(link):
                yield Found(name, field, f"the link to {link!r} leads to no web address")


def control_character(subject: Subject) -> Iterator[Found]:
    """DEL and C1 in any text that readers or a terminal may get."""
    head = replace(subject.blog, entries=(), history=())
    for record in (head, *[replace(e, history=()) for e in subject.live]):
        for field in record.__struct_fields__:
            if sign := _steering(getattr(record, field)):
                name = record.id if isinstance(record, Entry) else ""
                yield Found(name, field, f"{field} holds the control character U+{ord(sign):04X}")


def _steering(value: Any) -> str:
    """The first control character of a value; "" where there is none."""
    if isinstance(value, str):
        found = validity.find_steering(value)
        return found[0] if found else ""
    if isinstance(value, Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, list | tuple):
        return next(filter(None, map(_steering, value)), "")
    return ""


def dead_anchor(subject: Subject) -> Iterator[Found]:
    """Links to entries that readers can't see."""
    blog = subject.blog
    there = {e.id for e in blog.entries if e.is_public(subject.now)}
    for entry, field, text in _texts(subject):
        for link in _links(text):
            base, mark, anchor = link.partition("#")
            if (
                mark
                and base in ("", blog.url)
                and not anchor.startswith(PAGE_ANCHORS)
                and anchor not in there
            ):
                yield Found(
                    entry, field, f"the link to #{anchor} leads to no entry that readers see"
                )


def double_headline(subject: Subject) -> Iterator[Found]:
    """Headlines that an entry before has."""
    by_headline: dict[str, list[Entry]] = defaultdict(list)
    for entry in subject.live:
        if entry.headline:
            by_headline[" ".join(entry.headline.casefold().split())].append(entry)
    for same in by_headline.values():
        for entry in same[1:]:
            yield Found(entry.id, "headline", f"entry {same[0].id} has this headline too")


def long_headline(subject: Subject) -> Iterator[Found]:
    """Headlines that are too long."""
    for entry in subject.live:
        if len(entry.headline) > LONGEST_HEADLINE:
            yield Found(
                entry.id,
                "headline",
                f"the headline has {len(entry.headline)} characters; {LONGEST_HEADLINE} are shown",
            )


def future_time(subject: Subject) -> Iterator[Found]:
    """Entries that wait for their time."""
    for entry in subject.live:
        if entry.is_scheduled(subject.now):
            yield Found(entry.id, "time", f"readers see it from {entry.time.isoformat()} on")


def out_of_order(subject: Subject) -> Iterator[Found]:
    """Entries timed before one that was added earlier, or after the blog's end."""
    ended = subject.blog.ended
    newest: Entry | None = None
    for entry in subject.live:
        if not entry.is_public(subject.now):
            continue
        if ended and entry.time > ended:
            yield Found(entry.id, "time", "its time is after the end of the blog")
        if newest and entry.time < newest.time:
            yield Found(entry.id, "time", f"its time is before that of {newest.id}, added earlier")
        else:
            newest = entry


def no_alt(subject: Subject) -> Iterator[Found]:
    """Images without alternative text, those inside a text too."""
    for entry, medium in _images(subject):
        if not medium.alt.strip():
            yield Found(entry.id, "media", f"{medium.file or medium.url} has no alt text")
    for name, field, text in _texts(subject):
        for address, alt in _pictures(text):
            if not alt.strip():
                yield Found(name, field, f"{address} has no alt text")


def no_file(subject: Subject) -> Iterator[Found]:
    """Images whose file is not there or no image."""
    for entry, medium in _images(subject):
        if medium.file in subject.unfit:
            yield Found(entry.id, "media", subject.unfit[medium.file])


def no_source(subject: Subject) -> Iterator[Found]:
    """Key events and texts that quote or attribute, and cite no one."""
    for entry in subject.live:
        if entry.sources:
            continue
        if entry.key:
            yield Found(entry.id, "key", "a key event that cites no source")
        elif _ATTRIBUTION.search(entry.body) or _QUOTATION.search(entry.body):
            yield Found(entry.id, "body", "its text attributes or quotes, and no source is named")


def no_box(subject: Subject) -> Iterator[Found]:
    """Unverified sources without a box."""
    kinds = {k for n in subject.blog.notes for k in n.applies_to}
    for entry in subject.live:
        doubtful = [s for s in entry.sources if s.verified is False]
        if doubtful and not entry.notes and not any(s.kind in kinds for s in doubtful):
            names = ", ".join(s.name for s in doubtful)
            yield Found(entry.id, "sources", f"{names}: unverified, and no box says so")


def unknown_note(subject: Subject) -> Iterator[Found]:
    """Names of boxes that are not there."""
    from liveblog_cli.text.suggest import suggest

    known = [n.id for n in subject.blog.notes]
    for entry in subject.live:
        for name in entry.notes:
            if name not in known:
                yield Found(entry.id, "notes", f"there is no box {name!r}{suggest(name, known)}")


def old_draft(subject: Subject) -> Iterator[Found]:
    """Drafts older than a day."""
    for entry in subject.live:
        since = entry.added.at if entry.added else entry.time
        if entry.status == "draft" and subject.now - since > OLDEST_DRAFT:
            yield Found(entry.id, "status", f"a draft since {since.isoformat(timespec='minutes')}")


def _images(subject: Subject) -> Iterator[tuple[Entry, Media]]:
    from liveblog_cli.edition.from_blog import make_plain_picture

    for entry in subject.live:
        for medium in entry.media:
            if make_plain_picture(medium).is_image:
                yield entry, medium


def _texts(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Every Markdown text: its entry (empty for the head), its field, itself."""
    blog = subject.blog
    yield "", "summary", blog.summary
    yield "", "closing", blog.closing
    yield from (("", "notes", n.text) for n in blog.notes)
    yield from ((e.id, "body", e.body) for e in subject.live)


def _links(text: str) -> Iterator[str]:
    """Where the links of a Markdown text lead."""
    if "](" in text or "<http" in text or "]:" in text:
        yield from (str(t.attrGet("href")) for t in _tokens(text) if t.type == "link_open")


def _pictures(text: str) -> Iterator[tuple[str, str]]:
    """Addresses and alternative texts of the images inside a Markdown text."""
    if "![" in text:
        yield from ((str(t.attrGet("src")), t.content) for t in _tokens(text) if t.type == "image")


def _tokens(text: str) -> Iterator[Token]:
    from liveblog_cli.text.markdown import get_parser

    for block in get_parser().parse(text):
        yield from block.children or ()


def _is_address(address: str) -> bool:
    from liveblog_cli.model.cleaning import address as checked

    try:
        checked(address, "")
    except LiveblogError:
        return False
    return True
