"""Writing an entry in an editor. No typed text is lost: the draft is kept until the text is in the blog."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from liveblog_cli.errors import ChangedMeanwhile, LiveblogError
from liveblog_cli.ingest import draft
from liveblog_cli.model.field_kinds import Context
from liveblog_cli.model.values import Entry
from liveblog_cli.runtime.interrupts import Interrupt
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage import disk
from liveblog_cli.storage.blogfile import BlogFile, zone
from liveblog_cli.workspace import draft_file
from liveblog_cli.workspace.editor import Editor, find_editor

AT_ONCE = 1.0
"""Seconds. An editor that ends sooner and saved nothing probably opened another window and is still running."""


class Draft:
    """One entry in an editor: in a new form, or in a draft that an earlier command kept (`kept`).

    `command` are the words of the command to go on with: `["edit", "k7m2q"]`.
    """

    def __init__(
        self, entry: Entry, blog_file: BlogFile, command: Sequence[str], kept: Path | None
    ) -> None:
        self._entry = entry
        self._blog_file = blog_file
        self._blog = blog_file.whole_head()
        self._command = command
        self._form = draft.to_draft(entry, self._blog)
        self._kept = kept
        self._left: Editor | None = None
        if kept:
            self._require_own(kept)
        self.path = kept or draft_file.create_draft(self._form, self._file, entry.id)

    def edit(self) -> Entry:
        """Open the draft in the editor, and answer the entry that it describes.

        A kept draft is taken as it is if there is no terminal.

        Raises:
            LiveblogError: there is no editor, it ended with an error or saved nothing, or its text can't be read.
        """
        if not self._kept or sys.stdin.isatty():
            self._open()
        context = Context(blog=self._blog, now=self._blog_file.now())
        return draft.from_draft(draft_file.read_draft(self.path), self._entry, context)

    def close(self) -> None:
        """Delete the draft, because its text is in the blog. A file that the user made is not deleted."""
        if self._left:
            self._tell_left(self._left)
        elif draft_file.find_origin(self.path):
            draft_file.discard_draft(self.path)

    def keep(self, error: BaseException) -> None:
        """Keep the draft, and say where it is and how to go on. A draft without a text is deleted.

        If a signal told this program to end, the draft is kept in any case: an editor may still be saving it.
        """
        if self._left:
            self._tell_left(self._left)
            return
        if self._kept and not self._kept.is_file():
            return
        beside = draft_file.list_leftovers(self.path)
        if not (self._kept or beside or self._holds_text() or isinstance(error, Interrupt)):
            draft_file.discard_draft(self.path)
            return
        warn(f"Your text is kept in {self.path}")
        if beside:
            warn(f"The editor left beside it: {', '.join(p.name for p in beside)}")
        if isinstance(error, ChangedMeanwhile):
            warn("To go on, edit the entry anew and take over from there what still holds.")
        else:
            warn(f"To go on: {format_command(self._command, self._file, self.path)}")

    @property
    def _file(self) -> Path:
        return self._blog_file.path.absolute()

    def _open(self) -> None:
        if not self._kept:
            _tell_unfinished(self._blog_file, self._file)
        editor = find_editor()
        before, start = _get_state(self.path), time.monotonic()
        editor.edit(self.path)
        saved = _get_state(self.path) != before
        if not saved and time.monotonic() - start < AT_ONCE and editor.command != ":":
            self._left = editor
        if self._kept and not saved:
            line = format_command(self._command, self._file, self.path)
            raise LiveblogError(
                "the draft was not saved in the editor, so it was not taken",
                f"to take it as it is: {line} </dev/null",
            )

    def _holds_text(self) -> bool:
        """Whether somebody typed a text. Blank lines and line ends do not count: editors add them."""
        try:
            lines = draft.written_lines(draft_file.read_draft(self.path))
        except LiveblogError:
            return self.path.is_file()
        return bool(lines) and lines != draft.written_lines(self._form)

    def _require_own(self, kept: Path) -> None:
        """Refuse a draft of this program that is for another blog or entry, or for an entry that has changed since."""
        origin = draft_file.find_origin(kept)
        if not origin:
            return
        if not origin.is_of(self._file):
            raise LiveblogError(
                f"draft {kept} was begun for another blog", "to take it here, copy it"
            )
        if origin.entry != (self._entry.id or draft_file.NEW):
            new = origin.entry == draft_file.NEW
            raise LiveblogError(
                f"draft {kept} is one of {'a new entry' if new else f'entry {origin.entry}'}",
                f"to go on: {format_command(_list_words(origin), self._file, kept)}",
            )
        if self._entry.id and not origin.began_as(self._form):
            raise ChangedMeanwhile(
                f"entry {self._entry.id} was changed since this draft was begun",
                f"look at it: liveblog history {self._entry.id}",
            )

    def _tell_left(self, editor: Editor) -> None:
        line = format_command(self._command, self._file, self.path)
        warn(
            f"Editor {editor.command!r} came back at once and had saved nothing. If it is still open"
            f" elsewhere, save there, then: {line}"
        )
        warn("An editor in a window of its own has to wait: code --wait, gvim -f, subl -w")


@contextmanager
def open_draft(
    entry: Entry, blog_file: BlogFile, command: Sequence[str], kept: str | None = None
) -> Iterator[Draft]:
    """A draft of `entry`. It is deleted if the block ends without an error; else it is kept, and its path is said."""
    work = Draft(entry, blog_file, command, Path(kept).absolute() if kept else None)
    try:
        yield work
    except BaseException as error:
        with contextlib.suppress(OSError):  # the terminal may be gone
            work.keep(error)
        raise
    work.close()


def format_command(command: Sequence[str], blog: Path, path: Path) -> str:
    """The command line to go on with a draft, ready to paste into a shell."""
    words = ["liveblog", *command, "-f", str(blog), "--draft-file", str(path)]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _get_state(path: Path) -> disk.State | None:
    with contextlib.suppress(OSError):
        return disk.state_at(path)
    return None


def _tell_unfinished(blog_file: BlogFile, file: Path) -> None:
    """Say in one line that there are drafts of this blog which an earlier command could not save."""
    found = draft_file.list_unfinished(file)
    origin = draft_file.find_origin(found[0][1]) if found else None
    if not origin:
        return
    moment, newest = found[0]
    saved = datetime.fromtimestamp(moment, zone(blog_file.latest_head()))
    many = f"There are {len(found)} unfinished drafts of this blog, the newest one"
    one = "There is an unfinished draft of this blog,"
    warn(
        f"{many if found[1:] else one} of {saved:%Y-%m-%d %H:%M}. To go on:"
        f" {format_command(_list_words(origin), file, newest)}"
    )


def _list_words(origin: draft_file.Origin) -> list[str]:
    return ["add"] if origin.entry == draft_file.NEW else ["edit", origin.entry]
