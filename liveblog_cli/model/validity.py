"""What no value of a blog file may hold: characters and times that no format can carry.

Two kinds of control characters. Those that XML forbids make an entry of the file unreadable. DEL and C1
(U+007F to U+009F) are refused as well in all that comes in, but a file that has them already stays
readable: `check` names them, and readers get a blank in their place.
"""

from __future__ import annotations

import operator
import re
from datetime import MAXYEAR, MINYEAR
from typing import Any

import msgspec

from liveblog_cli.model.values import Blog, Entry

_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""What neither XML 1.0 (2.2, Char) nor a terminal should meet."""

_STEERING = "[\x7f-\x9f]"
"""What XML 1.0 discourages (2.2) and HTML calls an error, and what steers a terminal (ISO 6429, C1)."""


def first_illegal(text: str) -> re.Match[str] | None:
    """The first character of a text that nothing may bring in.

    What Python calls printable is none; the pattern is looked up for other text only.
    """
    if _is_plain(text):
        return None
    return re.search(f"{_ILLEGAL}|{_STEERING}", text)


def first_steering(text: str) -> re.Match[str] | None:
    """The first DEL or C1 control of a text."""
    return None if _is_plain(text) else re.search(_STEERING, text)


def without_steering(record: Blog) -> Blog:
    """The blog with a blank for every DEL and C1 control in its texts; itself where there is none.

    All of it is looked at as one piece of JSON: entry by entry that took as long as the edition.
    """
    data = msgspec.json.encode(record)
    if b"\x7f" not in data and not re.search(rb"\xc2[\x80-\x9f]", data):
        return record
    cleaned: Blog = _without_steering(record)
    return cleaned


def _without_steering(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(_STEERING, " ", value) if first_steering(value) else value
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        new = {name: _without_steering(field) for name, field in fields.items()}
        changed = {name: field for name, field in new.items() if field is not fields[name]}
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        items = [_without_steering(item) for item in value]
        return value if all(map(operator.is_, items, value)) else tuple(items)
    return value


def _is_plain(text: str) -> bool:
    return text.isprintable() or text.replace("\n", "").isprintable()


def illegal(record: Any) -> bool:
    """Whether a control character that no format can carry stands anywhere in a value."""
    if isinstance(record, str):
        return not _is_plain(record) and re.search(_ILLEGAL, record) is not None
    if isinstance(record, msgspec.Struct):
        return any(illegal(getattr(record, name)) for name in record.__struct_fields__)
    if isinstance(record, (tuple, list, dict)):
        return any(illegal(v) for v in (record.values() if isinstance(record, dict) else record))
    return False


def out_of_range(record: Entry | Blog) -> bool:
    """Whether a time can't be shown in every zone: the first and the last year can't."""
    times = [record.time] if isinstance(record, Entry) else [record.started, record.ended]
    if isinstance(record, Entry) and record.added:
        times += [record.added.at, record.added.order]
    times += [t for c in record.history for t in (c.at, c.order)]
    return not all(t is None or MINYEAR < t.year < MAXYEAR for t in times)
