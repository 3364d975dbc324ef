"""What no value of a blog file may hold: characters and times that no format can carry."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR
from typing import Any

import msgspec

from liveblog_cli.model import Blog, Entry

_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""What neither XML 1.0 (2.2, Char) nor a terminal should meet."""


def first_illegal(text: str) -> re.Match[str] | None:
    """The first character of a text that no format can carry.

    What Python calls printable is none; the pattern is looked up for other text only.
    """
    if text.isprintable() or text.replace("\n", "").isprintable():
        return None
    return re.search(_ILLEGAL, text)


def illegal(record: Any) -> bool:
    """Whether a control character stands anywhere in a value."""
    if isinstance(record, str):
        return first_illegal(record) is not None
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
