"""A live blog as frozen values: everything that a blog file holds.

Times are aware datetimes. Text is Unicode without control characters. `body`, `summary` and the `text` of a
note are CommonMark; every other text is plain. The docstrings of the classes are the descriptions in the published
schemas, so a change of one is a change of docs/feed.schema.json and of what `liveblog schema` prints.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from liveblog_cli.errors import LiveblogError

if TYPE_CHECKING:
    from liveblog_cli.text.times import TimeContext

FORMAT = 1
"""The file format that this program writes, and the newest that it reads."""

Moment = Annotated[datetime, Meta(tz=True)]
EntryId = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$(?!\n)")]
Text = Annotated[str, Meta(min_length=1)]
Status = Literal["draft", "retracted"]
CorrectionKind = Literal["correction", "clarification", "update"]
SourceKind = Literal["agency", "official", "party-to-conflict", "eyewitness", "media", "social"]


class _Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The settings that all values of the file share."""


class Source(_Value, frozen=True):
    """Who says it: shown as attribution, linked where there is a `url`."""

    name: Text
    url: str = ""
    kind: SourceKind | None = None
    verified: bool | None = None


class Media(_Value, frozen=True):
    """An image (or a link to a video or post) with what readers need beside it.

    `file` is a path relative to the blog file, `url` an absolute address; one of the two is set.
    `width` and `height` are pixels of the original.
    """

    file: str = ""
    url: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: Annotated[int, Meta(ge=0)] = 0
    height: Annotated[int, Meta(ge=0)] = 0


class Note(_Value, frozen=True):
    """A standing box. With `applies_to` it is shown by itself beside sources of those kinds."""

    id: EntryId
    text: Text
    title: str = ""
    applies_to: tuple[SourceKind, ...] = ()


class Publisher(_Value, frozen=True):
    """Who publishes the blog: `logo` is an address, `account` the one on X, with its @."""

    name: Text
    url: str = ""
    logo: str = ""
    account: Annotated[str, Meta(pattern=r"^(@[A-Za-z0-9_]{1,15})?$")] = ""


class Added(_Value, frozen=True):
    """When an entry came into the file, by whom, and in which stream (`batch`), if in one.

    `order` counts instead of `at` where that does not tell the order of doing (see `sequence`).
    """

    at: Moment
    order: Moment | None = None
    by: str = ""
    batch: str = ""


class Change(_Value, frozen=True):
    """One change and what it replaced: enough to take it back.

    `was` holds the fields as they stood, `absent` names those that were not set. `kind` and `note`
    are for readers; a `minor` change does not move the time of the last update. Changes of one
    stream share its `batch`. `order` counts instead of `at` where that does not tell the order of
    doing (see `sequence`).
    """

    at: Moment
    order: Moment | None = None
    by: str = ""
    action: str = "edit"
    kind: CorrectionKind | None = None
    note: str = ""
    minor: bool = False
    batch: str = ""
    was: dict[str, Any] = {}
    absent: tuple[str, ...] = ()


class Entry(_Value, frozen=True):
    """One update of the blog. `time` is editorial: it orders the page and may lie in the future."""

    id: EntryId
    time: Moment
    headline: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    label: str = ""
    key: bool = False
    pinned: bool = False
    status: Status | None = None
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    ref: str = ""
    added: Added | None = None
    media: tuple[Media, ...] = ()
    history: tuple[Change, ...] = ()

    def is_public(self, now: datetime) -> bool:
        """Whether readers may see the entry at `now`."""
        return self.status is None and self.time <= now

    def is_scheduled(self, now: datetime) -> bool:
        """Whether the entry is published, but its time is after `now`."""
        return self.status is None and self.time > now

    def pin(self) -> "Entry":
        """The entry with a place at the top of the page."""
        return msgspec.structs.replace(self, pinned=True)

    def unpin(self) -> "Entry":
        """The entry with its usual place, by time."""
        return msgspec.structs.replace(self, pinned=False)

    def retract(self) -> "Entry":
        """The entry taken back: readers no longer see it, the file keeps it."""
        return msgspec.structs.replace(self, status="retracted")

    def restore(self) -> "Entry":
        """A retracted entry with the status that it had before: published, or draft."""
        if self.status != "retracted":
            return self
        touched = [c for c in self.history if "status" in c.was or "status" in c.absent]
        status = touched[-1].was.get("status") if touched else None
        return msgspec.structs.replace(self, status=status)

    def publish(self, at: datetime | None) -> "Entry":
        """A draft published, with the time `at` if there is one, else with its own time."""
        if self.status != "draft":
            return self
        return msgspec.structs.replace(self, status=None, time=at or self.time)

    def short_title(self, most: int | None = None) -> str:
        """The headline, else the first `most` characters of the body (None: all of it), on one line."""
        return " ".join((self.headline or self.body[:most]).split())

    @property
    def is_empty(self) -> bool:
        """Whether the entry has no headline, no body and no media."""
        return not (self.headline.strip() or self.body.strip() or self.media)

    def require_content(self, media: str = "media", hint: str = "") -> "Entry":
        """The entry itself, unless it is empty. `media` is what the message calls media.

        Raises:
            LiveblogError: the entry is empty; `hint` says what to do.
        """
        if self.is_empty:
            raise LiveblogError(f"an entry needs a headline, a body or {media}", hint)
        return self


ACTIONS = (
    *("add", "edit", "pin", "unpin", "retract", "restore", "publish", "undo", "redo"),
    *("set", "close", "reopen", "rollover", "note add", "note edit", "note remove"),
)
"""What a change can be; a hook's `on` names some of them."""


class Hook(_Value, frozen=True):
    """A command that runs after a change. `run` is split as a shell does; `on` names actions."""

    run: Text
    on: tuple[str, ...] = ()


class Blog(_Value, frozen=True):
    """A whole blog: the head's fields and the entries in the order of the file."""

    title: Text
    format: int = FORMAT
    id: str = ""
    kicker: str = ""
    summary: str = ""
    language: str = "en"
    timezone: str = "UTC"
    url: str = ""
    authors: tuple[str, ...] = ()
    started: Moment | None = None
    ended: Moment | None = None
    closing: str = ""
    previous: str = ""
    next: str = ""
    checks_off: tuple[str, ...] = ()
    publisher: Publisher | None = None
    hooks: tuple[Hook, ...] = ()
    notes: tuple[Note, ...] = ()
    history: tuple[Change, ...] = ()
    entries: tuple[Entry, ...] = ()

    def time_context(self, now: datetime) -> "TimeContext":
        """What a time depends on that somebody types for this blog at `now`."""
        from liveblog_cli.text.times import TimeContext

        return TimeContext(now, ZoneInfo(self.timezone), self.language)

    def ordered(self) -> list[Entry]:
        """The entries, newest first. Of two with the same time, the later one in the file comes first."""
        return sorted(reversed(self.entries), key=lambda e: e.time, reverse=True)


Record = Entry | Blog
"""A value that has fields and a history."""
