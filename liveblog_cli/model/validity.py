"""Characters and times that no value of a blog file may have, because no format can carry them.

There are two kinds of control characters. Those that XML forbids ("illegal") make an entry of the file
unreadable. DEL and C1 (U+007F to U+009F, "steering") are refused in new text, but a file that has them already can
be read: `check` reports them, and readers get a blank in their place.
"""

from __future__ import annotations

import operator
import re
from datetime import MAXYEAR, MINYEAR
from typing import Any

import msgspec

from liveblog_cli.model.values import Blog, Entry

_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""Characters that XML 1.0 forbids (2.2, Char). Most of them steer a terminal, too."""

_STEERING = "[\x7f-\x9f]"
"""Characters that XML 1.0 discourages (2.2), HTML calls an error, and that steer a terminal (ISO 6429, C1)."""


def find_illegal(text: str) -> re.Match[str] | None:
    """The first character of a new text that must be refused, of either kind."""
    if _is_plain(text):  # faster than the pattern, and true for nearly every text
        return None
    return re.search(f"{_ILLEGAL}|{_STEERING}", text)


def find_steering(text: str) -> re.Match[str] | None:
    """The first DEL or C1 character of a text."""
    return None if _is_plain(text) else re.search(_STEERING, text)


def blank_steering(record: Blog) -> Blog:
    """The blog with a blank for every DEL and C1 character in its texts; itself if it has none.

    It searches the JSON of the whole blog: to search entry by entry took as long as to make the edition.
    """
    data = msgspec.json.encode(record)
    if b"\x7f" not in data and not re.search(rb"\xc2[\x80-\x9f]", data):
        return record
    cleaned: Blog = _blank_value(record)
    return cleaned


def _blank_value(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(_STEERING, " ", value) if find_steering(value) else value
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        new = {name: _blank_value(field) for name, field in fields.items()}
        changed = {name: field for name, field in new.items() if field is not fields[name]}
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        items = [_blank_value(item) for item in value]
        return value if all(map(operator.is_, items, value)) else tuple(items)
    return value


def _is_plain(text: str) -> bool:
    return text.isprintable() or text.replace("\n", "").isprintable()


def holds_illegal(record: Any) -> bool:
    """Whether any text in a value has an illegal character."""
    if isinstance(record, str):
        return not _is_plain(record) and re.search(_ILLEGAL, record) is not None
    if isinstance(record, msgspec.Struct):
        return any(holds_illegal(getattr(record, name)) for name in record.__struct_fields__)
    if isinstance(record, (tuple, list, dict)):
        return any(
            holds_illegal(v) for v in (record.values() if isinstance(record, dict) else record)
        )
    return False


def is_out_of_range(record: Entry | Blog) -> bool:
    """Whether a time is in the first or the last year there is: in some zones that is another year, or none."""
    times = [record.time] if isinstance(record, Entry) else [record.started, record.ended]
    if isinstance(record, Entry) and record.added:
        times += [record.added.at, record.added.order]
    times += [t for c in record.history for t in (c.at, c.order)]
    return not all(t is None or MINYEAR < t.year < MAXYEAR for t in times)
