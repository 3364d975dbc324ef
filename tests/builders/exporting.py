"""What the tests of exports share: a blog on disk, images, and a format that shows what it was given."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PIL import Image

from liveblog_cli.model.values import Blog, Entry, Media
from liveblog_cli.storage.blogfile import BlogFile

NOON = datetime(2024, 7, 20, 12, 0, tzinfo=UTC)
AFTERNOON = "2024-07-20T15:00:00+00:00"


def blog_at(folder: Path, *entries: Entry, **head: Any) -> BlogFile:
    """A blog file of these entries."""
    blog_file = BlogFile(folder / "liveblog.toml", by="desk", now=lambda: NOON)
    blog_file.create(Blog(title="Harbour fire", started=NOON, **head))
    if entries:
        blog_file.add(entries)
    return blog_file


def entry(name: str, headline: str = "", **more: Any) -> Entry:
    """An entry of noon."""
    return Entry(**{"id": name, "time": NOON, "headline": headline or f"News {name}", **more})


def photo(path: Path, size: tuple[int, int] = (2000, 1200), **more: Any) -> Media:
    """An image file, and a medium that names it relative to its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize(size).convert("RGB").save(path, **more)
    return Media(file=path.name, alt="Smoke over the harbour")


def plain_format(filename: str = "plain.txt") -> Any:
    """A format as a plugin has one: every field of the edition, as Python shows it."""
    return SimpleNamespace(
        FILENAME=filename,
        MEDIA_TYPE="text/plain",
        render=lambda edition, settings: f"{edition}\n{settings}\n",
    )


def installed_plugin(folder: Path, filename: object = "plain.txt") -> Path:
    """A folder for PYTHONPATH in which another package with a format `plain` is installed."""
    info = folder / "plainformat-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plainformat\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[liveblog.formats]\nplain = plainformat\n")
    (folder / "plainformat.py").write_text(
        f"FILENAME = {filename!r}\n"
        'MEDIA_TYPE = "text/plain"\n'
        "def render(edition, settings):\n"
        '    return f"{edition}\\n{settings}\\n"\n'
    )
    return folder
