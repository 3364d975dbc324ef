"""What was changed, by whom and when; what undo and redo mean; how a blog stood at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from msgspec.structs import replace

from liveblog_cli import model
from liveblog_cli.model import Blog, Entry


def as_of(blog: Blog, moment: datetime) -> Blog:
    """The blog as it stood at `moment`: entries added later are not there, changes not yet made.

    An entry that says nothing of when it was added (written by hand) was always there.
    """
    head = cast(Blog, model.as_of(replace(blog, entries=()), moment))
    there = [e for e in blog.entries if e.added is None or e.added.at <= moment]
    return replace(head, entries=tuple(cast(Entry, model.as_of(e, moment)) for e in there))
