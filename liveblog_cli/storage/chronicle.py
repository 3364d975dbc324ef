"""`sequence.find_floor` for the text of a blog file, which is parsed only where that is needed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model import sequence
from liveblog_cli.storage import codec, scanner

_MOMENT = (
    r'(?:at|order)["\']?[ \t]*=[ \t]*["\']?(\d{4}-\d\d-\d\d[^\s,}"\'#]*(?: \d\d:[^\s,}"\'#]*)?)'
)


def find_earliest(text: str, at: datetime) -> datetime:
    """The earliest moment that a change made at `at` may have in the order of a blog file.

    If every time in the text is before `at`, the latest of them is returned without parsing: it may
    be later than the exact answer, but not later than `at`.
    """
    bound = max(map(_read_moment, re.findall(_MOMENT, text)), default=sequence.EARLIEST)
    if bound < at:
        return bound
    try:
        blog, _ = codec.load(scanner.scan(text))
    except InvalidFile:
        return sequence.EARLIEST
    return sequence.find_floor([blog, *blog.entries])


def _read_moment(text: str) -> datetime:
    """A moment as it stands in a file; before all others where it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return sequence.EARLIEST
    return found if found.tzinfo else found.replace(tzinfo=UTC)
