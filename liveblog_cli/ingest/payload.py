"""Entries from outside, as JSON or as Python values: read, cleaned, and offered to a blog.

Nothing that comes in here is trusted: unknown fields, control characters, addresses that are none and
files outside the blog's folder are refused.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import cleaning
from liveblog_cli.model.field_kinds import Context
from liveblog_cli.model.fields import Fields, clean_fields, edit_entry, new_entry
from liveblog_cli.model.values import Blog, Entry, Media
from liveblog_cli.storage.upsert import Upsert


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
    # A quick look, for streams: what comes twice has more quotes. (Escaped ones are written as plain ones.)
    if data.count(b'"') != _encoder().encode(fields).count(b'"') or b"\\u0022" in data:
        _refuse_twice(data)
    return fields


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(Fields),
    }


def context_of(blog: Blog, now: datetime, folder: Path) -> Context:
    """What cleaning has to know, for a blog whose file stands in `folder`."""
    return Context(blog=blog, now=now, measure=lambda medium: _measure(medium, folder))


def upsert(fields: Fields, context: Context) -> Upsert:
    """What `fields` ask of a blog.

    Raises:
        LiveblogError: a field can't be what it should be.
    """
    given = clean_fields(fields, context)
    return Upsert(new_entry(given, context), _replacing(given))


def edit(fields: Fields, context: Context) -> Callable[[Entry], Entry]:
    """What `fields` make of an entry that is there (see `upsert`)."""
    return _replacing(clean_fields(fields, context))


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
    return lambda old: edit_entry(old, given).require_content()


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


def _measure(medium: Media, folder: Path) -> Media:
    from liveblog_cli.images import measure

    width, height = measure(folder / _inside(cleaning.clean(medium.file, "file")))
    return replace(medium, width=width, height=height)


def _inside(name: str) -> str:
    """A file's name as senders may give it: nothing outside the blog's folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name or "\\" in name:
        raise LiveblogError(
            f"media file {name!r} is not below the blog's folder", "name it relative to that folder"
        )
    return name


def _not_an_entry(message: str) -> LiveblogError:
    from liveblog_cli.storage.diagnosis import put_in_words
    from liveblog_cli.text.suggest import suggest

    if message.startswith("Expected `object`") and " - at " not in message:
        return LiveblogError("not a JSON object", "one JSON object on each line")
    words, unknown = put_in_words(message)
    if unknown == "id":
        return LiveblogError("the id is the blog's to give", "send your own id as `ref`")
    if unknown:
        return LiveblogError(f"{words}{suggest(unknown, Fields.__struct_fields__)}")
    return LiveblogError(words, "the schema: liveblog schema entry")
