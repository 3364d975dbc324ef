"""What an export is made from, and what this machine keeps for a blog: all that it must not destroy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.publish import request
from liveblog_cli.runtime import user_folders
from liveblog_cli.storage import guard
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import Guard, Kept

_FILE = re.compile(r"""\bfile["']?\s*=\s*(?:"(?P<basic>[^"\n]*)"|'(?P<literal>[^'\n]*)')""")


def guarded(blog_file: BlogFile, blog: Blog, theme: Path | None, *, broken: bool = False) -> Guard:
    """The guard of everything that an export of this blog reads.

    With `broken`, `blog` is not all that is in the file.
    """
    return Guard(_kept(blog_file, blog, theme, broken))


def _kept(blog_file: BlogFile, blog: Blog, theme: Path | None, broken: bool) -> Iterator[Kept]:
    yield from guard.companions(blog_file.path)
    names = dict.fromkeys(n for entry in blog.entries for n in _images(entry))
    if broken:
        names |= dict.fromkeys(_named_in(blog_file.reader.look().layout.text))
    for name in names:
        yield Kept(blog_file.path.parent / name, "an image of the blog")
    if theme:
        yield Kept(theme, "the theme's folder")
        for path in request.template_files(theme):
            yield Kept(path, "a template of the theme")
    yield Kept(user_folders.config_path(), "your configuration")
    yield Kept(user_folders.trusted_folder(), "the folder of what is trusted")
    yield Kept(user_folders.drafts_folder(), "the folder of drafts")


def _images(entry: Entry) -> Iterator[str]:
    """The image files of an entry, whoever may see them, also those that `undo` would bring back."""
    yield from [m.file for m in entry.media if m.file]
    for change in entry.history:
        media = change.was.get("media")
        for medium in media if isinstance(media, list) else ():
            if isinstance(medium, dict) and isinstance(medium.get("file"), str):
                yield medium["file"]


def _named_in(text: str) -> Iterator[str]:
    """Whatever stands as `file = "…"` in a text that can't be read otherwise."""
    for found in _FILE.finditer(text):
        yield found["literal"] or found["basic"] or ""
