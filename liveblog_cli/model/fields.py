"""The fields of an entry that somebody may give: the one home of each.

`Fields` has a line for every field, with its type and with a `Field`: how it is cleaned, by which option and in
which line of the editor's form it is given, whether readers notice a change. JSON lines, the Python API and the JSON Schema are made from the types; options,
form, search and edition read the rest. To add a field: docs/architecture.md.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Annotated, Any, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import cleaning
from liveblog_cli.model.values import Blog, Entry, Media, Source, Status
from liveblog_cli.text.zones import require_reachable, to_zone


class Context(Struct, frozen=True, kw_only=True):
    """What cleaning has to know: the blog's head, the time now, and how a medium that is a file gets its size.

    `measured` answers the medium with `width` and `height` in pixels; it may refuse the file.
    """

    blog: Blog
    now: datetime
    measured: Callable[[Media], Media] = lambda medium: medium

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which times without an offset are read."""
        return ZoneInfo(self.blog.timezone)

    @property
    def now_there(self) -> datetime:
        """The time now in that zone, in whole seconds."""
        return to_zone(self.now, self.zone).replace(microsecond=0)


class Option(NamedTuple):
    """An option that gives a field, or a part of it.

    `names` are its names, such as `--body` and `-b`, the long one first. `edit_help` stands in for `help` where the
    entry is there already; `off` is the name that takes a flag away from such an entry.
    """

    names: tuple[str, ...]
    help: str
    metavar: str = ""
    edit_help: str = ""
    off: str = ""

    @property
    def key(self) -> str:
        """The name without dashes."""
        return self.names[0].removeprefix("--")


class Line(NamedTuple):
    """The line of a field in the editor's form; some lines are for new entries only."""

    name: str
    only_new: bool = False


Clean = Callable[[Any, str, Context], Any]
"""A value that was given, the name by which messages call it, the context; answers what a file may hold."""


def _keep(value: Any) -> Any:
    return value


def _write_one(text: str) -> list[str]:
    return [text]


def _take_given(old: Any, given: Any) -> Any:
    return given


class Field(Struct, frozen=True, kw_only=True):
    """All that the program knows of one field of an entry.

    `clean` makes what was given fit for the file, or raises a LiveblogError. `parse` makes a value of what is typed:
    a text, several texts where the field has `many` values, a bool where it is a `flag`. `write` answers the texts
    that `parse` reads as the value again. `combine` makes one value of the entry's own and the given one. `options`
    and `line` are how people give it. `is_text` is true where the value is text to search in, `is_plain` where
    readers see that text as it is. `noticed` is false where a change of it does not make the entry an updated one
    for readers.
    """

    clean: Clean
    parse: Callable[[Any], Any] = _keep
    write: Callable[[Any], Sequence[str]] = _write_one
    combine: Callable[[Any, Any], Any] = _take_given
    options: tuple[Option, ...] = ()
    line: Line | None = None
    many: bool = False
    flag: bool = False
    is_text: bool = False
    is_plain: bool = False
    noticed: bool = True


class MediaTexts(Struct, frozen=True):
    """Texts for the images that an entry has already, in their order; those of later images stay."""

    alts: Sequence[str] = ()
    captions: Sequence[str] = ()
    credits: Sequence[str] = ()


def _clean_text(value: str, name: str, _: Context) -> str:
    return cleaning.clean(value, name)


def _clean_line(value: str, name: str, _: Context) -> str:
    return cleaning.one_line(value, name)


def _clean_lines(values: Sequence[str], name: str, _: Context) -> tuple[str, ...]:
    return tuple([t for t in [cleaning.one_line(v, name) for v in values] if t])


def _clean_time(value: str, _: str, context: Context) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return to_zone(require_reachable(moment, value), context.zone).replace(microsecond=0)
    except (ValueError, OverflowError):
        pass  # the slower reader knows more forms, and says what is wrong
    from liveblog_cli.text.times import parse_time

    return parse_time(value, context.blog.time_context(context.now))


def _as_given(value: Any, _: str, __: Context) -> Any:
    return value


def _clean_sources(values: Sequence[Source], _: str, __: Context) -> tuple[Source, ...]:
    return tuple([cleaning.clean_source(s) for s in values])


def _parse_sources(texts: Sequence[str]) -> tuple[Source, ...]:
    return tuple([cleaning.parse_source(t) for t in texts if t.strip()])


def _write_sources(sources: Sequence[Source]) -> list[str]:
    return [cleaning.write_source(s) for s in sources]


def _clean_notes(values: Sequence[str], _: str, context: Context) -> tuple[str, ...]:
    return cleaning.known_notes(values, context.blog)


def _clean_media(
    value: Sequence[Media] | MediaTexts, _: str, context: Context
) -> tuple[Media, ...] | MediaTexts:
    if isinstance(value, MediaTexts):
        return MediaTexts(
            alts=[cleaning.one_line(t, "alt") for t in value.alts],
            captions=[cleaning.one_line(t, "caption") for t in value.captions],
            credits=[cleaning.one_line(t, "credit") for t in value.credits],
        )
    return tuple([_clean_medium(m, context) for m in value])


def _clean_medium(medium: Media, context: Context) -> Media:
    texts = {k: cleaning.one_line(getattr(medium, k), k) for k in ("alt", "caption", "credit")}
    if bool(medium.file) == bool(medium.url):
        raise LiveblogError("a medium needs either a file or a url")
    if medium.url:
        return replace(medium, url=cleaning.address(medium.url, "media"), **texts)
    return replace(context.measured(medium), **texts)


def _combine_media(
    old: tuple[Media, ...], given: tuple[Media, ...] | MediaTexts
) -> tuple[Media, ...]:
    """The given media in place of the old ones; or the old ones with the given texts."""
    if not isinstance(given, MediaTexts):
        return given
    require_images(len(old), given)
    rows = zip_longest(given.alts, given.captions, given.credits)
    new = [
        {k: t for k, t in zip(("alt", "caption", "credit"), row, strict=True) if t is not None}
        for row in rows
    ]
    return (*[replace(m, **n) for m, n in zip(old, new, strict=False)], *old[len(new) :])


def require_images(count: int, texts: MediaTexts) -> None:
    """See to it that each text has its image, for none may be dropped in silence.

    Raises:
        LiveblogError: one of the options is given more often than there are images.
    """
    given = {"--alt": texts.alts, "--caption": texts.captions, "--credit": texts.credits}
    for option, values in given.items():
        if len(values) > count:
            raise LiveblogError(
                f"{option} is given {len(values)} times for {count} images",
                "give each image with --image",
            )


def _write_time(time: datetime) -> list[str]:
    return [f"{time:%Y-%m-%d %H:%M:%S}{time.isoformat()[-6:]}"]


def _parse_notes(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple([t for t in texts if t])


def _parse_draft(is_draft: bool) -> Status | None:
    return "draft" if is_draft else None


def _write_flag(value: bool) -> list[str]:
    return ["yes" if value else "no"]


def _write_draft(status: Status | None) -> list[str]:
    return _write_flag(status == "draft")


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


FIELDS = {
    "headline": Field(
        clean=_clean_line,
        options=(Option(("--headline",), "The headline.", "TEXT"),),
        line=Line("Headline"),
        is_text=True,
        is_plain=True,
    ),
    "body": Field(
        clean=_clean_text,
        options=(
            Option(("--body", "-b"), "The text, in Markdown; `-` reads it from stdin.", "TEXT"),
        ),
        is_text=True,
        is_plain=True,
    ),
    "time": Field(
        clean=_clean_time,
        options=(
            Option(
                ("--at",),
                "14:05, yesterday 14:05, -10m, or ISO 8601. [default: now]",
                "TIME",
                edit_help="A new time: 14:05, yesterday 14:05, -10m, …",
            ),
        ),
        line=Line("Time"),
        write=_write_time,
    ),
    "authors": Field(
        clean=_clean_lines,
        options=(Option(("--author",), "The byline; may be given again.", "NAME"),),
        line=Line("Author"),
        write=_keep,
        many=True,
        is_text=True,
    ),
    "tags": Field(
        clean=_clean_lines,
        options=(Option(("--tag",), "A tag; may be given again.", "TAG"),),
        line=Line("Tags"),
        write=_keep,
        many=True,
        is_text=True,
    ),
    "label": Field(
        clean=_clean_line,
        options=(Option(("--label",), "A mark such as Analysis.", "TEXT"),),
        line=Line("Label"),
        is_text=True,
        is_plain=True,
    ),
    "sources": Field(
        clean=_clean_sources,
        options=(
            Option(
                ("--source",),
                "Who says it; may be given again. (agency, unverified) may stand behind it.",
                '"NAME <URL>"',
            ),
        ),
        line=Line("Sources"),
        parse=_parse_sources,
        write=_write_sources,
        many=True,
    ),
    "notes": Field(
        clean=_clean_notes,
        options=(Option(("--note",), "A standing box that belongs to it.", "ID"),),
        line=Line("Notes"),
        parse=_parse_notes,
        write=_keep,
        many=True,
    ),
    "media": Field(
        clean=_clean_media,
        options=(
            Option(("--image",), "An image, or its address.", "FILE"),
            Option(("--alt",), "What the image shows.", "TEXT"),
            Option(("--caption",), "The text below the image.", "TEXT"),
            Option(("--credit",), "Who made the image.", "TEXT"),
        ),
        combine=_combine_media,
        many=True,
    ),
    "key": Field(
        clean=_as_given,
        options=(
            Option(("--key",), "Mark it as a key event.", edit_help="A key event.", off="--no-key"),
        ),
        line=Line("Key"),
        write=_write_flag,
        flag=True,
    ),
    "pinned": Field(
        clean=_as_given,
        options=(
            Option(("--pin",), "Pin it to the top.", edit_help="At the top.", off="--no-pin"),
        ),
        line=Line("Pinned", only_new=True),
        write=_write_flag,
        flag=True,
        noticed=False,
    ),
    "status": Field(
        clean=_as_given,
        options=(
            Option(
                ("--draft",),
                "Keep it from readers until `publish`.",
                edit_help="Take it from readers until `publish`.",
            ),
        ),
        line=Line("Draft", only_new=True),
        parse=_parse_draft,
        write=_write_draft,
        flag=True,
        noticed=False,
    ),
    "ref": Field(
        clean=_clean_line,
        options=(
            Option(
                ("--ref",),
                "The sender's own id; the same one never makes a second entry.",
                "KEY",
                edit_help="The sender's own id.",
            ),
        ),
        line=Line("Ref", only_new=True),
        is_text=True,
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
    media = _combine_media((), given["media"]) if "media" in given else ()
    return Entry(**{"id": "", **start, **given, "media": media})


def edit_entry(entry: Entry, given: Mapping[str, Any]) -> Entry:
    """The entry with what was given and cleaned; its other fields stay.

    Raises:
        LiveblogError: a text is for an image that the entry does not have.
    """
    new = {name: FIELDS[name].combine(getattr(entry, name), v) for name, v in given.items()}
    return replace(entry, **new)


def require_content(entry: Entry, media: str = "media", hint: str = "") -> Entry:
    """The entry itself, if there is something to show in it. `media` is what a message calls pictures.

    Raises:
        LiveblogError: there is nothing; `hint` says what to do.
    """
    if entry.is_empty:
        raise LiveblogError(f"an entry needs a headline, a body or {media}", hint)
    return entry
