"""How an entry or a head changes, what a change replaced, and the way back to an earlier state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model.values import Change, Entry, Record


def record_change(old: Record, new: Record, change: Change) -> Record:
    """`new`, with `change` at the end of its history; `old` itself if the two do not differ.

    `change` says when, by whom and why. This function fills in `was` and `absent`. A change with a note to
    readers is recorded even if no field differs: the text may have been corrected before.
    """
    was, absent = diff_fields(old, new)
    if not was and not absent and not change.note:
        return old
    return replace(new, history=(*old.history, replace(change, was=was, absent=absent)))


def diff_fields(old: Record, new: Record) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields that differ: their plain values in `old`, and the names of those that `old` lacks."""
    before, after = list_fields(old), list_fields(new)
    was = {name: value for name, value in before.items() if after.get(name) != value}
    return was, tuple(name for name in after if name not in before)


def list_fields(record: Record) -> dict[str, Any]:
    """The fields that are set, as TOML's own types. Without id, format, history and the entries of a blog."""
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    for name in ("history", "entries", "id", "format"):
        plain.pop(name, None)
    return {name: _to_lists(value) for name, value in plain.items()}


def revert(record: Record, change: Change) -> Record:
    """`record` as it was before `change`. Its history stays as it is.

    Raises:
        InvalidFile: the fields that `change` says it replaced can't have been there.
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


def rewind(record: Record, moment: datetime) -> Record:
    """`record` as it was at `moment`, its history cut off there.

    A clock that was set back may date a change before the one that it follows. Such a change still counts
    as the later one.
    """
    end = next((n for n, c in enumerate(record.history) if c.at > moment), len(record.history))
    for change in reversed(record.history[end:]):
        record = revert(record, change)
    return replace(record, history=record.history[:end])


def _to_lists(value: Any) -> Any:
    """The value with lists for tuples, as a TOML parser gives it: so it equals what is read again."""
    if isinstance(value, (list, tuple)):
        return [_to_lists(v) for v in value]
    if isinstance(value, dict):
        return {k: _to_lists(v) for k, v in value.items()}
    return value
