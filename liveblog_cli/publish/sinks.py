"""Sinks: pipes, terminals and devices to which an export is written. They are never replaced by a file."""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from pathlib import Path

from liveblog_cli.errors import LiveblogError
from liveblog_cli.storage import disk, links, rights

STDOUT = Path("/dev/stdout")

PATIENCE = 2.0
"""Seconds for which this program waits for a reader of a named pipe. It may be just starting."""

_NAMES = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_LINKS = 40
"""The greatest number of links to follow. It is that of Linux."""


def is_sink(path: Path) -> bool:
    """Whether `path` is something to write to, but no regular file."""
    return find_descriptor(path) is not None or disk.is_special(path)


def find_descriptor(path: Path) -> int | None:
    """The number of the open file that a path such as `/dev/stdout` or `/dev/fd/63` stands for."""
    if not (str(path) in _NAMES or path.name.isdigit() or path.is_symlink()):
        return None
    folders = {os.path.realpath(f) for f in ("/dev/fd", "/proc/self/fd")}
    for _ in range(_LINKS):
        if str(path) in _NAMES:
            return _NAMES[str(path)]
        try:
            folder = os.path.realpath(path.parent)
            if path.name.isascii() and path.name.isdigit() and folder in folders:
                return int(path.name)
            path = Path(folder, os.readlink(path))
        except (OSError, ValueError):
            return None
    return None


def require_writable(path: Path, done: str) -> None:
    """Pass if the sink can be written to. `done` says in the message what has become of the command.

    Raises:
        LiveblogError: the sink is a disk, a socket, or not open.
    """
    number = find_descriptor(path)
    try:
        mode = os.stat(path).st_mode if number is None else os.fstat(number).st_mode
    except OSError as error:
        raise LiveblogError(f"{path} is not open: {error.strerror}", done) from None
    if stat.S_ISBLK(mode):
        raise LiveblogError(f"{path} is a disk, not a file", f"{done}; name another place")
    if stat.S_ISSOCK(mode) and number is None:
        raise LiveblogError(f"{path} is a socket, not a file", f"{done}; name another place")


def send(path: Path, data: bytes) -> None:
    """Write into a sink. This waits as long as the reader of the sink needs.

    Raises:
        LiveblogError: the sink can't be written to, or nobody reads it. A part may have been written.
    """
    try:
        fd = _open_patiently(path)
        try:
            _write(fd, data)
        finally:
            os.close(fd)
    except BrokenPipeError:
        raise LiveblogError(f"{path}: its reader went away before the end") from None
    except OSError as error:
        raise LiveblogError(f"{path} can't be written: {error.strerror}") from error


def _open_patiently(path: Path) -> int:
    number = find_descriptor(path)
    if number is not None:
        return os.dup(number)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _open(path)
        except OSError as error:
            if error.errno != errno.ENXIO or not path.is_fifo():
                raise
        if time.monotonic() > deadline:
            raise LiveblogError(f"{path} is a pipe that nobody reads", "start its reader first")
        time.sleep(0.02)


def _open(path: Path) -> int:
    """Open without waiting for a reader, and without making a terminal that of this process."""
    wanted = ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC")  # Windows has none of them
    fd = os.open(path, os.O_WRONLY | sum(getattr(os, name, 0) for name in wanted))
    mode = os.fstat(fd).st_mode
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return fd
    os.close(fd)
    raise OSError(errno.EAGAIN, "it was replaced meanwhile", str(path))


def _write(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(fd, rest) :]
        except BlockingIOError:
            select.select([], [fd], [])


def refuse_strangers(path: Path, done: str) -> None:
    """Pass unless the path leads through a link, or into a pipe or device, of another user.

    `done` says in the message what has become of the command.

    Raises:
        LiveblogError: the path does so.
    """
    links.refuse_links(path, to_write=True)
    if os.name != "posix" or not is_sink(path):
        return
    owner = os.stat(path).st_uid
    if not rights.is_trusted(owner, os.stat(os.path.realpath(path.parent)).st_uid):
        raise LiveblogError(
            f"{path} is a pipe or a device of {rights.name_owner(owner)}'s",
            f"{done}; remove it, or make it your own",
        )
