"""An edition: what readers may see of a blog at one moment. Formats and the preview of the page get nothing else.

An edition has no drafts, no retracted or scheduled entries, no replaced texts, and no names of the people who typed
them. So no format can leak them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.model.values import (
    CorrectionKind,
    Note,
    Publisher,
    Source,
)
from liveblog_cli.text.blank import drop_blank


class PublicCorrection(Struct, frozen=True, kw_only=True):
    """A change that readers are told of. `note` is the text for them."""

    kind: CorrectionKind
    at: datetime
    note: str


class Picture(Struct, frozen=True, kw_only=True):
    """An image as a page shows it, or a link to a video or a post (`is_image` is then false).

    `src` is relative to the page, or absolute. `url` is always absolute; it is "" for a local file of
    a blog without an address. `sizes` are smaller versions: pairs of `src` and width in pixels. `length`
    is in bytes, 0 if unknown.
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

    `permalink` is absolute; in a blog without an address it begins with the blog's `urn:uuid:`. `notes` are
    the standing notices shown with this entry. `updated` is never before `time`.
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
    notes: tuple[Note, ...] = ()
    media: tuple[Picture, ...] = ()
    corrections: tuple[PublicCorrection, ...] = ()

    @property
    def boxes(self) -> tuple[Note, ...]:
        """`notes`, under the name that older themes and formats of other packages use."""
        return self.notes

    @cached_property
    def html(self) -> str:
        """The body as safe HTML: raw HTML and `javascript:` links are shown as text."""
        from liveblog_cli.text.markdown import to_html

        return to_html(self.body)

    @cached_property
    def text(self) -> str:
        """The body as plain text, paragraphs apart by blank lines."""
        from liveblog_cli.text.markdown import to_text

        return to_text(self.html)

    @cached_property
    def title(self) -> str:
        """The headline, else the first words of the body, else the first caption or alt text."""
        from liveblog_cli.text.markdown import cut_words

        images = [m.caption or m.alt for m in self.media]
        return (
            drop_blank(self.headline)
            or cut_words(self.text)
            or next(filter(drop_blank, images), "")
        )


class Selection(Struct, frozen=True, kw_only=True):
    """The filter of an export that has only a part of a blog (see `selection`).

    `key` is the same for the same filter, and does not reveal its words. `blog` is the title of the whole blog. `is_placed` says that the part has
    an address of its own; without one, the addresses of its files are unknown.
    """

    key: str
    blog: str
    is_placed: bool = False


class Edition(Struct, frozen=True, kw_only=True, dict=True):
    """A blog as readers may see it at `now`.

    `items` are all entries, newest first, the pinned ones too. `base` is the beginning of all permalinks: the blog's
    `url`, or a stable `urn:uuid:`. `updated` is the time of the newest change that readers see. A filtered
    export has a `selection`, and its own `title` and `id`. `tombstones` are pairs: the permalink of an
    entry that readers may have seen and that was retracted, and the time of the retraction.
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
        """The id of this document: `base`, for a filtered export with a fragment that stands for the filter.

        The fragment begins with `lb:`. No entry's id begins like this, so the fragment names no entry.
        """
        return f"{self.base}#lb:part-{self.selection.key}" if self.selection else self.base

    @property
    def blog_title(self) -> str:
        """The title of the whole blog, even if this is a part of it."""
        return self.selection.blog if self.selection else self.title

    @cached_property
    def notes_by_kind(self) -> tuple[Note, ...]:
        """The shown notes that belong to kinds of source. Each is shown once for all items that cite such a source."""
        found = {n.id: n for i in self.items for n in i.notes if n.applies_to}
        return tuple(found.values())

    def excerpt(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Some of the items, with the notes that they need, even if the edition shows these with other items."""
        return tuple(add_notes_by_kind(items, self.notes_by_kind))

    @property
    def pinned(self) -> list[Item]:
        """Pinned items, newest first."""
        return [i for i in self.items if i.pinned]

    @property
    def unpinned(self) -> list[Item]:
        """Items that are not pinned, newest first."""
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


def add_notes_by_kind(items: Sequence[Item], notes: Sequence[Note]) -> Iterable[Item]:
    """The items, each of `notes` added to the newest item that cites a source of its kinds.

    So such a note is shown once on the page. It is not added if an item has it already.
    """
    shown = {n.id for i in items for n in i.notes}
    for item in items:
        kinds = {s.kind for s in item.sources}
        due = [n for n in notes if n.id not in shown and kinds.intersection(n.applies_to)]
        shown.update(n.id for n in due)
        yield replace(item, notes=(*item.notes, *due)) if due else item
