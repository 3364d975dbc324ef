"""What a command says back: what was done to which entry, in a line or as one JSON document."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from liveblog_cli.model.values import Entry, Record
from liveblog_cli.runtime import streams
from liveblog_cli.runtime.messages import say


def answer_json(document: Any) -> None:
    """One JSON document on stdout."""
    streams.write_json(streams.format_json(document, indent=2) + "\n")


def answer_record(record: Record, **more: Any) -> None:
    """A blog or an entry as one JSON document on stdout, with `more` in front of its own fields."""
    from liveblog_cli.storage.codec import plain_fields

    answer_json({**more, **plain_fields(record)})


def tell_edit(old: Entry, new: Entry, done: str, as_json: bool) -> None:
    """Say back what was done to an entry, such as `pinned`; say it too where it was so already."""
    tell_change(new, done if new != old else f"unchanged, {done} already", as_json)


def tell_change(entry: Entry, action: str, as_json: bool, note: str = "") -> None:
    """Say back what was done: id, absolute time with its zone, headline; a note on why, if any."""
    if as_json:
        more = {"note": note} if note else {}
        return answer_record(entry, action=action, **more)
    action = f"{action} ({note})" if note else action
    title = entry.short_title()
    title = title if len(title) <= 60 else f"{title[:59]}…"
    return say(f"{entry.id}  {format_time(entry.time)}  {action}{': ' if title else ''}{title}")


def format_time(moment: datetime) -> str:
    """`2024-11-12 02:18:00 +01:00`."""
    return (
        f"{moment:%Y-%m-%d %H:%M:%S %:z}"
        if sys.version_info >= (3, 12)
        else f"{moment:%Y-%m-%d %H:%M:%S} {moment.isoformat()[-6:]}"
    )
