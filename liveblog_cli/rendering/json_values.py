"""What JSON documents of several formats share: how times are written, and that empty fields are left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

JsonObject = dict[str, Any]


def format_iso(moment: datetime) -> str:
    """ISO 8601 with the offset, without fractions of a second."""
    return moment.isoformat(timespec="seconds")


def drop_empty(fields: JsonObject) -> JsonObject:
    """The fields that have a value: not "", 0, None, or an empty list or object."""
    return {name: value for name, value in fields.items() if value}
