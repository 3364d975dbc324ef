"""The user's editor: which one was chosen, and what its end says. `editor_process` runs it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from liveblog_cli.errors import LiveblogError
from liveblog_cli.runtime import user_folders
from liveblog_cli.workspace import user
from liveblog_cli.workspace.editor_process import run_editor

VARIABLES = ("LIVEBLOG_EDITOR", "VISUAL", "EDITOR")

_HOW = "set LIVEBLOG_EDITOR, VISUAL or EDITOR"
_OF_SHELL = frozenset("|&;<>()$`\\\"' \t\n*?[#~=%")
"""A command with one of these characters is for the shell. Git has the same list."""
_NOT_RUN = {126: "can't be run", 127: "was not found"}


class Editor(NamedTuple):
    """The command of an editor. `source` is the variable or file that names it."""

    command: str
    source: str

    def edit(self, path: Path) -> None:
        """Run the editor on a file, and wait until it ends.

        Raises:
            LiveblogError: the editor did not start, or ended with an error.
            Interrupt: a signal told this program to end. The editor was told to end, too.
        """
        if self.command == ":":  # as for git: no editor, and all is well
            return
        if _OF_SHELL.isdisjoint(self.command) and not shutil.which(self.command):
            raise self._fault("was not found, or is not for you to run")
        try:
            status = run_editor(self.command, path)
        except OSError as error:
            raise self._fault(f"did not start: {error.strerror}") from error
        if status in _NOT_RUN:
            raise self._fault(f"{_NOT_RUN[status]} (the shell's status {status})")
        if status < 0:
            with contextlib.suppress(ValueError):
                name = signal.Signals(-status).name
                raise LiveblogError(f"editor {self.command!r} was ended by {name}")
        if status:
            raise LiveblogError(f"editor {self.command!r} ended with status {status}")

    def _fault(self, what: str) -> LiveblogError:
        return LiveblogError(f"{self.source}: editor {self.command!r} {what}", _HOW)


def find_editor() -> Editor:
    """The editor that the user named, else one that is installed.

    Raises:
        LiveblogError: no editor is named, and there is no terminal or none is installed.
    """
    for source, named in _list_named():
        if named:
            return Editor(named, source)
    if not sys.stdin.isatty():
        raise LiveblogError("nothing was given, and there is no terminal for an editor", _HOW)
    if _is_dumb():
        raise LiveblogError("the terminal is too simple for an editor (TERM=dumb)", _HOW)
    for name in ("sensible-editor", "nano", "vi"):
        if shutil.which(name):
            return Editor(name, "found")
    raise LiveblogError("there is no editor", _HOW)


def _list_named() -> Iterator[tuple[str, str]]:
    """The places that may name an editor, with their values. Those for this program come first."""
    first, visual, other = VARIABLES
    yield first, os.environ.get(first, "").strip()
    if found := user.read_user_config():
        yield str(user_folders.find_config()), found.editor.strip()
    if not _is_dumb():
        yield visual, os.environ.get(visual, "").strip()
    yield other, os.environ.get(other, "").strip()


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"
