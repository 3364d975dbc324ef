"""Bytes to disk: all or none of them, safe from a power cut, and in nobody else's file."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from liveblog_cli.storage import rights

RECENT = 2_000_000_000
"""Nanoseconds. A file that was changed within this time may be only half saved."""

PRIVATE = 0o600
"""The rights of a new version until it has those of the file that it replaces."""

_LONGEST_PART = 120
"""Bytes. Where the name of a file becomes part of another name, it is cut to this length, because
eCryptfs takes names of up to 143 bytes."""


class State(Struct, frozen=True, array_like=True):
    """What tells whether a file was changed: if it was, its state is another one.

    `inode` is its number on the disk, `changed_ns` when it was changed last in nanoseconds since
    1970, `size` its bytes.
    """

    inode: int
    changed_ns: int
    size: int


def state_at(path: Path) -> State:
    """The state of what stands at a path.

    Raises:
        OSError: nothing does.
    """
    return read_state(os.stat(path))


def state_of(file: BinaryIO) -> State:
    """The state of an open file."""
    return read_state(os.fstat(file.fileno()))


def read_state(status: os.stat_result) -> State:
    """The state that `os.stat` tells of."""
    return State(status.st_ino, status.st_mtime_ns, status.st_size)


def is_special(path: Path) -> bool:
    """Whether a pipe, a socket or a device stands there: reading one may never end."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):  # a name that can't be one
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def create(path: Path, mode: int = PRIVATE) -> int:
    """The descriptor of a new, empty file, open for writing.

    Nothing that stands there is followed or opened, be it a link that leads nowhere.

    Raises:
        FileExistsError: something does.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0), mode)


def create_beside(path: Path, mode: int = PRIVATE) -> tuple[int, Path]:
    """Make a new, empty file in the folder of `path`; returns its descriptor and its path.

    Its name is random, so nobody can put a link there first. The umask and the folder take bits
    from `mode`. Give 0o666 only if there is no file at `path` yet: such a file might be private.
    """
    while True:
        beside = path.with_name(f".{shorten_name(path.name)}.new-{os.urandom(8).hex()}")
        with contextlib.suppress(FileExistsError):
            return create(beside, mode), beside


def shorten_name(name: str) -> str:
    """The beginning of a file's name, short enough to be part of a longer name."""
    while len(os.fsencode(name)) > _LONGEST_PART:
        name = name[:-1]
    return name


@contextlib.contextmanager
def remove_on_failure(path: Path) -> Iterator[None]:
    """Remove the file at `path` if the block fails, so that nothing half written stays."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def fill(fd: int, data: Iterable[bytes], like: Path | None = None) -> bool:
    """Write these bytes into a new file and close it. They are on disk when this returns.

    Before the first byte, the file gets the rights of the file `like`. Returns whether it got all
    of them.
    """
    with open(fd, "wb") as file:
        kept = like is None or rights.keep(fd, like)
        file.writelines(data)
        file.flush()
        os.fsync(fd)
    return kept


def append(fd: int, size: int, data: bytes) -> None:
    """Write `data` behind the first `size` bytes of a file. It is on disk when this returns.

    If that fails, the file is cut back to those bytes. Python's buffers are not used, because one
    that could not be written is written again when its file is closed.
    """
    try:
        os.lseek(fd, size, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(fd, rest) :]
        os.fsync(fd)
    except BaseException:
        os.ftruncate(fd, size)
        raise


def replace(old: Path, new: Path) -> None:
    """Put `new` in the place of `old`."""
    os.replace(new, old)
    sync_folder(old.parent)


def put_new(new: Path, path: Path) -> None:
    """Move the file `new` to `path`, if there is nothing yet.

    Raises:
        FileExistsError: something is there.
    """
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links (FAT, some network drives): keep the place first
        os.close(create(path))
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to disk, so that they survive a power cut, if it may be read."""
    if os.name == "posix":
        try:
            fd = os.open(folder, os.O_RDONLY)
        except PermissionError:
            return
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
