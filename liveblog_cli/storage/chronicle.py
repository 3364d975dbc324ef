"""The same as `sequence.find_earliest` for a whole file, found in its text without parsing it where that will do."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model import sequence
from liveblog_cli.storage import codec, scanner

_MOMENT = (
    r'(?:at|order)["\']?[ \t]*=[ \t]*["\']?(\d{4}-\d\d-\d\d[^\s,}"\'#]*(?: \d\d:[^\s,}"\'#]*)?)'
)


def earliest(text: str, at: datetime) -> datetime:
    """The earliest moment of an act that is done after all in a blog file's text (see `sequence`).

    Where all that looks like the moment of an act lies before `at`, that is not looked at closer:
    what is answered may then be later than it must be, but not later than `at`.
    """
    bound = max(map(_read, re.findall(_MOMENT, text)), default=sequence.EARLIEST)
    if bound < at:
        return bound
    try:
        blog, _ = codec.load(scanner.scan(text))
    except InvalidFile:
        return sequence.EARLIEST
    return sequence.find_earliest([blog, *blog.entries])


def _read(text: str) -> datetime:
    """A moment as it stands in a file; what is none was done before all others."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return sequence.EARLIEST
    return found if found.tzinfo else found.replace(tzinfo=UTC)
