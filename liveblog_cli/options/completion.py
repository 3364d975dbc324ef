"""Entry ids with their headlines, for the shell that completes them (`shells` hands them over)."""

from __future__ import annotations

from pathlib import Path

from liveblog_cli.model.values import Entry
from liveblog_cli.storage import codec, scanner

MOST = 200
"""No shell shows more; the newest are the likeliest."""


def list_entries(file: Path, incomplete: str) -> list[tuple[str, str]]:
    """(id, headline) of the newest entries whose id begins so; nothing where the file can't be read.

    It looks and touches nothing: no lock, nothing mended, and only a regular file is opened.
    """
    if not file.is_file():
        return []
    layout = scanner.scan(file.read_bytes().decode(errors="replace"))
    read = [codec.parse_entry(layout.text[p.start : p.end])[0] for p in layout.blocks[-MOST:]]
    found = [e for e in reversed(read) if e and e.id.startswith(incomplete)]
    return [(e.id, _describe(e)) for e in sorted(found, key=lambda e: e.time, reverse=True)]


def _describe(entry: Entry) -> str:
    return entry.short_title(240)[:60]
