"""The values that the templates of the page get, made from an edition. `docs/themes.md` documents them.

Every text is ready to be shown: times are in the blog's language and zone, bodies are safe HTML, and addresses
are safe to follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from liveblog_cli.edition import anchors
from liveblog_cli.edition.anchors import Anchor
from liveblog_cli.edition.edition import Edition, Item, Picture, PublicCorrection
from liveblog_cli.edition.voice import get_voice
from liveblog_cli.edition.words import split_around
from liveblog_cli.model.values import Note, Source
from liveblog_cli.rendering import jsonld
from liveblog_cli.rendering.json_values import format_iso
from liveblog_cli.rendering.page_values import (
    CorrectionView,
    EntryView,
    LinkView,
    NoteView,
    SourceView,
    TimeView,
)
from liveblog_cli.rendering.remnants import Remnants, find_remnants
from liveblog_cli.rendering.settings import Settings, find_address
from liveblog_cli.text.languages import find_direction, find_numbering, get_locale
from liveblog_cli.text.markdown import to_html
from liveblog_cli.text.urls import find_host

FEEDS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


def make_context(edition: Edition, settings: Settings) -> dict[str, Any]:
    """The values for templates, by the names that templates use."""
    page = _ViewMaker(edition)
    pinned, rest = edition.pinned, edition.unpinned
    days = [*page.add_dates(pinned), *page.add_days(rest)]
    views = {item.id: page.make_entry(item, day) for item, day in days}
    return {
        "blog": edition,
        "words": page.voice.marked_words,
        "lang": edition.language,
        "dir": find_direction(edition.language),
        "locale": page.locale,
        "numbering": find_numbering(page.voice.language),
        "fragment": settings.fragment,
        "pinned": [views[i.id] for i in pinned],
        "entries": [views[i.id] for i in rest],
        "key_events": [views[i.id] for i in edition.key_events],
        "several_days": page.is_on_several_days(edition.key_events),
        "corrected": [views[i.id] for i in edition.corrected],
        "stand": page.make_time(edition.updated),
        "started": page.make_time(edition.started),
        "ended": page.make_time(edition.ended) if edition.ended else None,
        "zone": page.mark(page.dates.name_zone(edition.updated)),
        "byline": page.voice.join_names(edition.authors) if edition.authors else "",
        "summary": Markup(edition.summary_html),
        "named": [p for p in page.people.values() if p not in page.authors],
        "choices": page.list_choices(),
        "authors": page.authors,
        "staying": page.remnants.marks,
        "lead": jsonld.find_lead_picture(edition),
        "feeds": list(_list_feeds(edition, settings)),
        "jsonld": Markup(jsonld.to_script(jsonld.make_posting(edition))),
        "around": split_around,
    }


class _ViewMaker:
    """Makes the views of one page. It looks up once what all entries of the page share."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.voice = get_voice(edition)
        self.words = self.voice.words
        self.mark = self.voice.mark_language
        self.dates = self.voice.dates
        self.topics: Mapping[str, Anchor] = anchors.list_topics(edition)
        self.people: Mapping[str, Anchor] = anchors.list_people(edition)
        self.make_note = cache(self._make_note)

    @property
    def locale(self) -> str:
        """Language and territory in the form of Open Graph: de_DE."""
        from babel import Locale
        from babel.core import get_global

        own = get_locale(self.edition.language)
        likely = Locale.parse(get_global("likely_subtags").get(own.language, "en_Latn_US"))
        return f"{own.language}_{own.territory or likely.territory}"

    def list_choices(self) -> list[Anchor]:
        """The anchors of key events and topics, by which readers can choose entries."""
        has_key = bool(self.edition.key_events)
        key = [Anchor("lb:key", "key", self.mark(self.words.only_key))] if has_key else []
        return [*key, *self.topics.values()]

    @cached_property
    def authors(self) -> list[Anchor]:
        """The anchors of authors who wrote entries; none if there is only one."""
        writers = {a for i in self.edition.items for a in i.authors}
        found = [anchor for name, anchor in self.people.items() if name in writers]
        return found if len(found) > 1 else []

    def is_on_several_days(self, items: list[Item]) -> bool:
        """Whether items (newest first) are of more than one day, so that a time of day is not enough."""
        return bool(items) and not self.dates.is_same_day(items[0].time, items[-1].time)

    def add_days(self, items: list[Item]) -> Iterable[tuple[Item, str]]:
        """Each item with its day if the item above is of another day, else with ""."""
        if items:
            yield items[0], self.mark(self.dates.format_day(items[0].time))
        for above, item in pairwise(items):
            same = self.dates.is_same_day(above.time, item.time)
            yield item, "" if same else self.mark(self.dates.format_day(item.time))

    def add_dates(self, items: list[Item]) -> Iterable[tuple[Item, str]]:
        """Each item with its date. Pinned items are not sorted by day, so each shows its own date."""
        return [(item, self.mark(self.dates.format_date(item.time))) for item in items]

    def make_time(self, moment: datetime) -> TimeView:
        clock, with_date = self.voice.format_clock_and_moment(moment)
        return TimeView(format_iso(moment), self.mark(clock), self.mark(with_date))

    def make_entry(self, item: Item, day: str) -> EntryView:
        words = self.words
        sources = tuple([self._make_source(s) for s in item.sources]) if item.sources else ()
        return EntryView(
            item=item,
            id=item.id,
            permalink=item.permalink,
            when=self.make_time(item.time),
            day=day,
            day_marks=_join(self.remnants.days.get(item.id)),
            heading=item.title
            or self.mark(words.entry_at.format(time=self.voice.format_clock(item.time))),
            has_headline=bool(item.headline),
            html=Markup(prepare_html(item.html, words.table)),
            byline=self.voice.join_names(item.authors) if item.authors else "",
            key=item.key,
            pinned=item.pinned,
            label=item.label,
            marks=" ".join(self.marks[item.id]),
            updated=self.make_time(item.updated) if item.updated > item.time else None,
            pictures=tuple([p for p in item.media if p.is_image and p.src]),
            cards=tuple([self._make_link(p) for p in item.media if not p.is_image and p.url]),
            sources=sources,
            sources_word=self.mark(words.count(words.sources, len(sources))) if sources else "",
            notes=tuple([self._make_note_of(item, n) for n in item.notes]),
            corrections=tuple([self._make_correction(c) for c in item.corrections]),
            tags=tuple([(t, self.topics[t].id if t in self.topics else "") for t in item.tags]),
        )

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """The marks of the anchors by which readers can choose each entry, by the entry's id."""
        return {item.id: self._list_marks(item) for item in self.edition.items}

    @cached_property
    def remnants(self) -> Remnants:
        """The days and notes that stay when readers choose entries."""
        return find_remnants(self.edition, self.add_days(self.edition.unpinned), self.marks)

    def _list_marks(self, item: Item) -> list[str]:
        marks = ["key"] if item.key else []
        marks += [self.topics[t].mark for t in dict.fromkeys(item.tags) if t in self.topics]
        if self.authors:
            marks += [self.people[a].mark for a in item.authors if a in self.people]
        return marks

    def _make_source(self, source: Source) -> SourceView:
        remark = self.words.describe_source(source)
        return SourceView(source.name, source.url, self.mark(remark) if remark else "")

    def _make_note(self, note: Note) -> NoteView:
        html = prepare_html(to_html(note.text), self.words.table)
        return NoteView(note.id, note.title or self.mark(self.words.note), Markup(html))

    def _make_note_of(self, item: Item, note: Note) -> NoteView:
        marks = self.remnants.notes.get((item.id, note.id))
        return replace(self.make_note(note), marks=_join(marks)) if marks else self.make_note(note)

    def _make_correction(self, correction: PublicCorrection) -> CorrectionView:
        word = self.mark(self.words.correction_kinds[correction.kind])
        return CorrectionView(correction.kind, word, self.make_time(correction.at), correction.note)

    def _make_link(self, picture: Picture) -> LinkView:
        text = self.mark(self.words.media_link.format(host=find_host(picture.url)))
        return LinkView(picture.url, text, picture.caption or picture.alt, picture.credit)


def prepare_html(html: str, table: str) -> str:
    """HTML of a body, ready for the page: tables scroll in a region with the name `table`, images load when seen.

    Cells are aligned by a class, because the page's policy forbids style attributes.
    """
    if "<table" in html:
        name = Markup.escape(table)
        html = html.replace(
            "<table>",
            f'<div class="lb-table" role="region" aria-label="{name}" tabindex="0"><table>',
        )
        html = _ALIGN.sub(r'\1class="lb-\2"', html.replace("</table>", "</table></div>"))
    return html.replace("<img ", '<img loading="lazy" ') if "<img " in html else html


def _join(marks: Iterable[str] | None) -> str:
    return " ".join(sorted(marks or ()))


_ALIGN = re.compile(r'(<t[hd] )style="text-align:(left|right|center)"')


def _list_feeds(edition: Edition, settings: Settings) -> Iterable[tuple[str, str, str]]:
    """The title, media type and address of each feed that is exported with the page."""
    for name, (title, media_type) in FEEDS.items():
        if filename := settings.beside.get(name):
            yield title, media_type, find_address(edition, filename) or filename
