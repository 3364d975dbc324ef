"""A blog file while its lock is held: whole before it is changed, and noted down as it is left."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, UnfinishedTail, way_out
from liveblog_cli.storage import disk, lock, opening
from liveblog_cli.storage.disk import State
from liveblog_cli.storage.lock import Lock
from liveblog_cli.storage.transaction import Snapshot, bytes_to_append

if TYPE_CHECKING:
    from liveblog_cli.storage.in_place import Version

PAUSE = 0.2
"""Seconds between two looks at an entry that somebody is typing."""


@contextmanager
def hold(path: Path, timeout: float) -> Iterator[Session]:
    """Take the lock of a blog file, and mend what its last writer did not finish.

    Whoever types at the end of the file is waited for as for the lock, without holding it; for
    `timeout` seconds in all.

    Raises:
        LockBusy: somebody held the lock, or typed, for longer.
        LiveblogError: there is no such file, it can't be mended, or can't be locked.
    """
    opening.open_file(path, "r+b").close()
    left, deadline = timeout, time.monotonic() + timeout
    while True:
        with lock.hold(path, left) as held:
            session = Session(path, timeout, held)
            session.open().close()  # somebody may have removed it while we waited
            session.finish_rewrite()
            try:
                session.mend()
            except UnfinishedTail:
                if time.monotonic() >= deadline:
                    raise
            else:
                yield session
                return
        time.sleep(PAUSE)
        left = max(0.0, deadline - time.monotonic())


class Session:
    """One blog file whose lock we hold."""

    def __init__(self, path: Path, timeout: float, held: Lock) -> None:
        self._path = path
        self._timeout = timeout
        self._held = held

    def open(self) -> BinaryIO:
        """The file, to be read and written."""
        return opening.open_file(self._path, "r+b")

    def look(self, file: BinaryIO) -> Snapshot:
        """The file as it is now."""
        return Snapshot(file, self._path, self._held.memory)

    def mend(self) -> None:
        """See to it that the file ends outside of every block (see `recovery.mend`)."""
        if not self._held.memory.is_as_left(disk.state_at(self._path)):
            from liveblog_cli.storage import recovery

            recovery.mend(self._path, self._held)

    def mend_when_typed(self) -> None:
        """The same, after waiting for whoever is typing at the end of the file."""
        deadline = time.monotonic() + self._timeout
        while True:
            try:
                return self.mend()
            except UnfinishedTail:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(PAUSE)

    def finish_rewrite(self) -> None:
        """Finish what another writer began to write into the file (see `in_place`)."""
        if self._held.memory.rewrite is not None or self._held.memory.state is None:
            from liveblog_cli.storage import in_place

            with self._nothing_changed():
                in_place.resume(self._held, self._path)

    def append(self, file: BinaryIO, seen: Snapshot, blocks: str) -> int:
        """Write blocks behind the end of the file. Returns the size in bytes that it then has.

        Raises:
            LiveblogError: there was no room; the file is as it was.
        """
        data = bytes_to_append(seen, blocks)
        self._held.note(self._held.memory.begin_append(seen.size, data))
        try:
            disk.append(file.fileno(), seen.size, data)
        except OSError as error:
            self._held.note(replace(self._held.memory, append=None))
            raise LiveblogError(
                f"{self._path}: nothing was added: {error.strerror}", way_out(error)
            ) from error
        return seen.size + len(data)

    def holds(self, blocks: bytes, seen: Snapshot, end: int) -> bool:
        """Whether the file still holds blocks that were appended to it as `seen`, up to byte `end`."""
        state = opening.state_at(self._path)
        if (state.inode, state.size) == (seen.state.inode, end):
            return True
        with opening.open_file(self._path) as file:
            return blocks in file.read()

    def prepare(self, data: Iterable[bytes]) -> Version:
        """The next version of the file, on disk beside it.

        Raises:
            LiveblogError: there was no room for it.
        """
        from liveblog_cli.storage import in_place

        with self._nothing_changed():
            return in_place.prepare(self._path, data)

    def put(self, version: Version, before: State) -> bool:
        """Put the next version in place; False where the file is no longer as it was `before`.

        Raises:
            LiveblogError: that can't be done; the file is as it was, or the next writer finishes it.
        """
        from liveblog_cli.storage import in_place, leftovers

        with self._nothing_changed(), disk.remove_on_failure(version.path):
            if opening.state_at(self._path) != before:
                version.path.unlink()
                return False
            in_place.put(self._held, self._path, version)
        leftovers.sweep(self._path.parent, self._path.stat().st_mtime, self._path.name)
        return True

    def finish(self, appended: bytes, latest: datetime | None) -> State:
        """Note down how the file is left: which blocks came to it, and when its latest change was."""
        state = opening.state_at(self._path)
        self._held.note(self._held.memory.finish(state, appended, latest))
        return state

    @contextmanager
    def _nothing_changed(self) -> Iterator[None]:
        """Say so where the system refuses something."""
        try:
            yield
        except OSError as error:
            raise LiveblogError(
                f"{self._path}: nothing was changed: {error.strerror}", way_out(error)
            ) from error
