"""The blog file on disk, changed: blocks appended or replaced under the lock, all or nothing.

Only this module writes the file, and `recovery` and `in_place` for it; `reader` opens it for readers.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, UnfinishedTail, way_out
from liveblog_cli.storage import disk, lock
from liveblog_cli.storage.disk import State
from liveblog_cli.storage.layout import Layout
from liveblog_cli.storage.lock import Lock
from liveblog_cli.storage.reader import LOOKS, Reader
from liveblog_cli.storage.transaction import Snapshot, WriteRequest, WriteResult, glued, parts

if TYPE_CHECKING:
    from liveblog_cli.storage.in_place import Version

TRIES = 5
"""So often a change is made anew where another program saves the file meanwhile."""

PAUSE = 0.2
"""Seconds between two looks at an entry that somebody is typing."""


class Store(Reader):
    """One blog file, read and changed. `timeout`: seconds to wait for the lock."""

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

    def transaction(self, decide: Callable[[Snapshot], WriteRequest]) -> WriteResult:
        """Look at the file and write what `decide` makes of it, all or nothing, under one lock.

        Blocks that are only appended are appended in place: the cost does not grow with the file.

        Raises:
            LiveblogError: it could not be written; the file is as it was.
        """
        with self._held() as held:
            for _ in range(TRIES):
                with self._open("r+b") as file:
                    seen = Snapshot(file, self._decode)
                    seen.latest = held.memory.latest_in(seen.state)
                    write = decide(seen)
                    if not write.splices:
                        return self._extended(held, file, seen, write)
                    version = self._next(parts(seen, write))
                if self._swap(held, version, seen.state, write):
                    state = disk.state_at(self.path)
                    return WriteResult(state, state.size - _length(write.append))
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
                if self._swap(held, version, before, WriteRequest()):
                    return
            raise self._busy()

    def _extended(
        self, held: Lock, file: BinaryIO, seen: Snapshot, write: WriteRequest
    ) -> WriteResult:
        """Blocks behind the end, and there once more if another program saved over them."""
        blocks_ = write.append
        if not blocks_:
            return WriteResult(seen.state, seen.size)
        data, size = glued(seen, blocks_), seen.size
        self._extend(held, file, size, data)
        for _ in range(LOOKS):
            state = self._state()
            if (state.inode, state.size) == (seen.state.inode, size + len(data)):
                break
            with self._open() as now:
                if blocks_.encode() in Snapshot(now, self._decode).content:
                    break
            self._wait_for_whole(held)
            with self._open("r+b") as again:
                seen = Snapshot(again, self._decode)
                data, size = glued(seen, blocks_), seen.size
                self._extend(held, again, size, data)
        held.note(held.memory.finish(disk.state_at(self.path), data, write.latest))
        return WriteResult(self._state(), size + len(data) - _length(blocks_))

    def _wait_for_whole(self, held: Lock) -> None:
        """Wait until nobody is typing at the end of a file that was saved under our hands."""
        deadline = time.monotonic() + self.timeout
        while True:
            try:
                return self._mend(held)
            except UnfinishedTail:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(PAUSE)

    def _extend(self, held: Lock, file: BinaryIO, size: int, data: bytes) -> None:
        held.note(held.memory.begin_append(size, data))
        try:
            disk.append(file.fileno(), size, data)
        except OSError as error:
            held.note(replace(held.memory, append=None))
            raise LiveblogError(
                f"{self.path}: nothing was added: {error.strerror}", way_out(error)
            ) from error

    def _next(self, data: Iterable[bytes]) -> Version:
        """The next version of the file, on disk beside it."""
        from liveblog_cli.storage import in_place

        with self._nothing_changed():
            return in_place.prepare(self.path, data)

    @contextmanager
    def _nothing_changed(self) -> Iterator[None]:
        """Say so where the next version can't be made."""
        try:
            yield
        except OSError as error:
            raise LiveblogError(
                f"{self.path}: nothing was changed: {error.strerror}", way_out(error)
            ) from error

    def _swap(self, held: Lock, version: Version, before: State, write: WriteRequest) -> bool:
        """Put the next version in place, unless the file is not what that was made from."""
        from liveblog_cli.storage import in_place, leftovers

        with self._nothing_changed(), disk.removed_on_failure(version.path):
            if self._state() != before:
                version.path.unlink()
                return False
            in_place.put(held, self.path, version)
        leftovers.sweep(self.path.parent, self.path.stat().st_mtime, self.path.name)
        state = disk.state_at(self.path)
        held.note(held.memory.finish(state, write.append.encode(), write.latest))
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
                    self._mend(held)
                except UnfinishedTail:
                    if time.monotonic() >= deadline:
                        raise
                else:
                    yield held
                    return
            time.sleep(PAUSE)
            left = max(0.0, deadline - time.monotonic())

    def _mend(self, held: Lock) -> None:
        """Look at the file that is not as its last writer left it."""
        if not held.memory.is_as_left(disk.state_at(self.path)):
            from liveblog_cli.storage import recovery

            recovery.mend(self.path, held)

    def _resume(self, held: Lock) -> None:
        """Finish a rewriting that was broken off."""
        if held.memory.rewrite is not None or held.memory.state is None:
            from liveblog_cli.storage import in_place

            with self._nothing_changed():
                in_place.resume(held, self.path)

    def _busy(self) -> LiveblogError:
        return LiveblogError(
            f"{self.path}: another program keeps saving this file: nothing was changed",
            "try again when it is done",
        )


def _length(text: str) -> int:
    return len(text.encode())
