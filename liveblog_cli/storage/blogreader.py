"""A blog on disk, read: its head alone, all that can be read, one entry, the newest ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model.values import ACTIONS, Blog, Entry
from liveblog_cli.storage import codec, lock, records
from liveblog_cli.storage.reader import Reader

if TYPE_CHECKING:
    from liveblog_cli.storage import diagnosis


class BlogReader:
    """One blog file. Reading takes no lock and writes nothing; `reader` gives the file as text, cut into pieces."""

    def __init__(self, path: str | Path, *, lock_timeout: float = lock.DEFAULT_TIMEOUT) -> None:
        self.reader = Reader(Path(path), lock_timeout)
        self._latest: Blog | None = None

    @property
    def path(self) -> Path:
        """The file itself, links followed."""
        return self.reader.path

    def head(self) -> Blog:
        """The blog without its entries; does not read past the first of them (see `whole_head`).

        Raises:
            InvalidFile: the head can't be read.
        """
        self._latest = records.read_head(self.reader.read_head(), self.path)
        return self._latest

    def whole_head(self) -> Blog:
        """The blog without its entries, also with boxes that stand behind entries.

        Raises:
            InvalidFile: the head can't be read.
        """
        self._latest = records.read_head(self.reader.read(), self.path)
        return self._latest

    def latest_head(self) -> Blog:
        """The head as it was last read; it is read now where it was not yet."""
        return self._latest or self.head()

    def idle_hooks(self) -> list[str]:
        """What is wrong with hooks of the head that wait for an action that is none, with their lines."""
        layout = self.reader.read_head()
        hooks = records.read_head(layout, self.path).hooks
        if all(name in ACTIONS for hook in hooks for name in hook.on):
            return []
        from liveblog_cli.storage import diagnosis

        return [
            diagnosis.Problem(
                layout.head_line(diagnosis.find_line(layout.head, "hooks", number)), said
            ).at(str(self.path))
            for number, said in diagnosis.check_actions(hooks)
        ]

    def load(self) -> codec.Loaded:
        """All that can be read, and what can't be.

        Raises:
            NotFound: no such file.
            InvalidFile: its head can't be read.
        """
        return records.read_all(self.reader.read(), self.path)

    def read(self) -> Blog:
        """The whole blog.

        Raises:
            NotFound: no such file.
            InvalidFile: anything in it can't be read; all problems are named.
        """
        blog, problems = self.load()
        if problems:
            raise self.invalid(problems)
        return blog

    def invalid(self, problems: Iterable[diagnosis.Problem]) -> InvalidFile:
        """The error that names these problems of this file."""
        return records.describe_problems(problems, self.path)

    def entry(self, name: str) -> Entry:
        """The entry of that name: an id, a unique prefix, `last` or `ref:KEY`.

        Raises:
            NotFound: no such entry, or several begin so.
            InvalidFile: its block can't be read.
        """
        layout = codec.split_hidden(self.reader.read())
        return records.read_entry(layout, records.find_entry(layout, name, self.path), self.path)

    def newest(self, number: int) -> tuple[list[Entry], int, list[diagnosis.Problem]]:
        """The `number` entries with the newest times, how many there are, and what can't be read.

        Reads the file but parses only the blocks that it answers, and those whose time is not
        where this program writes it.
        """
        from liveblog_cli.storage import lookup

        layout = codec.split_hidden(self.reader.read())
        entries, problems = [], []
        for piece in lookup.find_newest(layout, number):
            entry, found = codec.parse_entry(layout.text[piece.start : piece.end])
            problems += records.place_problems(found, layout, piece)
            entries += [entry] if entry else []
        return entries, len(layout.blocks), problems
