"""One writer at a time: a lock file beside the blog file, stable across renames.

The standard library's flock (msvcrt on Windows): the lock goes when its process dies, so none can
be stale. The file remembers, in one line of JSON, who has or had it (`pid`, `host`), which append
was under way (`append`), how the blog file was left (`state`) and what was added last (`ids`).
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from liveblog_cli.errors import LiveblogError, LockBusy

DEFAULT_TIMEOUT = 30.0
"""Seconds."""

_LONGEST = 16384


class Lock:
    """A lock that is held, with what its file remembers.

    `left_at_ns` is when its last holder noted something down, by the file system's clock.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self.memory = _remembered(fd)
        self.left_at_ns = os.fstat(fd).st_mtime_ns
        self._noted = False

    @property
    def now_ns(self) -> int:
        """The time in nanoseconds, by the clock that also dates the blog file where we may ask it."""
        return os.fstat(self._fd).st_mtime_ns if self._noted else time.time_ns()

    def note(self, **more: Any) -> None:
        """Remember more, and that the lock is ours. None forgets."""
        known = {**self.memory, **more, "pid": os.getpid(), "host": _host()}
        self.memory = {name: value for name, value in known.items() if value is not None}
        line = msgspec.json.encode(self.memory) + b"\n"
        with contextlib.suppress(OSError):  # a full disk must not stop a change that still fits
            # Over the old line first: room that was given back might be gone.
            os.lseek(self._fd, 0, os.SEEK_SET)
            os.write(self._fd, line)
            os.ftruncate(self._fd, len(line))
            self._noted = True


def path_of(blog_file: Path) -> Path:
    """The lock file of a blog file."""
    return blog_file.with_name(f".{blog_file.name}.lock")


def peek(blog_file: Path) -> dict[str, Any]:
    """What the lock file remembers, read without the lock."""
    try:
        fd = os.open(path_of(blog_file), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return {}
    try:
        return _remembered(fd)
    finally:
        os.close(fd)


def is_held(blog_file: Path) -> bool:
    """Whether somebody is writing the blog file at this moment. It takes no lock that others see."""
    try:
        import fcntl

        fd = os.open(path_of(blog_file), os.O_RDONLY | os.O_CLOEXEC)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False


@contextlib.contextmanager
def held(blog_file: Path, timeout: float = DEFAULT_TIMEOUT) -> Iterator[Lock]:
    """Hold the lock of a blog file, after waiting at most `timeout` seconds for it.

    Raises:
        LockBusy: somebody else kept it; the message says who.
        LiveblogError: the folder is not writable.
    """
    deadline = time.monotonic() + timeout
    fd = _open(blog_file)
    try:
        _wait(fd, blog_file, timeout, deadline)
        while not _is_at(fd, path_of(blog_file)):  # somebody removed it while we waited
            os.close(fd)
            fd = _open(blog_file)
            _wait(fd, blog_file, timeout, deadline)
        lock = Lock(fd)
        lock.note()
        yield lock
    finally:
        os.close(fd)


def _open(blog_file: Path) -> int:
    path = path_of(blog_file)
    flags = os.O_RDWR | os.O_CLOEXEC
    try:
        try:
            return os.open(path, flags)
        except FileNotFoundError:
            fd = os.open(path, flags | os.O_CREAT, 0o666)
            with contextlib.suppress(OSError):  # whoever may write the blog may lock it
                os.chmod(path, os.stat(blog_file).st_mode & 0o666)
            return fd
    except OSError as error:
        raise LiveblogError(
            f"{path} can't be written: {error.strerror}",
            "changes need this lock file beside the blog file: check the folder's rights",
        ) from error


def _is_at(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), os.stat(path))
    except OSError:
        return False


def _remembered(fd: int) -> dict[str, Any]:
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        found = msgspec.json.decode(os.read(fd, _LONGEST).partition(b"\n")[0])
    except (OSError, ValueError, RecursionError, msgspec.DecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _wait(fd: int, blog_file: Path, timeout: float, deadline: float) -> None:
    pause = 0.001
    while not _try(fd):
        if time.monotonic() >= deadline:
            who = _remembered(fd)
            holder = (
                f"process {who['pid']} on {who['host']}" if "host" in who else "another process"
            )
            raise LockBusy(
                f"{blog_file}: locked by {holder} for over {timeout:g} s",
                "try again, or wait longer with --lock-timeout",
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _try(fd: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _try_windows(fd)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _try_windows(fd: int) -> bool:
    import msvcrt

    try:
        os.lseek(fd, 1 << 30, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows only
    except OSError:
        return False
    return True
