"""A live blog as values: frozen, complete, without I/O. What a file holds, and how it may change.

Times are aware datetimes. Text is Unicode without control characters; `body`, `summary` and a box's
`text` are CommonMark, everything else is plain text.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from liveblog_cli.errors import InvalidFile

FORMAT = 1
"""The file format that this program writes, and the newest that it reads."""

Moment = Annotated[datetime, Meta(tz=True)]
EntryId = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$(?!\n)")]
Text = Annotated[str, Meta(min_length=1)]
Status = Literal["draft", "retracted"]
CorrectionKind = Literal["correction", "clarification", "update"]
SourceKind = Literal["agency", "official", "party-to-conflict", "eyewitness", "media", "social"]


class _Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all values of the file share."""


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
        """Whether readers may see it at `now`."""
        return self.status is None and self.time <= now

    def is_scheduled(self, now: datetime) -> bool:
        """Whether it waits for its time."""
        return self.status is None and self.time > now

    def with_texts(self, headline: str | None = None, body: str | None = None) -> "Entry":
        """The entry with another headline, another body, or both."""
        return msgspec.structs.replace(
            self,
            headline=self.headline if headline is None else headline,
            body=self.body if body is None else body,
        )

    def pin(self) -> "Entry":
        """The entry at the top of the page."""
        return msgspec.structs.replace(self, pinned=True)

    def unpin(self) -> "Entry":
        """The entry in its place in time."""
        return msgspec.structs.replace(self, pinned=False)

    def retract(self) -> "Entry":
        """The entry gone from everything that readers get; the file keeps it."""
        return msgspec.structs.replace(self, status="retracted")

    def restore(self) -> "Entry":
        """A retracted entry as it was before: published, or a draft."""
        if self.status != "retracted":
            return self
        touched = [c for c in self.history if "status" in c.was or "status" in c.absent]
        status = touched[-1].was.get("status") if touched else None
        return msgspec.structs.replace(self, status=status)

    def publish(self, at: datetime | None) -> "Entry":
        """A draft for readers: at that time, or at the one it has."""
        if self.status != "draft":
            return self
        return msgspec.structs.replace(self, status=None, time=at or self.time)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.headline.strip() or self.body.strip() or self.media)


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

    def ordered(self) -> list[Entry]:
        """The entries, newest first; of one time, the one that stands later in the file first."""
        return sorted(reversed(self.entries), key=lambda e: e.time, reverse=True)


Record = Entry | Blog
"""What has fields and a history."""


def changed(old: Record, new: Record, change: Change) -> Record:
    """`new` with a history that can bring `old` back; `old` itself where nothing differs.

    `change` says when, by whom and why; `was` and `absent` are filled in here. A word to readers is
    a change also where no field differs: the text may have been mended before.
    """
    was, absent = difference(old, new)
    if not was and not absent and not change.note:
        return old
    entry = msgspec.structs.replace(change, was=was, absent=absent)
    return msgspec.structs.replace(new, history=(*old.history, entry))


def difference(old: Record, new: Record) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of `old` that `new` replaces, as plain values, and those that it did not have."""
    before, after = fields(old), fields(new)
    was = {name: value for name, value in before.items() if after.get(name) != value}
    return was, tuple(name for name in after if name not in before)


def fields(record: Record) -> dict[str, Any]:
    """The fields that are set, as TOML's own types, without the history and a blog's entries."""
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    for name in ("history", "entries", "id", "format"):
        plain.pop(name, None)
    return {name: _listed(value) for name, value in plain.items()}


def _listed(value: Any) -> Any:
    """Arrays as a TOML parser gives them, so that what was written equals what is read again."""
    if isinstance(value, (list, tuple)):
        return [_listed(v) for v in value]
    if isinstance(value, dict):
        return {k: _listed(v) for k, v in value.items()}
    return value


def reverted(record: Record, change: Change) -> Record:
    """`record` as it was before `change`, its history untouched.

    Raises:
        InvalidFile: what the change is said to have replaced can't have been there.
    """
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    for name in change.absent:
        plain.pop(name, None)
    try:
        return msgspec.convert(plain | change.was, type(record))
    except msgspec.ValidationError as error:
        whose = f"entry {record.id}" if isinstance(record, Entry) else "the blog"
        raise InvalidFile(
            [
                f"the history of {whose} can't be read back to before"
                f" {change.at.isoformat()}: {error}"
            ],
            "mend its `was` in an editor",
        ) from None


def as_of(record: Record, when: datetime) -> Record:
    """`record` as it stood at `when`, its history cut off there.

    A change that a clock set back has dated before its predecessor counts as made after it.
    """
    kept = next((n for n, c in enumerate(record.history) if c.at > when), len(record.history))
    for change in reversed(record.history[kept:]):
        record = reverted(record, change)
    return msgspec.structs.replace(record, history=record.history[:kept])
