"""The rules of the checks: one function for each kind of fault, with the name of the kind. It yields the faults."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.editorial.subject import (
    Fault,
    Subject,
    list_images,
    list_inline_images,
    list_links,
    list_markdown_texts,
)
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import validity
from liveblog_cli.model.values import Entry

LONGEST_HEADLINE = 110
"""Characters. News search cuts headlines there (Google, Article structured data)."""

OLDEST_DRAFT = timedelta(days=1)

PAGE_ANCHORS = "lb:"
"""The beginning of the page's own anchors. No entry's id begins like this."""

_QUOTATION = re.compile(r"[„“”«»\"][^„“”«»\"]{25,}[„“”«»\"]")
_ATTRIBUTION = re.compile(
    r"\b(?:according to|nach (?:eigenen |offiziellen )?angaben|laut|selon|según|за словами|за даними)\s",
    re.IGNORECASE,
)


def no_url(subject: Subject) -> Iterator[Fault]:
    """A blog without an address."""
    if not subject.blog.url:
        yield Fault("", "title", "the blog has no url")


def bad_address(subject: Subject) -> Iterator[Fault]:
    """Addresses that are no web addresses."""
    blog = subject.blog
    head = {"url": blog.url, "previous": blog.previous, "next": blog.next}
    if blog.publisher:
        head["publisher"] = blog.publisher.url
    for field, address in head.items():
        if not _is_address(address):
            yield Fault("", field, f"{field}: {address!r} is not a web address")
    for entry in subject.live:
        for source in entry.sources:
            if not _is_address(source.url):
                yield Fault(
                    entry.id,
                    "sources",
                    f"source {source.name}: {source.url!r} is not a web address",
                )
        for medium in entry.media:
            if not _is_address(medium.url):
                yield Fault(entry.id, "media", f"media: {medium.url!r} is not a web address")
    for name, field, text in list_markdown_texts(subject):
        for link in list_links(text):
            if link.startswith(("http:", "https:")) and not _is_address(link):
                yield Fault(name, field, f"the link to {link!r} leads to no web address")


def control_character(subject: Subject) -> Iterator[Fault]:
    """DEL and C1 characters in the texts of the head and of live entries."""
    head = replace(subject.blog, entries=(), history=())
    for record in (head, *[replace(e, history=()) for e in subject.live]):
        for field in record.__struct_fields__:
            if sign := _find_control(getattr(record, field)):
                name = record.id if isinstance(record, Entry) else ""
                yield Fault(name, field, f"{field} holds the control character U+{ord(sign):04X}")


def _find_control(value: Any) -> str:
    """The first control character of a value; "" where there is none."""
    if isinstance(value, str):
        found = validity.find_steering(value)
        return found[0] if found else ""
    if isinstance(value, Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, list | tuple):
        return next(filter(None, map(_find_control, value)), "")
    return ""


def dead_anchor(subject: Subject) -> Iterator[Fault]:
    """Links to entries that readers can't see."""
    blog = subject.blog
    there = {e.id for e in blog.entries if e.is_public(subject.now)}
    for entry, field, text in list_markdown_texts(subject):
        for link in list_links(text):
            base, mark, anchor = link.partition("#")
            if (
                mark
                and base in ("", blog.url)
                and not anchor.startswith(PAGE_ANCHORS)
                and anchor not in there
            ):
                yield Fault(
                    entry, field, f"the link to #{anchor} leads to no entry that readers see"
                )


def double_headline(subject: Subject) -> Iterator[Fault]:
    """Headlines that an earlier entry has, too."""
    by_headline: dict[str, list[Entry]] = defaultdict(list)
    for entry in subject.live:
        if entry.headline:
            by_headline[" ".join(entry.headline.casefold().split())].append(entry)
    for same in by_headline.values():
        for entry in same[1:]:
            yield Fault(entry.id, "headline", f"entry {same[0].id} has this headline too")


def long_headline(subject: Subject) -> Iterator[Fault]:
    """Headlines that are too long."""
    for entry in subject.live:
        if len(entry.headline) > LONGEST_HEADLINE:
            yield Fault(
                entry.id,
                "headline",
                f"the headline has {len(entry.headline)} characters; {LONGEST_HEADLINE} are shown",
            )


def future_time(subject: Subject) -> Iterator[Fault]:
    """Entries that are published, but whose time has not come."""
    for entry in subject.live:
        if entry.is_scheduled(subject.now):
            yield Fault(entry.id, "time", f"readers see it from {entry.time.isoformat()} on")


def out_of_order(subject: Subject) -> Iterator[Fault]:
    """Entries with a time before that of an entry that was added earlier, or after the blog's end."""
    ended = subject.blog.ended
    newest: Entry | None = None
    for entry in subject.live:
        if not entry.is_public(subject.now):
            continue
        if ended and entry.time > ended:
            yield Fault(entry.id, "time", "its time is after the end of the blog")
        if newest and entry.time < newest.time:
            yield Fault(entry.id, "time", f"its time is before that of {newest.id}, added earlier")
        else:
            newest = entry


def no_alt(subject: Subject) -> Iterator[Fault]:
    """Images without alternative text, also those in Markdown texts."""
    for entry, medium in list_images(subject):
        if not medium.alt.strip():
            yield Fault(entry.id, "media", f"{medium.file or medium.url} has no alt text")
    for name, field, text in list_markdown_texts(subject):
        for address, alt in list_inline_images(text):
            if not alt.strip():
                yield Fault(name, field, f"{address} has no alt text")


def no_file(subject: Subject) -> Iterator[Fault]:
    """Images whose file does not exist or is no image."""
    for entry, medium in list_images(subject):
        if medium.file in subject.unfit:
            yield Fault(entry.id, "media", subject.unfit[medium.file])


def no_source(subject: Subject) -> Iterator[Fault]:
    """Entries without a source that are key events, or whose text quotes or attributes something."""
    for entry in subject.live:
        if entry.sources:
            continue
        if entry.key:
            yield Fault(entry.id, "key", "a key event that cites no source")
        elif _ATTRIBUTION.search(entry.body) or _QUOTATION.search(entry.body):
            yield Fault(entry.id, "body", "its text attributes or quotes, and no source is named")


def unverified_no_note(subject: Subject) -> Iterator[Fault]:
    """Unverified sources without a note that says so."""
    kinds = {k for n in subject.blog.notes for k in n.applies_to}
    for entry in subject.live:
        doubtful = [s for s in entry.sources if s.verified is False]
        if doubtful and not entry.notes and not any(s.kind in kinds for s in doubtful):
            names = ", ".join(s.name for s in doubtful)
            yield Fault(entry.id, "sources", f"{names}: unverified, and no box says so")


def unknown_note(subject: Subject) -> Iterator[Fault]:
    """Names of notes that do not exist."""
    from liveblog_cli.text.suggest import suggest

    known = [n.id for n in subject.blog.notes]
    for entry in subject.live:
        for name in entry.notes:
            if name not in known:
                yield Fault(entry.id, "notes", f"there is no box {name!r}{suggest(name, known)}")


def old_draft(subject: Subject) -> Iterator[Fault]:
    """Drafts older than a day."""
    for entry in subject.live:
        since = entry.added.at if entry.added else entry.time
        if entry.status == "draft" and subject.now - since > OLDEST_DRAFT:
            yield Fault(entry.id, "status", f"a draft since {since.isoformat(timespec='minutes')}")


def _is_address(address: str) -> bool:
    from liveblog_cli.model.cleaning import address as checked

    try:
        checked(address, "")
    except LiveblogError:
        return False
    return True
