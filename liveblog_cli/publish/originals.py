"""The files that an export must not overwrite: those that it reads, and those that this machine keeps for a blog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.publish import theme_folder
from liveblog_cli.runtime import user_folders
from liveblog_cli.storage import guard
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import Guard, Kept

_FILE = re.compile(r"""\bfile["']?\s*=\s*(?:"(?P<basic>[^"\n]*)"|'(?P<literal>[^'\n]*)')""")


def make_guard(
    blog_file: BlogFile, blog: Blog, theme: Path | None, *, broken: bool = False
) -> Guard:
    """The guard of all files that an export of this blog must not overwrite.

    With `broken`, `blog` lacks entries that are in the file, because they can't be read.
    """
    return Guard(_list_kept(blog_file, blog, theme, broken))


def _list_kept(blog_file: BlogFile, blog: Blog, theme: Path | None, broken: bool) -> Iterator[Kept]:
    yield from guard.list_companions(blog_file.path)
    names = dict.fromkeys(n for entry in blog.entries for n in _list_images(entry))
    if broken:
        names |= dict.fromkeys(_find_named_files(blog_file.reader.look().layout.text))
    for name in names:
        yield Kept(blog_file.path.parent / name, "an image of the blog")
    if theme:
        yield Kept(theme, "the theme's folder")
        for path in theme_folder.list_template_files(theme):
            yield Kept(path, "a template of the theme")
    yield Kept(user_folders.find_config(), "your configuration")
    yield Kept(user_folders.find_trusted_folder(), "the folder of what is trusted")
    yield Kept(user_folders.find_drafts_folder(), "the folder of drafts")


def _list_images(entry: Entry) -> Iterator[str]:
    """The image files of an entry, public or not, and those in its history, which `undo` would bring back."""
    yield from [m.file for m in entry.media if m.file]
    for change in entry.history:
        media = change.was.get("media")
        for medium in media if isinstance(media, list) else ():
            if isinstance(medium, dict) and isinstance(medium.get("file"), str):
                yield medium["file"]


def _find_named_files(text: str) -> Iterator[str]:
    """The values of all `file = "…"` in a text. This works for a text that is not valid TOML, too."""
    for found in _FILE.finditer(text):
        yield found["literal"] or found["basic"] or ""
