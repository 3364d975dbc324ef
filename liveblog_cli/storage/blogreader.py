"""A blog on disk, read: its head alone, all that can be read, one entry, the newest ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model.values import ACTIONS, Blog, Entry
from liveblog_cli.storage import codec, lock
from liveblog_cli.storage.layout import Layout, Piece
from liveblog_cli.storage.store import Store

if TYPE_CHECKING:
    from liveblog_cli.storage import diagnosis


class BlogReader:
    """One blog file. Reading takes no lock and writes nothing; `store` is the file as text, cut into pieces."""

    def __init__(self, path: str | Path, *, lock_timeout: float = lock.DEFAULT_TIMEOUT) -> None:
        self.store = Store(Path(path), lock_timeout)
        self._latest: Blog | None = None

    @property
    def path(self) -> Path:
        """The file itself, links followed."""
        return self.store.path

    def head(self) -> Blog:
        """The blog without its entries; does not read past the first of them (see `whole_head`).

        Raises:
            InvalidFile: the head can't be read.
        """
        return self._head(self.store.read_head())

    def whole_head(self) -> Blog:
        """The blog without its entries, also with boxes that stand behind entries.

        Raises:
            InvalidFile: the head can't be read.
        """
        return self._head(self.store.read())

    def latest_head(self) -> Blog:
        """The head as it was last read; it is read now where it was not yet."""
        return self._latest or self.head()

    def idle_hooks(self) -> list[str]:
        """What is wrong with hooks of the head that wait for an action that is none, with their lines."""
        layout = self.store.read_head()
        hooks = self._head(layout).hooks
        if all(name in ACTIONS for hook in hooks for name in hook.on):
            return []
        from liveblog_cli.storage import diagnosis

        return [
            diagnosis.Problem(
                layout.head_line(diagnosis.line_of(layout.head, "hooks", number)), said
            ).at(str(self.path))
            for number, said in diagnosis.of_actions(hooks)
        ]

    def load(self) -> codec.Loaded:
        """All that can be read, and what can't be.

        Raises:
            NotFound: no such file.
            InvalidFile: its head can't be read.
        """
        return self._load(self.store.read())

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
        return InvalidFile(
            [p.at(str(self.path)) for p in problems], "mend these lines in an editor"
        )

    def entry(self, name: str) -> Entry:
        """The entry of that name (see `change`).

        Raises:
            NotFound: no such entry, or several begin so.
            InvalidFile: its block can't be read.
        """
        layout = codec.recovered(self.store.read())
        return self._entry(layout, self._find(layout, name))

    def newest(self, number: int) -> tuple[list[Entry], int, list[diagnosis.Problem]]:
        """The `number` entries with the newest times, how many there are, and what can't be read.

        Reads the file but parses only the blocks that it answers, and those whose time is not
        where this program writes it.
        """
        from liveblog_cli.storage import lookup

        layout = codec.recovered(self.store.read())
        entries, problems = [], []
        for piece in lookup.newest(layout, number):
            entry, found = codec.parse_entry(layout.text[piece.start : piece.end])
            problems += self._placed(layout, piece, found)
            entries += [entry] if entry else []
        return entries, len(layout.blocks), problems

    def _find(self, layout: Layout, name: str) -> Piece:
        from liveblog_cli.storage import lookup

        if newer := codec.newer_format(layout):
            raise self.invalid(newer)
        return lookup.find(layout, name, str(self.path))

    def _entry(self, layout: Layout, piece: Piece) -> Entry:
        entry, problems = codec.parse_entry(layout.text[piece.start : piece.end])
        if entry is None:
            raise self.invalid(self._placed(layout, piece, problems))
        return entry

    @staticmethod
    def _placed(
        layout: Layout, piece: Piece, problems: list[diagnosis.Problem]
    ) -> list[diagnosis.Problem]:
        """Problems of a block with their lines in the file."""
        first = layout.line(piece.start) if problems else 0
        return [p._replace(line=p.line + first - 1) for p in problems]

    def _head(self, layout: Layout) -> Blog:
        try:
            self._latest = codec.load_head(layout)
        except InvalidFile as error:
            raise self._named(error) from error
        return self._latest

    def _load(self, layout: Layout) -> codec.Loaded:
        try:
            return codec.load(layout)
        except InvalidFile as error:
            raise self._named(error) from error

    def _named(self, error: InvalidFile) -> InvalidFile:
        return InvalidFile([f"{self.path}{p}" for p in error.problems], error.hint)
