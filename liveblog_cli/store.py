"""The blog file on disk: read, append, replace, and what to do with a torn tail.

Only this module opens the file. Reading takes no lock and writes nothing, for appends only add and
replacements are renames; what is not all of an entry, or not yet, is left out and said.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from liveblog_cli import blocks, disk, here, lock, memory, mending, torn
from liveblog_cli.disk import State
from liveblog_cli.encoding import decode, decode_any, foreign_encoding, require_utf8_but_for_tear
from liveblog_cli.errors import LiveblogError, NotFound, UnfinishedTail, way_out
from liveblog_cli.layout import Layout
from liveblog_cli.lock import Lock
from liveblog_cli.toml import CONFLICT_MARKER
from liveblog_cli.transaction import Seen, Write, Written, glued, parts

if TYPE_CHECKING:
    from liveblog_cli.rewrite import Version

HEAD = 16384
"""Bytes at the start that are looked at first for the head alone."""

TRIES = 5
"""So often a change is made anew where another program saves the file meanwhile."""

LOOKS = 20
"""So often the file is read anew where it was written meanwhile."""

SAVES, SAVE = 4, 0.025
"""So often, and so many seconds apart, a file is looked at that is empty or torn: an editor that
empties it and writes it anew may be at work."""

PAUSE = 0.2
"""Seconds between two looks at an entry that somebody is typing."""

MOMENT = 0.005
"""Seconds between two looks at a file that is being written into."""

_FIRST = re.compile(rb"(?:\A|\n)\[\[entries\]\][^\n]*\n")

Tell = Callable[[str], None]


def _tell(message: str) -> None:
    from liveblog_cli.steering import printable  # in a program of others nobody else does it

    sys.stderr.write(f"{printable(message)}\n")


class Look(NamedTuple):
    """A file as it was read. `tail_line` is where half a block begins that was left out, if any."""

    layout: Layout
    tail_line: int | None = None


class Store:
    """One blog file. `timeout`: seconds to wait for the lock; `tell` hears of repairs."""

    def __init__(
        self, path: Path, timeout: float = lock.DEFAULT_TIMEOUT, tell: Tell = _tell
    ) -> None:
        self.path = here.real(path)
        self.timeout = timeout
        self.tell = tell

    def read(self) -> Layout:
        """The whole file, cut into pieces. Half a block at its end is left out, and that is said.

        Raises:
            NotFound: there is no such file.
            InvalidFile: it is not UTF-8, or holds a merge conflict.
        """
        layout, tail_line = self.look()
        if tail_line is not None:
            self.tell(f"{self.path}:{tail_line}: {mending.HALF_BLOCK}, which is left out")
        return layout

    def look(self) -> Look:
        """The same as `read`, but the half block is answered instead of told.

        An append that another process is just making is as if it had not begun.
        """
        waits = 0
        for _ in range(LOOKS):
            state = self._state()
            data = self._data()
            layout = blocks.scan(decode_any(data))
            appending = memory.unfinished(lock.peek(self.path), data)
            at = torn.torn_at(data, layout) if appending is None else appending
            if at is None and data and len(data) == state[2]:
                return Look(self._strict(data, layout))
            if self._state() == state:  # else it was written while we read
                if waits == SAVES:
                    break
                waits += 1
                time.sleep(SAVE)
        if at is None:
            return Look(self._strict(data, layout))
        require_utf8_but_for_tear(data, at, self.path)
        whole = self._strict(data[:at], blocks.scan(decode_any(data[:at])))
        being_added = appending is not None and lock.is_held(self.path)
        return Look(whole, None if being_added else data.count(b"\n", 0, at) + 1)

    def read_head(self) -> Layout:
        """The pieces before the first entry, without reading the rest of the file.

        Tables of the head that stand behind entries are not in it. The title, zone and language
        that an append needs can't be there: TOML has no way back to the root table.
        """
        with self._open() as file:
            data = file.read(HEAD)
        found = _FIRST.search(data)
        if found and "rewrite" not in lock.peek(self.path):
            text = decode(data[: found.end()], self.path)
            layout = blocks.scan(text)
            if layout.open_at is None and layout.blocks and CONFLICT_MARKER not in text:
                return Layout(text[: layout.blocks[0].start], layout.pieces[:1])
        return self.read()

    def create(self, text: str, like: Path | None = None) -> None:
        """Write a new blog file, with the rights of the file `like` or those that its folder gives.

        Raises:
            LiveblogError: the file is there already, or the folder can't be written to.
        """
        try:
            with contextlib.suppress(FileNotFoundError):
                os.lstat(lock.path_of(self.path))  # a name that leaves no room for it is too long
            fd, temporary = disk.create_beside(self.path, disk.PRIVATE if like else 0o666)
            with disk.removed_on_failure(temporary):
                disk.fill(fd, [text.encode()], like)
                disk.put_new(temporary, self.path)
        except FileExistsError:
            raise LiveblogError(
                f"{self.path} exists already", "choose another file with -f"
            ) from None
        except OSError as error:
            raise LiveblogError(
                f"{self.path} can't be written: {error.strerror}", way_out(error)
            ) from error
        disk.sync_folder(self.path.parent)

    def transaction(self, decide: Callable[[Seen], Write]) -> Written:
        """Look at the file and write what `decide` makes of it, all or nothing, under one lock.

        Blocks that are only appended are appended in place: the cost does not grow with the file.

        Raises:
            LiveblogError: it could not be written; the file is as it was.
        """
        with self._held() as held:
            for _ in range(TRIES):
                with self._open("r+b") as file:
                    seen = Seen(file, self._decode)
                    seen.latest = memory.latest(held, seen.state)
                    write = decide(seen)
                    if not write.splices:
                        return self._extended(held, file, seen, write)
                    version = self._next(parts(seen, write))
                if self._swap(held, version, seen.state, write):
                    state = disk.state_at(self.path)
                    return Written(state, state[2] - _length(write.append))
            raise self._busy()

    def change(self, edit: Callable[[Layout], str]) -> None:
        """Replace the file with what `edit` makes of it, all or nothing.

        `edit` is called again where another program saved the file meanwhile without the lock.

        Raises:
            LiveblogError: it could not be written; the file is as it was.
        """
        with self._held() as held:
            for _ in range(TRIES):
                before = disk.state_at(self.path)
                layout = self._whole()
                text = edit(layout)
                if text == layout.text:
                    return
                version = self._next([text.encode()])
                if self._swap(held, version, before, Write()):
                    return
            raise self._busy()

    def _extended(self, held: Lock, file: BinaryIO, seen: Seen, write: Write) -> Written:
        """Blocks behind the end, and there once more if another program saved over them."""
        blocks_ = write.append
        if not blocks_:
            return Written(seen.state, seen.size)
        data, size = glued(seen, blocks_), seen.size
        self._extend(held, file, size, data)
        for _ in range(LOOKS):
            state = self._state()
            if state[::2] == (seen.state[0], size + len(data)):
                break
            self._wait_for_whole(held)
            with self._open("r+b") as again:
                seen = Seen(again, self._decode)
                if blocks_.encode() in seen.content:
                    break
                data, size = glued(seen, blocks_), seen.size
                self._extend(held, again, size, data)
        memory.finish(held, self.path, data, write.latest)
        return Written(self._state(), size + len(data) - _length(blocks_))

    def _wait_for_whole(self, held: Lock) -> None:
        """Wait until nobody is typing at the end of a file that was saved under our hands."""
        deadline = time.monotonic() + self.timeout
        while True:
            try:
                return mending.mend(self.path, held, self.tell)
            except UnfinishedTail:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(PAUSE)

    def _extend(self, held: Lock, file: BinaryIO, size: int, data: bytes) -> None:
        memory.begin(held, size, data)
        try:
            disk.append(file.fileno(), size, data)
        except OSError as error:
            held.note(append=None)
            raise LiveblogError(
                f"{self.path}: nothing was added: {error.strerror}", way_out(error)
            ) from error

    def _next(self, data: Iterable[bytes]) -> Version:
        """The next version of the file, on disk beside it."""
        from liveblog_cli import rewrite

        with self._nothing_changed():
            return rewrite.prepare(self.path, data)

    @contextmanager
    def _nothing_changed(self) -> Iterator[None]:
        """Say so where the next version can't be made."""
        try:
            yield
        except OSError as error:
            raise LiveblogError(
                f"{self.path}: nothing was changed: {error.strerror}", way_out(error)
            ) from error

    def _swap(self, held: Lock, version: Version, before: State, write: Write) -> bool:
        """Put the next version in place, unless the file is not what that was made from."""
        from liveblog_cli import leftovers, rewrite

        with self._nothing_changed(), disk.removed_on_failure(version.path):
            if self._state() != before:
                version.path.unlink()
                return False
            rewrite.put(held, self.path, version)
        leftovers.sweep(self.path.parent, self.path.stat().st_mtime, self.path.name)
        memory.finish(held, self.path, write.append.encode(), write.latest)
        return True

    @contextmanager
    def _held(self) -> Iterator[Lock]:
        """The lock, with the file mended if its last writer did not finish.

        Whoever types at the end of the file is waited for as for the lock, without holding it.
        """
        self._open("r+b").close()
        left, deadline = self.timeout, time.monotonic() + self.timeout
        while True:
            with lock.held(self.path, left) as held:
                self._open().close()  # somebody may have removed it while we waited
                self._resume(held)
                try:
                    mending.mend(self.path, held, self.tell)
                except UnfinishedTail:
                    if time.monotonic() >= deadline:
                        raise
                else:
                    yield held
                    return
            time.sleep(PAUSE)
            left = max(0.0, deadline - time.monotonic())

    def _resume(self, held: Lock) -> None:
        """Finish a rewriting that was broken off."""
        if "rewrite" in held.memory or "state" not in held.memory:
            from liveblog_cli import rewrite

            with self._nothing_changed():
                rewrite.resume(held, self.path, self.tell)

    def _whole(self) -> Layout:
        data = self._data()
        return self._strict(data, blocks.scan(decode_any(data)))

    def _data(self) -> bytes:
        """The whole file, not in the midst of being written into."""
        for _ in range(TRIES):
            if (found := self._rewritten()) is not None:
                return found
            with self._open() as file:
                before = disk.state_of(os.fstat(file.fileno()))
                data = file.read()
                same = disk.state_of(os.fstat(file.fileno())) == before
            if same and "rewrite" not in lock.peek(self.path):
                break
        return data

    def _rewritten(self) -> bytes | None:
        """What the file is to hold, where somebody is writing into it at this moment."""
        deadline = time.monotonic() + self.timeout
        while "rewrite" in lock.peek(self.path):
            from liveblog_cli import rewrite

            found = rewrite.whole(self.path)
            if found is not None or not lock.is_held(self.path) or time.monotonic() > deadline:
                return found
            time.sleep(MOMENT)
        return None

    def _strict(self, data: bytes, layout: Layout) -> Layout:
        """The layout, if its text is all of the data and of one version of the blog."""
        if not layout.text.isascii():
            try:
                layout.text.encode()
            except UnicodeEncodeError:
                self._decode(data)
        elif foreign_encoding(data):
            self._decode(data)
        if CONFLICT_MARKER in layout.text:
            from liveblog_cli.conflicts import require_no_conflict

            require_no_conflict(self.path, layout.text)
        return layout

    def _state(self) -> State:
        try:
            return disk.state_at(self.path)
        except OSError:
            raise self._missing() from None

    def _open(self, mode: Literal["rb", "r+b"] = "rb") -> BinaryIO:
        if disk.is_special(self.path):
            raise LiveblogError(f"{self.path} is not a file", "a blog is a regular file")
        try:
            return open(self.path, mode)
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        except IsADirectoryError:
            raise LiveblogError(f"{self.path} is a folder, not a blog file") from None
        except OSError as error:
            raise LiveblogError(
                f"{self.path} can't be opened: {error.strerror}", way_out(error)
            ) from error

    def _missing(self) -> NotFound:
        return NotFound(f"{self.path}: no such file", 'make one with: liveblog new "TITLE"')

    def _busy(self) -> LiveblogError:
        return LiveblogError(
            f"{self.path}: another program keeps saving this file: nothing was changed",
            "try again when it is done",
        )

    def _decode(self, data: bytes) -> str:
        return decode(data, self.path)


def _length(text: str) -> int:
    return len(text.encode())
