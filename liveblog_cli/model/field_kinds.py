"""The kinds of fields that an entry has: how a value of each is cleaned, read from what was typed, and written.

`fields` says which field is of which kind.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import cleaning
from liveblog_cli.model.values import Blog, Media, Source, Status
from liveblog_cli.text.zones import require_reachable, to_zone


class Context(Struct, frozen=True, kw_only=True):
    """What cleaning has to know: the blog's head, the time now, and how a medium that is a file gets its size.

    `measure` answers the medium with `width` and `height` in pixels; it may refuse the file.
    """

    blog: Blog
    now: datetime
    measure: Callable[[Media], Media] = lambda medium: medium

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which times without an offset are read."""
        return ZoneInfo(self.blog.timezone)

    @property
    def now_there(self) -> datetime:
        """The time now in that zone, in whole seconds."""
        return to_zone(self.now, self.zone).replace(microsecond=0)


class Option(Struct, frozen=True):
    """An option that gives a field, or a part of it.

    `edit_help` stands in for `help` where the entry is there already. `short` is a second name, and `off` is the name
    that takes a flag away from an entry that is there.
    """

    name: str
    metavar: str
    help: str
    edit_help: str = ""
    short: str = ""
    off: str = ""

    @property
    def key(self) -> str:
        """The name without dashes."""
        return self.name.removeprefix("--")


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
    and `line` (of the editor's form, some `only_new` entries have) are how people give it. `is_text` is true where the value is text to search in, `is_plain` where
    readers see that text as it is. `noticed` is false where a change of it does not make the entry an updated one
    for readers.
    """

    clean: Clean
    parse: Callable[[Any], Any] = _keep
    write: Callable[[Any], Sequence[str]] = _write_one
    combine: Callable[[Any, Any], Any] = _take_given
    options: tuple[Option, ...] = ()
    line: str = ""
    only_new: bool = False
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


def _keep_value(value: Any, _: str, __: Context) -> Any:
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
    return replace(context.measure(medium), **texts)


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


TEXT = Field(clean=_clean_text, is_text=True, is_plain=True)
"""Text of several lines, in Markdown."""

LINE = Field(clean=_clean_line, is_text=True, is_plain=True)
"""Text on one line."""

LINES = Field(clean=_clean_lines, write=_keep, many=True, is_text=True)
"""Several texts, each on one line."""

TIME = Field(clean=_clean_time, write=_write_time)
"""A moment, as text: ISO 8601, or as people say it."""

FLAG = Field(clean=_keep_value, write=_write_flag, flag=True)
"""Yes or no."""

DRAFT = Field(clean=_keep_value, parse=_parse_draft, write=_write_draft, flag=True)
"""Whether an entry is a draft; `status` in the file."""

SOURCES = Field(clean=_clean_sources, parse=_parse_sources, write=_write_sources, many=True)
"""Who says it: `NAME <https://address> (agency, unverified)`."""

NOTES = Field(clean=_clean_notes, parse=_parse_notes, write=_keep, many=True)
"""Ids of notes that the blog has."""

MEDIA = Field(clean=_clean_media, combine=_combine_media, many=True)
"""Images and links to videos and posts, in order."""
