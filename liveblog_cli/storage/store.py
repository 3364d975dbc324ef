"""The blog file on disk, changed: blocks appended or replaced under the lock, all or nothing.

Only this module and `session` write the file, and `recovery` and `in_place` for them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from liveblog_cli.errors import LiveblogError, way_out
from liveblog_cli.storage import disk, lock_file, session
from liveblog_cli.storage.session import Session
from liveblog_cli.storage.transaction import Snapshot, WriteRequest, WriteResult, new_content

TRIES = 5
"""So often a change is made anew where another program saves the file meanwhile."""

LOOKS = 20
"""So often an append is made anew where another program saves over it."""

Answer = TypeVar("Answer")


class Store:
    """One blog file, to be changed. `timeout`: seconds to wait for other writers."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._timeout = timeout

    def create(self, text: str, like: Path | None = None) -> None:
        """Write a new blog file, with the rights of the file `like` or those that its folder gives.

        Raises:
            LiveblogError: the file is there already, or the folder can't be written to.
        """
        path = self._path
        try:
            with contextlib.suppress(FileNotFoundError):
                os.lstat(lock_file.path_of(path))  # a name that leaves no room for it is too long
            fd, temporary = disk.create_beside(path, disk.PRIVATE if like else 0o666)
            with disk.remove_on_failure(temporary):
                disk.fill(fd, [text.encode()], like)
                disk.put_new(temporary, path)
        except FileExistsError:
            raise LiveblogError(f"{path} exists already", "choose another file with -f") from None
        except OSError as error:
            raise LiveblogError(
                f"{path} can't be written: {error.strerror}", way_out(error)
            ) from error
        disk.sync_folder(path.parent)

    def transaction(
        self,
        decide: Callable[[Snapshot], tuple[WriteRequest, Answer]],
        begin: Callable[[], None] = lambda: None,
    ) -> tuple[Answer, WriteResult]:
        """Look at the file and write what `decide` wants, all or nothing, under one lock.

        `decide` returns what is to be written, and an answer that is handed on to the caller. It is
        asked again where another program saved the file meanwhile without the lock. `begin` is
        called first, when the lock is held. Blocks that are only appended are appended in place: the
        cost does not grow with the file.

        Raises:
            LiveblogError: it could not be written; the file is as it was.
        """
        with session.hold(self._path, self._timeout) as held:
            begin()
            for _ in range(TRIES):
                with held.open() as file:
                    seen = held.look(file)
                    write, answer = decide(seen)
                    if not write.splices:
                        return answer, _append(held, file, seen, write)
                    version = held.prepare(new_content(seen, write))
                if held.put(version, seen.state):
                    blocks = write.append.encode()
                    state = held.finish(blocks, write.latest)
                    return answer, WriteResult(
                        seen.state, state, state.size - len(blocks), moved=True
                    )
        raise LiveblogError(
            f"{self._path}: another program keeps saving this file: nothing was changed",
            "try again when it is done",
        )


def _append(held: Session, file: BinaryIO, seen: Snapshot, write: WriteRequest) -> WriteResult:
    """Blocks behind the end, and there once more if another program saved over them."""
    if not write.append:
        return WriteResult(seen.state, seen.state, seen.size)
    blocks = write.append.encode()
    end = held.append(file, seen, write.append)
    for _ in range(LOOKS):
        if held.holds(blocks, seen, end):
            break
        held.mend_when_typed()
        with held.open() as again:
            seen = held.look(again)
            end = held.append(again, seen, write.append)
    state = held.finish(blocks, write.latest)
    return WriteResult(seen.state, state, end - len(blocks))
