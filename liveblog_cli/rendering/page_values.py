"""What templates get of an entry: values in which every text is ready to be shown.

`docs/themes.md` documents them; `page.context` makes them.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from liveblog_cli.edition.edition import Item, Picture


class TimeView(Struct, frozen=True):
    """A moment: `iso` for machines, `clock` and `moment` (with its date) for readers."""

    iso: str
    clock: str
    moment: str


class SourceView(Struct, frozen=True):
    """A source: its name, its address or "", and what is to be said of it ("news agency")."""

    name: str
    url: str
    remark: str


class NoteView(Struct, frozen=True):
    """A standing notice: `html` is safe. `marks` name the choices that hide its entry, but not it."""

    id: str
    title: str
    html: Markup
    marks: str = ""


class CorrectionView(Struct, frozen=True):
    """A correction: what kind it is in the blog's words, when, and its text."""

    kind: str
    word: str
    when: TimeView
    note: str


class LinkView(Struct, frozen=True):
    """A link to a video or a post: `text` says where it leads."""

    url: str
    text: str
    caption: str
    credit: str


class EntryView(Struct, frozen=True, kw_only=True):
    """One entry as the page shows it. What is shown as it is, such as `label`, is the item's own attribute."""

    item: Item
    id: str
    permalink: str
    when: TimeView
    day: str
    day_marks: str
    heading: str
    has_headline: bool
    html: Markup
    byline: str
    key: bool
    pinned: bool
    marks: str
    updated: TimeView | None
    pictures: tuple[Picture, ...]
    cards: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    sources_word: str
    boxes: tuple[NoteView, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[tuple[str, str], ...]

    def __getattr__(self, name: str) -> object:
        return getattr(self.item, name)
