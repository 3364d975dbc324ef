"""One writer at a time: a lock file beside the blog file, stable across renames.

The standard library's flock (msvcrt on Windows): the lock goes when its process dies, so none can
be stale. What its file remembers for the next holder is a `LockMemory`.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, LockBusy
from liveblog_cli.storage import lock_file, lock_memory
from liveblog_cli.storage.lock_memory import LockMemory

DEFAULT_TIMEOUT = 30.0
"""Seconds to wait for other writers."""


class Lock:
    """A lock that is held, with what its file remembers.

    `left_at_ns` is when its last holder noted something down, by the file system's clock.
    """

    def __init__(self, fd: int, path: Path, writable: bool) -> None:
        self._fd = fd
        self._path = path
        self._writable = writable
        self.memory = _read_memory(fd)
        self.left_at_ns = os.fstat(fd).st_mtime_ns
        self._noted = False

    @property
    def now_ns(self) -> int:
        """The time in nanoseconds since 1970: by the file system's clock if we wrote the lock file, else by ours."""
        return os.fstat(self._fd).st_mtime_ns if self._noted else time.time_ns()

    def note(self, memory: LockMemory) -> None:
        """Remember this from now on, and that the lock is ours."""
        with contextlib.suppress(OSError):  # a full disk must not stop a change that still fits
            self._write(memory)

    def keep(self, memory: LockMemory) -> None:
        """The same, and it is on disk when this returns.

        Raises:
            OSError: there is no room for it.
            LiveblogError: the file is not ours to write into.
        """
        if not self._writable:
            raise LiveblogError(
                f"{self._path} can't be written: nothing was changed",
                lock_file.suggest_way_in(self._path),
            )
        self._write(memory)
        os.fsync(self._fd)

    def _write(self, memory: LockMemory) -> None:
        self.memory = replace(memory, pid=os.getpid(), host=_name_host())
        if not self._writable:
            return
        line = msgspec.json.encode(self.memory) + b"\n"
        # Over the old line first: room that was given back might be gone.
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, line)
        os.ftruncate(self._fd, len(line))
        self._noted = True


def peek(blog_file: Path) -> LockMemory:
    """What the lock file remembers, read without the lock."""
    try:
        fd = lock_file.open_file(lock_file.path_of(blog_file), os.O_RDONLY)
    except (OSError, LiveblogError):
        return LockMemory()
    try:
        return _read_memory(fd)
    finally:
        os.close(fd)


def is_held(blog_file: Path) -> bool:
    """Whether somebody is writing the blog file at this moment. It takes no lock that others see."""
    try:
        import fcntl

        fd = lock_file.open_file(lock_file.path_of(blog_file), os.O_RDONLY)
    except (ImportError, OSError, LiveblogError):
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False


@contextlib.contextmanager
def hold(blog_file: Path, timeout: float = DEFAULT_TIMEOUT) -> Iterator[Lock]:
    """Hold the lock of a blog file, after waiting at most `timeout` seconds for it.

    Raises:
        LockBusy: somebody else kept it; the message says who.
        LiveblogError: there can be no lock file, or this user may not open it.
    """
    deadline = time.monotonic() + timeout
    fd = lock_file.open_or_create(blog_file)
    try:
        _wait(fd, blog_file, timeout, deadline)
        while not lock_file.is_at(
            fd, lock_file.path_of(blog_file)
        ):  # somebody removed it while we waited
            os.close(fd)
            fd = lock_file.open_or_create(blog_file)
            _wait(fd, blog_file, timeout, deadline)
        fd, writable = lock_file.make_fit(fd, blog_file)
        lock = Lock(fd, lock_file.path_of(blog_file), writable)
        lock.note(lock.memory)
        yield lock
    finally:
        os.close(fd)


def _read_memory(fd: int) -> LockMemory:
    try:
        return lock_memory.decode(lock_file.read_content(fd))
    except OSError:
        return LockMemory()


def _name_host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _wait(fd: int, blog_file: Path, timeout: float, deadline: float) -> None:
    pause = 0.001
    while not _try_to_lock(fd):
        if time.monotonic() >= deadline:
            who = _read_memory(fd)
            known = who.pid is not None and who.host is not None
            holder = f"process {who.pid} on {who.host}" if known else "another process"
            raise LockBusy(
                f"{blog_file}: locked by {holder} for over {timeout:g} s",
                "try again, or wait longer with --lock-timeout",
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _try_to_lock(fd: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _try_windows(fd)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # a network drive without locks, or one that wants the right to write
        raise LiveblogError(
            f"the lock of writers can't be had: {error.strerror}",
            "check the rights of the lock file, and that the drive knows locks",
        ) from error
    return True


def _try_windows(fd: int) -> bool:
    import msvcrt

    try:
        os.lseek(fd, 1 << 30, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows only
    except OSError:
        return False
    return True
