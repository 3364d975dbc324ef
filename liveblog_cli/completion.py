"""Entry ids with their headlines, for the shell that completes them."""

from __future__ import annotations

from pathlib import Path

from liveblog_cli.blogfile import BlogFile
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import Entry
from liveblog_cli.preview.console import printable

MOST = 200
"""No shell shows more; the newest are the likeliest."""


def entries(file: Path, incomplete: str) -> list[tuple[str, str]]:
    """(id, headline) of the newest entries whose id begins so; nothing where the file can't be read."""
    try:
        found, _, _ = BlogFile(file, tell=lambda _: None).newest(MOST)
    except LiveblogError:
        return []
    return [(e.id, _told(e)) for e in found if e.id.startswith(incomplete)]


def _told(entry: Entry) -> str:
    return " ".join(printable(entry.headline or entry.body).replace(":", " ").split())[:60]
