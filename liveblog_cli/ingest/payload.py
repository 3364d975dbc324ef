"""Entries from outside, as JSON or as Python values: read, cleaned, and offered to a blog.

Nothing that comes in here is trusted: unknown fields, control characters, addresses that are none and
files outside the blog's folder are refused.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import inputs
from liveblog_cli.model.values import Blog, Entry, Media, Source, Status
from liveblog_cli.storage.upsert import Upsert, require_content
from liveblog_cli.text.zones import require_reachable, to_zone

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


def read_line(data: bytes) -> Fields:
    """One JSON object as fields.

    Raises:
        LiveblogError: it is not JSON, not an entry, or gives a field twice; the message says where.
    """
    try:
        fields = _decoder().decode(data)
    except msgspec.ValidationError as error:
        raise _not_an_entry(str(error)) from None
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise LiveblogError(f"not UTF-8: byte 0x{byte:02x}", "send JSON in UTF-8") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise LiveblogError(f"not JSON: {error}", "one JSON object on each line") from None
    if data.count(b'"') != _encoder().encode(fields).count(b'"'):  # a quick look, for streams
        _refuse_twice(data)
    return fields


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(Fields),
    }


def offer(fields: Fields, blog: Blog, now: datetime, folder: Path) -> Upsert:
    """What `fields` ask of a blog whose file stands in `folder`.

    Raises:
        LiveblogError: a field can't be what it should be.
    """
    given = _cleaned(fields, blog, now, folder)
    time = given.get("time") or to_zone(now, ZoneInfo(blog.timezone)).replace(microsecond=0)
    return Upsert(Entry(**{"id": "", "time": time, **given}), _replacing(given))


def edit(fields: Fields, blog: Blog, now: datetime, folder: Path) -> Callable[[Entry], Entry]:
    """What `fields` make of an entry that is there (see `offer`)."""
    return _replacing(_cleaned(fields, blog, now, folder))


def from_values(values: Mapping[str, Any]) -> Fields:
    """Python values as fields: a time may be an aware datetime, and lists may be tuples.

    Raises:
        LiveblogError: an unknown field, or one of a wrong type.
    """
    time = values.get("time")
    given = {**values, "time": time.isoformat()} if isinstance(time, datetime) else dict(values)
    try:
        return msgspec.convert(msgspec.to_builtins(given), Fields)
    except (msgspec.ValidationError, TypeError) as error:
        raise _not_an_entry(str(error)) from None


def _replacing(given: dict[str, Any]) -> Callable[[Entry], Entry]:
    return lambda old: require_content(replace(old, **given))


def _refuse_twice(data: bytes) -> None:
    """See to it that no name comes twice in an object: of two values one would be lost (RFC 8259, 4).

    Raises:
        LiveblogError: one does.
    """
    import json

    def require_once(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        if twice := next((n for n in names if names.count(n) > 1), ""):
            raise LiveblogError(f"{twice} is given twice", "keep one")

    json.loads(data, object_pairs_hook=require_once)


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder()


@cache
def _decoder() -> msgspec.json.Decoder[Fields]:
    return msgspec.json.Decoder(Fields)


def _cleaned(fields: Fields, blog: Blog, now: datetime, folder: Path) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in fields.__struct_fields__:
        value = getattr(fields, name)
        if value is UNSET:
            continue
        if name in ("headline", "label", "ref"):
            value = inputs.one_line(value, name)
        elif name == "body":
            value = inputs.clean(value, name)
        elif name == "time":
            value = _moment(value, blog, now)
        elif name in ("authors", "tags"):
            value = tuple([t for t in [inputs.one_line(v, name) for v in value] if t])
        elif name == "notes":
            value = inputs.known_notes(value, blog)
        elif name == "sources":
            value = tuple([_source(s) for s in value])
        elif name == "media":
            value = tuple([_medium(m, folder) for m in value])
        given[name] = value
    return given


def _moment(text: str, blog: Blog, now: datetime) -> datetime:
    zone = ZoneInfo(blog.timezone)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return to_zone(require_reachable(moment, text), zone).replace(microsecond=0)
    except (ValueError, OverflowError):
        pass  # the slower reader knows more forms, and says what is wrong
    from liveblog_cli.text.times import parse_time

    return parse_time(text, now, zone, blog.language)


def _source(source: Source) -> Source:
    name = inputs.one_line(source.name, "source")
    if not name:
        raise LiveblogError("a source has no name")
    return replace(source, name=name, url=inputs.address(source.url, "source"))


def _medium(medium: Media, folder: Path) -> Media:
    texts = {k: inputs.one_line(getattr(medium, k), k) for k in ("alt", "caption", "credit")}
    if bool(medium.file) == bool(medium.url):
        raise LiveblogError("a medium needs either a file or a url")
    if medium.url:
        return replace(medium, url=inputs.address(medium.url, "media"), **texts)
    from liveblog_cli.images import measure

    width, height = measure(folder / _inside(inputs.clean(medium.file, "file")))
    return replace(medium, width=width, height=height, **texts)


def _inside(name: str) -> str:
    """A file's name as senders may give it: nothing outside the blog's folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name or "\\" in name:
        raise LiveblogError(
            f"media file {name!r} is not below the blog's folder", "name it relative to that folder"
        )
    return name


def _not_an_entry(message: str) -> LiveblogError:
    from liveblog_cli.storage.diagnosis import in_words
    from liveblog_cli.text.suggest import suggest

    if message.startswith("Expected `object`") and " - at " not in message:
        return LiveblogError("not a JSON object", "one JSON object on each line")
    words, unknown = in_words(message)
    if unknown == "id":
        return LiveblogError("the id is the blog's to give", "send your own id as `ref`")
    if unknown:
        return LiveblogError(f"{words}{suggest(unknown, Fields.__struct_fields__)}")
    return LiveblogError(words, "the schema: liveblog schema entry")
