"""An entry as templates get it. Every text in these values is ready to be shown.

`docs/themes.md` documents them, and `page.make_context` makes them.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from liveblog_cli.edition.edition import Item, Picture


class TimeView(Struct, frozen=True):
    """A moment: `iso` is for machines, `clock` (time of day) and `moment` (date and time) for readers."""

    iso: str
    clock: str
    moment: str


class SourceView(Struct, frozen=True):
    """A source. `url` may be "". `remark` tells its kind and whether it is verified ("news agency, unverified")."""

    name: str
    url: str
    remark: str


class NoteView(Struct, frozen=True):
    """A standing notice, its text as safe HTML. `marks` are those of choices that hide its entry, but not the note."""

    id: str
    title: str
    html: Markup
    marks: str = ""


class CorrectionView(Struct, frozen=True):
    """A correction. `word` is its kind in the blog's language ("Berichtigung"), `note` the text for readers."""

    kind: str
    word: str
    when: TimeView
    note: str


class LinkView(Struct, frozen=True):
    """A link to a video or a post. `text` names the place to which it leads."""

    url: str
    text: str
    caption: str
    credit: str


class EntryView(Struct, frozen=True, kw_only=True):
    """One entry as the page shows it. Fields that need no preparation are those of its `item`.

    Those that the template asks for in every entry stand here as well: to look for one in `item` takes longer.

    `day` is "" if the entry above is of the same day; `day_marks` are those of choices that hide the entry, but not
    its day. `heading` is the headline, or a text in its place. `marks` are
    those of the anchors by which readers choose entries. `tags` are pairs: the tag, and the id of its anchor or "".
    """

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
    label: str
    marks: str
    updated: TimeView | None
    pictures: tuple[Picture, ...]
    cards: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    sources_word: str
    notes: tuple[NoteView, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[tuple[str, str], ...]

    @property
    def boxes(self) -> tuple[NoteView, ...]:
        """`notes`, under the name that older themes use."""
        return self.notes

    def __getattr__(self, name: str) -> object:
        return getattr(self.item, name)
