"""One writer at a time: a lock file beside the blog file, stable across renames.

The standard library's flock (msvcrt on Windows): the lock goes when its process dies, so none can be
stale. The file holds who has it, and which append was under way, for the next who comes.
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


class Lock:
    """A lock that is held. Its file remembers one small JSON object (`note`)."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def noted(self) -> dict[str, Any]:
        """What the last holder left behind; empty where it finished its work."""
        try:
            found = msgspec.json.decode(os.pread(self._fd, 4096, 0).rstrip(b"\0 \n") or b"{}")
        except (msgspec.DecodeError, UnicodeDecodeError):
            return {}
        return found if isinstance(found, dict) else {}

    def note(self, **more: Any) -> None:
        """Say who holds the lock, and what is under way."""
        text = (
            msgspec.json.encode({"pid": os.getpid(), "host": os.uname().nodename, **more}) + b"\n"
        )
        with contextlib.suppress(OSError):  # a full disk must not stop a change that still fits
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, text, 0)

    def clear(self) -> None:
        """Say that all is done."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._fd, 0)


def path_of(blog_file: Path) -> Path:
    """The lock file of a blog file."""
    return blog_file.with_name(f".{blog_file.name}.lock")


@contextlib.contextmanager
def held(blog_file: Path, timeout: float = DEFAULT_TIMEOUT) -> Iterator[Lock]:
    """Hold the lock of a blog file, after waiting at most `timeout` seconds for it.

    Raises:
        LockBusy: somebody else kept it; the message says who.
        LiveblogError: the folder is not writable.
    """
    path = path_of(blog_file)
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise LiveblogError(
            f"{blog_file}: its folder can't be written to ({error.strerror})",
            "changes need a lock file beside the blog file",
        ) from error
    try:
        _wait(fd, blog_file, timeout)
        yield Lock(fd)
    finally:
        os.close(fd)


def _wait(fd: int, blog_file: Path, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    pause = 0.001
    while not _try(fd):
        if time.monotonic() >= deadline:
            who = Lock(fd).noted()
            holder = f"process {who['pid']} on {who['host']}" if "pid" in who else "another process"
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
