"""The fields of an entry that somebody may give: the one home of each.

`Fields` has the type of every field, and `FIELDS` a row that says the rest: of which kind it is, by which option and in
which line of the editor's form it is given, whether readers notice a change. JSON lines, the Python API and the JSON
Schema are made from the types; options, form, search and edition read the rows. To add a field: docs/architecture.md.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from liveblog_cli.model.field_kinds import (
    DRAFT,
    FLAG,
    LINE,
    LINES,
    MEDIA,
    NOTES,
    SOURCES,
    TEXT,
    TIME,
    Context,
    Field,
    Option,
)
from liveblog_cli.model.values import Entry, Media, Source, Status

_TIME = "ISO 8601; without an offset it is read in the blog's zone; left out, it is now"
_REF = "the sender's own id: the same one never makes a second entry"


class Fields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry as a sender gives it: the fields of the file, all optional, a time as text.

    It needs a headline, a body or media. The id is the blog's to give; `ref` is the sender's.
    """

    ref: Annotated[str, Meta(description=_REF)] | UnsetType = UNSET
    time: Annotated[str, Meta(description=_TIME)] | UnsetType = UNSET
    headline: str | UnsetType = UNSET
    body: str | UnsetType = UNSET
    authors: tuple[str, ...] | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    label: str | UnsetType = UNSET
    key: bool | UnsetType = UNSET
    pinned: bool | UnsetType = UNSET
    status: Status | UnsetType | None = UNSET
    sources: tuple[Source, ...] | UnsetType = UNSET
    notes: tuple[str, ...] | UnsetType = UNSET
    media: tuple[Media, ...] | UnsetType = UNSET


if TYPE_CHECKING:  # to make them would cost every start half a millisecond

    class CommonFields(TypedDict, total=False):
        """What an entry may have beside its texts, for type checkers of programs that use the Python API.

        `time` is an aware datetime, or text: ISO 8601, or as `--at` takes it.
        """

        time: datetime | str
        authors: Sequence[str]
        tags: Sequence[str]
        label: str
        key: bool
        pinned: bool
        status: Status | None
        sources: Sequence[Source]
        notes: Sequence[str]
        media: Sequence[Media]

    class NewFields(CommonFields, total=False):
        """The same for a new entry; `ref` is the sender's own id for it."""

        ref: str

    class EditFields(CommonFields, total=False):
        """The fields of an entry that an edit may give; the others stay. `body` is CommonMark."""

        headline: str
        body: str


def _row(kind: Field, *options: Option, **more: Any) -> Field:
    return replace(kind, options=options, **more)


FIELDS = {
    "headline": _row(LINE, Option("--headline", "TEXT", "The headline."), line="Headline"),
    "body": _row(
        TEXT,
        Option("--body", "TEXT", "The text, in Markdown; `-` reads it from stdin.", short="-b"),
    ),
    "time": _row(
        TIME,
        Option(
            "--at",
            "TIME",
            "14:05, yesterday 14:05, -10m, or ISO 8601. [default: now]",
            edit_help="A new time: 14:05, yesterday 14:05, -10m, …",
        ),
        line="Time",
    ),
    "authors": _row(
        LINES, Option("--author", "NAME", "The byline; may be given again."), line="Author"
    ),
    "tags": _row(LINES, Option("--tag", "TAG", "A tag; may be given again."), line="Tags"),
    "label": _row(LINE, Option("--label", "TEXT", "A mark such as Analysis."), line="Label"),
    "sources": _row(
        SOURCES,
        Option(
            "--source",
            '"NAME <URL>"',
            "Who says it; may be given again. (agency, unverified) may stand behind it.",
        ),
        line="Sources",
    ),
    "notes": _row(
        NOTES, Option("--note", "ID", "A standing box that belongs to it."), line="Notes"
    ),
    "media": _row(
        MEDIA,
        Option("--image", "FILE", "An image, or its address."),
        Option("--alt", "TEXT", "What the image shows."),
        Option("--caption", "TEXT", "The text below the image."),
        Option("--credit", "TEXT", "Who made the image."),
    ),
    "key": _row(
        FLAG,
        Option("--key", "", "Mark it as a key event.", edit_help="A key event.", off="--no-key"),
        line="Key",
    ),
    "pinned": _row(
        FLAG,
        Option("--pin", "", "Pin it to the top.", edit_help="At the top.", off="--no-pin"),
        line="Pinned",
        only_new=True,
        noticed=False,
    ),
    "status": _row(
        DRAFT,
        Option(
            "--draft",
            "",
            "Keep it from readers until `publish`.",
            edit_help="Take it from readers until `publish`.",
        ),
        line="Draft",
        only_new=True,
        noticed=False,
    ),
    "ref": _row(
        LINE,
        Option(
            "--ref",
            "KEY",
            "The sender's own id; the same one never makes a second entry.",
            edit_help="The sender's own id.",
        ),
        line="Ref",
        only_new=True,
        is_plain=False,
        noticed=False,
    ),
}
"""Every field, in the order in which options and lines of the form stand."""

TEXTS = [name for name, field in FIELDS.items() if field.is_text and not field.many]
"""The fields that are one text each to search in."""

PLAIN = [name for name, field in FIELDS.items() if field.is_plain]
"""The fields whose text readers see as it is."""

_CLEANERS = [(name, FIELDS[name].clean) for name in Fields.__struct_fields__]


def clean_fields(fields: Fields, context: Context) -> dict[str, Any]:
    """What was given, as the file may hold it, by name.

    Raises:
        LiveblogError: a field can't be what it should be.
    """
    given = {}
    for name, clean in _CLEANERS:
        value = getattr(fields, name)
        if value is not UNSET:
            given[name] = clean(value, name, context)
    return given


def new_entry(given: Mapping[str, Any], context: Context) -> Entry:
    """An entry without an id of what was given and cleaned; timed now if no time was."""
    start = {} if "time" in given else {"time": context.now_there}
    media = MEDIA.combine((), given["media"]) if "media" in given else ()
    return Entry(**{"id": "", **start, **given, "media": media})


def edit_entry(entry: Entry, given: Mapping[str, Any]) -> Entry:
    """The entry with what was given and cleaned; its other fields stay.

    Raises:
        LiveblogError: a text is for an image that the entry does not have.
    """
    new = {name: FIELDS[name].combine(getattr(entry, name), v) for name, v in given.items()}
    return replace(entry, **new)
