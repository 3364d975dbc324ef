"""The reporter's own editor. What was typed is never lost: the draft stays until the change is saved."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liveblog_cli import draft, homes, user
from liveblog_cli.blogfile import BlogFile, zone
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import Blog, Entry
from liveblog_cli.options import warn

VARIABLES = ("LIVEBLOG_EDITOR", "VISUAL", "EDITOR")


class Session:
    """One draft in one editor."""

    def __init__(self, entry: Entry, blog: Blog, blog_file: BlogFile) -> None:
        self._entry = entry
        self._blog = blog
        self._blog_file = blog_file
        self._template = draft.to_draft(entry, blog)
        fd, name = tempfile.mkstemp(prefix="liveblog-", suffix=".md")
        self.path = Path(name)
        with open(fd, "w", encoding="utf-8") as file:
            file.write(self._template)

    def edited(self) -> Entry:
        """Open the editor and read what it left.

        Raises:
            LiveblogError: no editor, it failed, or its text can't be read.
        """
        command = [*editor(), str(self.path)]
        try:
            status = subprocess.run(command, check=False).returncode
        except OSError as error:
            raise LiveblogError(
                f"editor {command[0]!r} did not start: {error.strerror}", _HOW
            ) from error
        if status:
            raise LiveblogError(f"editor {command[0]!r} ended with status {status}")
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LiveblogError(f"the draft can't be read: {error}") from error
        from liveblog_cli.times import parse_time

        now, blog = self._blog_file.now(), self._blog
        return draft.from_draft(
            text, self._entry, blog, lambda t: parse_time(t, now, zone(blog), blog.language)
        )

    def touched(self) -> bool:
        """Whether somebody typed anything."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace") != self._template
        except OSError:
            return False


@contextmanager
def session(entry: Entry, blog_file: BlogFile) -> Iterator[Session]:
    """A draft of `entry`. It is removed when the block ends well, and named when it does not."""
    work = Session(entry, blog_file.whole_head(), blog_file)
    try:
        yield work
    except BaseException:
        if work.touched():
            warn(f"Your text is kept in {work.path}")
        else:
            work.path.unlink(missing_ok=True)
        raise
    work.path.unlink(missing_ok=True)


_HOW = "set LIVEBLOG_EDITOR, VISUAL or EDITOR"


def editor() -> list[str]:
    """The editor's command, split as a shell does.

    Raises:
        LiveblogError: none is named, and there is no terminal or none is installed.
    """
    for source, named in _named():
        if named:
            try:
                return shlex.split(named)
            except ValueError as error:
                raise LiveblogError(f"{source} can't be read: {error}") from error
    if not sys.stdin.isatty():
        raise LiveblogError("nothing was given, and there is no terminal for an editor", _HOW)
    for name in ("sensible-editor", "nano", "vi"):
        if shutil.which(name):
            return [name]
    raise LiveblogError("there is no editor", _HOW)


def _named() -> Iterator[tuple[str, str]]:
    """Who may name an editor, in order: what is meant for this program goes before the rest."""
    first, *others = VARIABLES
    yield first, os.environ.get(first, "").strip()
    if found := user.settings(warn):
        yield str(homes.config_path()), found.editor.strip()
    for variable in others:
        yield variable, os.environ.get(variable, "").strip()
