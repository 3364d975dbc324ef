"""What an editor should look at before readers do. One table, `RULES`, defines every check.

Pure: a rule gets a blog at a moment and yields what it finds. Where that stands in the file is for
`findings` to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from msgspec import Struct

from liveblog_cli.boxes import KINDS
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import Blog, Entry, Media

Severity = Literal["error", "warning", "note"]

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
    """What is looked at: a blog at a moment. `absent` are image files that are not there."""

    blog: Blog
    now: datetime
    absent: frozenset[str] = frozenset()

    @property
    def live(self) -> list[Entry]:
        """Entries that readers see or may come to see, in the file's order."""
        return [e for e in self.blog.entries if e.status != "retracted"]


class Found(NamedTuple):
    """A fault in a field of an entry; of the head where `entry` is empty."""

    entry: str
    field: str
    message: str


class Rule(Struct, frozen=True, kw_only=True):
    """A check: its code, how grave it is, what it finds and how to mend that."""

    code: str
    severity: Severity
    title: str
    mend: str
    find: Callable[[Subject], Iterator[Found]]


def found(subject: Subject) -> Iterator[tuple[Rule, Found]]:
    """Everything that the checks find which the blog has not switched off."""
    for rule in RULES:
        if rule.code not in subject.blog.checks_off:
            for fault in rule.find(subject):
                yield rule, fault


def _broken_file(subject: Subject) -> Iterator[Found]:
    """What can't be read never gets as far as here: `findings` reports it under this code."""
    yield from ()


def _unknown_check(subject: Subject) -> Iterator[Found]:
    from liveblog_cli.diagnosis import suggestion

    for code in subject.blog.checks_off:
        if code not in CODES:
            yield Found("", "checks_off", f"there is no check {code!r}{suggestion(code, CODES)}")


def _no_url(subject: Subject) -> Iterator[Found]:
    if not subject.blog.url:
        yield Found("", "title", "the blog has no url")


def _bad_address(subject: Subject) -> Iterator[Found]:
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


def _dead_anchor(subject: Subject) -> Iterator[Found]:
    blog = subject.blog
    there = {e.id for e in blog.entries if e.is_public(subject.now)}
    texts = [("", "summary", blog.summary), ("", "closing", blog.closing)]
    texts += [("", "notes", n.text) for n in blog.notes]
    texts += [(e.id, "body", e.body) for e in subject.live]
    for entry, field, text in texts:
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


def _double_headline(subject: Subject) -> Iterator[Found]:
    by_headline: dict[str, list[Entry]] = defaultdict(list)
    for entry in subject.live:
        if entry.headline:
            by_headline[" ".join(entry.headline.casefold().split())].append(entry)
    for same in by_headline.values():
        for entry in same[1:]:
            yield Found(entry.id, "headline", f"entry {same[0].id} has this headline too")


def _long_headline(subject: Subject) -> Iterator[Found]:
    for entry in subject.live:
        if len(entry.headline) > LONGEST_HEADLINE:
            yield Found(
                entry.id,
                "headline",
                f"the headline has {len(entry.headline)} characters; {LONGEST_HEADLINE} are shown",
            )


def _future_time(subject: Subject) -> Iterator[Found]:
    for entry in subject.live:
        if entry.is_scheduled(subject.now):
            yield Found(entry.id, "time", f"readers see it from {entry.time.isoformat()} on")


def _out_of_order(subject: Subject) -> Iterator[Found]:
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


def _no_alt(subject: Subject) -> Iterator[Found]:
    for entry, medium in _images(subject):
        if not medium.alt.strip():
            yield Found(entry.id, "media", f"{medium.file or medium.url} has no alt text")


def _no_file(subject: Subject) -> Iterator[Found]:
    for entry, medium in _images(subject):
        if medium.file in subject.absent:
            yield Found(entry.id, "media", f"{medium.file} is not there")


def _no_source(subject: Subject) -> Iterator[Found]:
    for entry in subject.live:
        if entry.sources:
            continue
        if entry.key:
            yield Found(entry.id, "key", "a key event that cites no source")
        elif _ATTRIBUTION.search(entry.body) or _QUOTATION.search(entry.body):
            yield Found(entry.id, "body", "its text attributes or quotes, and no source is named")


def _no_box(subject: Subject) -> Iterator[Found]:
    kinds = {k for n in subject.blog.notes for k in n.applies_to}
    for entry in subject.live:
        doubtful = [s for s in entry.sources if s.verified is False]
        if doubtful and not entry.notes and not any(s.kind in kinds for s in doubtful):
            names = ", ".join(s.name for s in doubtful)
            yield Found(entry.id, "sources", f"{names}: unverified, and no box says so")


def _unknown_note(subject: Subject) -> Iterator[Found]:
    from liveblog_cli.diagnosis import suggestion

    known = [n.id for n in subject.blog.notes]
    for entry in subject.live:
        for name in entry.notes:
            if name not in known:
                yield Found(entry.id, "notes", f"there is no box {name!r}{suggestion(name, known)}")


def _old_draft(subject: Subject) -> Iterator[Found]:
    for entry in subject.live:
        since = entry.added.at if entry.added else entry.time
        if entry.status == "draft" and subject.now - since > OLDEST_DRAFT:
            yield Found(entry.id, "status", f"a draft since {since.isoformat(timespec='minutes')}")


def _images(subject: Subject) -> Iterator[tuple[Entry, Media]]:
    from liveblog_cli.edition import plain_picture

    for entry in subject.live:
        for medium in entry.media:
            if plain_picture(medium).is_image:
                yield entry, medium


def _links(text: str) -> Iterator[str]:
    """Where the links of a Markdown text lead."""
    if "#" not in text:
        return
    from liveblog_cli.markup import parser

    for block in parser().parse(text):
        for token in block.children or ():
            if token.type == "link_open":
                yield str(token.attrGet("href"))


def _is_address(address: str) -> bool:
    from liveblog_cli.inputs import address as checked

    try:
        checked(address, "")
    except LiveblogError:
        return False
    return True


def _rule(
    code: str, severity: Severity, find: Callable[[Subject], Iterator[Found]], title: str, mend: str
) -> Rule:
    return Rule(code=code, severity=severity, title=title, mend=mend, find=find)


RULES = (
    _rule("broken-file", "error", _broken_file, "The file can't be read as a blog.", "Mend the line in an editor. Other checks look at what can be read."),
    _rule("unknown-check", "warning", _unknown_check, "`checks_off` names a check that is not there.", "Take it out, or write its code as in this table."),
    _rule("no-url", "warning", _no_url, "The blog has no address of its own.", "`liveblog set --url URL`: permalinks and feeds need it."),
    _rule("bad-address", "error", _bad_address, "An address is no web address.", "Write it with https:// or http://."),
    _rule("dead-anchor", "error", _dead_anchor, "A link leads to an entry that readers can't see.", "Link to an entry that is published, or take the link out."),
    _rule("double-headline", "warning", _double_headline, "Two entries have the same headline.", "`liveblog edit ENTRY --headline TEXT`, or retract one."),
    _rule("long-headline", "warning", _long_headline, f"A headline is longer than {LONGEST_HEADLINE} characters.", "Shorten it: news search and apps cut it."),
    _rule("future-time", "note", _future_time, "An entry waits for its time.", "Nothing, if that is meant; else `liveblog edit ENTRY --at now`."),
    _rule("out-of-order", "note", _out_of_order, "An entry's time is before that of one added earlier, or after the blog's end.", "`liveblog edit ENTRY --at TIME`, if it is a slip; `liveblog reopen`, if the blog goes on."),
    _rule("no-alt", "error", _no_alt, "An image has no alternative text.", "`liveblog edit ENTRY --alt TEXT`: say what it shows to those who don't see it."),
    _rule("no-file", "error", _no_file, "An image file is not there.", "Put it beside the blog file where the entry names it, or name another."),
    _rule("no-source", "warning", _no_source, "A key event, or a text that quotes or attributes, cites no source.", '`liveblog edit ENTRY --source "NAME <URL> (KIND)"`.'),
    _rule("unverified-no-box", "warning", _no_box, "An unverified source stands without a box that says so.", f"`liveblog edit ENTRY --note ID`, or a box with `--applies-to` ({', '.join(KINDS)})."),
    _rule("unknown-note", "error", _unknown_note, "An entry names a box that is not there.", "`liveblog note add ID --text TEXT`, or `liveblog edit ENTRY --note OTHER`."),
    _rule("old-draft", "warning", _old_draft, "A draft is older than a day.", "`liveblog publish ENTRY` or `liveblog retract ENTRY`."),
)  # fmt: skip

CODES = tuple(rule.code for rule in RULES)
