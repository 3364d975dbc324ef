"""What the page's templates get: every text ready to be shown. `docs/themes.md` documents it.

Times are written in the blog's language and zone, bodies are safe HTML, addresses are followable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec.structs import replace

from liveblog_cli.edition import anchors
from liveblog_cli.edition.anchors import Anchor
from liveblog_cli.edition.edition import Correction, Edition, Item, Picture
from liveblog_cli.edition.voice import voice_of
from liveblog_cli.edition.words import around
from liveblog_cli.model.values import Note, Source
from liveblog_cli.rendering import jsonld
from liveblog_cli.rendering.page_values import (
    CorrectionView,
    EntryView,
    LinkView,
    NoteView,
    SourceView,
    TimeView,
)
from liveblog_cli.rendering.remnants import Remnants, remnants
from liveblog_cli.rendering.settings import Settings, address
from liveblog_cli.text.languages import find_direction, find_numbering, get_locale
from liveblog_cli.text.markdown import to_html

FEEDS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


def context(edition: Edition, settings: Settings) -> dict[str, Any]:
    """Everything that templates may use, by name."""
    page = _Page(edition)
    pinned, rest = edition.pinned, edition.unpinned
    shown = {i.id: page.entry(i, d) for i, d in [*page.with_moments(pinned), *page.with_days(rest)]}
    return {
        "blog": edition,
        "words": page.voice.said_words,
        "lang": edition.language,
        "dir": find_direction(edition.language),
        "locale": page.locale,
        "numbering": find_numbering(page.voice.language),
        "fragment": settings.fragment,
        "pinned": [shown[i.id] for i in pinned],
        "entries": [shown[i.id] for i in rest],
        "key_events": [shown[i.id] for i in edition.key_events],
        "several_days": page.several_days(edition.key_events),
        "corrected": [shown[i.id] for i in edition.corrected],
        "stand": page.when(edition.updated),
        "started": page.when(edition.started),
        "ended": page.when(edition.ended) if edition.ended else None,
        "zone": page.said(page.dates.zone_name(edition.updated)),
        "byline": page.voice.names(edition.authors) if edition.authors else "",
        "summary": Markup(edition.summary_html),
        "named": [p for p in page.people.values() if p not in page.authors],
        "choices": page.choices(),
        "authors": page.authors,
        "staying": page.remnants.marks,
        "lead": jsonld.lead_picture(edition),
        "feeds": list(_feeds(edition, settings)),
        "jsonld": Markup(jsonld.script(jsonld.live_blog_posting(edition))),
        "around": around,
    }


class _Page:
    """What all entries of one page share, worked out once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.voice = voice_of(edition)
        self.words = self.voice.words
        self.said = self.voice.said
        self.dates = self.voice.dates
        self.topics: Mapping[str, Anchor] = anchors.topics(edition)
        self.people: Mapping[str, Anchor] = anchors.people(edition)
        self.box = cache(self._box)
        self.told_kinds = self.words.correction_kinds

    @property
    def locale(self) -> str:
        """Language and territory as Open Graph writes them: de_DE."""
        from babel import Locale
        from babel.core import get_global

        own = get_locale(self.edition.language)
        likely = Locale.parse(get_global("likely_subtags").get(own.language, "en_Latn_US"))
        return f"{own.language}_{own.territory or likely.territory}"

    def choices(self) -> list[Anchor]:
        """What readers can choose entries by: key events, topics."""
        has_key = bool(self.edition.key_events)
        key = [Anchor("lb:key", "key", self.said(self.words.only_key))] if has_key else []
        return [*key, *self.topics.values()]

    @cached_property
    def authors(self) -> list[Anchor]:
        """Authors to choose by: those who wrote entries, where there is a choice."""
        wrote = {a for i in self.edition.items for a in i.authors}
        found = [anchor for name, anchor in self.people.items() if name in wrote]
        return found if len(found) > 1 else []

    def several_days(self, items: list[Item]) -> bool:
        """Whether items, newest first, are of more than one day: then a time alone says too little."""
        return bool(items) and not self.dates.same_day(items[0].time, items[-1].time)

    def with_days(self, items: list[Item]) -> Iterable[tuple[Item, str]]:
        """Items with the day where another one begins."""
        if items:
            yield items[0], self.said(self.dates.day(items[0].time))
        for above, item in pairwise(items):
            same = self.dates.same_day(above.time, item.time)
            yield item, "" if same else self.said(self.dates.day(item.time))

    def with_moments(self, items: list[Item]) -> Iterable[tuple[Item, str]]:
        """Pinned items stand apart from the others: each shows its own date."""
        return [(item, self.said(self.dates.date(item.time))) for item in items]

    def when(self, moment: datetime) -> TimeView:
        clock, whole = self.voice.clock_and_moment(moment)
        return TimeView(jsonld.iso(moment), self.said(clock), self.said(whole))

    def entry(self, item: Item, day: str) -> EntryView:
        when = self.when(item.time)
        words = self.words
        cited = tuple([self._cited(s) for s in item.sources]) if item.sources else ()
        return EntryView(
            item=item,
            id=item.id,
            permalink=item.permalink,
            when=when,
            day=day,
            day_marks=_in_a_row(self.remnants.days.get(item.id)),
            heading=item.title
            or self.said(words.entry_at.format(time=self.voice.clock(item.time))),
            has_headline=bool(item.headline),
            html=Markup(body(item.html, words.table)),
            byline=self.voice.names(item.authors) if item.authors else "",
            key=item.key,
            pinned=item.pinned,
            marks=" ".join(self.marks[item.id]),
            updated=self.when(item.updated) if item.updated > item.time else None,
            pictures=tuple([p for p in item.media if p.is_image and p.src]),
            cards=tuple([self._card(p) for p in item.media if not p.is_image and p.url]),
            sources=cited,
            sources_word=self.said(words.count(words.sources, len(cited))) if cited else "",
            boxes=tuple([self._box_of(item, n) for n in item.boxes]),
            corrections=tuple([self._told(c) for c in item.corrections]),
            tags=tuple([(t, self.topics[t].id if t in self.topics else "") for t in item.tags]),
        )

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """What each entry can be chosen by."""
        return {item.id: self._marks(item) for item in self.edition.items}

    @cached_property
    def remnants(self) -> Remnants:
        """What stays of entries that a choice hides."""
        return remnants(self.edition, self.with_days(self.edition.unpinned), self.marks)

    def _marks(self, item: Item) -> list[str]:
        marks = ["key"] if item.key else []
        marks += [self.topics[t].mark for t in dict.fromkeys(item.tags) if t in self.topics]
        if self.authors:
            marks += [self.people[a].mark for a in item.authors if a in self.people]
        return marks

    def _cited(self, source: Source) -> SourceView:
        remarks = [self.words.source_kinds[source.kind]] if source.kind else []
        if source.verified is not None:
            remarks.append(self.words.verified if source.verified else self.words.unverified)
        remark = self.words.comma.join(remarks)
        return SourceView(source.name, source.url, self.said(remark) if remark else "")

    def _box(self, note: Note) -> NoteView:
        html = body(to_html(note.text), self.words.table)
        return NoteView(note.id, note.title or self.said(self.words.note), Markup(html))

    def _box_of(self, item: Item, note: Note) -> NoteView:
        stay = self.remnants.boxes.get((item.id, note.id))
        return replace(self.box(note), marks=_in_a_row(stay)) if stay else self.box(note)

    def _told(self, correction: Correction) -> CorrectionView:
        word = self.said(self.told_kinds[correction.kind])
        return CorrectionView(correction.kind, word, self.when(correction.at), correction.note)

    def _card(self, picture: Picture) -> LinkView:
        text = self.said(self.words.media_link.format(host=_host(picture.url)))
        return LinkView(picture.url, text, picture.caption or picture.alt, picture.credit)


def body(html: str, table: str) -> str:
    """A body for the page: tables scroll in a region named `table`, cells are aligned by a class."""
    if "<table" in html:
        name = Markup.escape(table)
        html = html.replace(
            "<table>",
            f'<div class="lb-table" role="region" aria-label="{name}" tabindex="0"><table>',
        )
        html = _ALIGN.sub(r'\1class="lb-\2"', html.replace("</table>", "</table></div>"))
    return html.replace("<img ", '<img loading="lazy" ') if "<img " in html else html


def _in_a_row(marks: Iterable[str] | None) -> str:
    return " ".join(sorted(marks or ()))


_ALIGN = re.compile(r'(<t[hd] )style="text-align:(left|right|center)"')


def _feeds(edition: Edition, settings: Settings) -> Iterable[tuple[str, str, str]]:
    """Name, media type and address of each feed that is exported with the page."""
    for name, (title, media_type) in FEEDS.items():
        if filename := settings.beside.get(name):
            yield title, media_type, address(edition, filename) or filename


def _host(url: str) -> str:
    """The host of an address as readers know it."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url
