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
"""Nanoseconds after which nobody is taken to be in the midst of saving a file."""

PRIVATE = 0o600
"""The rights of a new version until it has those of the file that it replaces."""

_KNOWN_BY = 120
"""Bytes of a name that are enough to know it by. eCryptfs takes names of up to 143 bytes."""


class State(Struct, frozen=True, array_like=True):
    """By what a file's content is known: in another state it may hold something else.

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
    """The descriptor and the name of a new, empty file in the folder of `path`, which need not be.

    The name can't be foreseen, so nobody can put a link there first. `mode` is what the umask and
    the folder take from; take 0o666 only where nothing has been at `path` that might be private.
    """
    while True:
        beside = path.with_name(f".{shorten_name(path.name)}.new-{os.urandom(8).hex()}")
        with contextlib.suppress(FileExistsError):
            return create(beside, mode), beside


def shorten_name(name: str) -> str:
    """So much of a file's name as a longer one made from it can hold."""
    while len(os.fsencode(name)) > _KNOWN_BY:
        name = name[:-1]
    return name


@contextlib.contextmanager
def remove_on_failure(path: Path) -> Iterator[None]:
    """Leave no half-written file at `path` where what is done with it fails."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def fill(fd: int, data: Iterable[bytes], like: Path | None = None) -> bool:
    """Write these bytes into a new file, on disk when this returns, and close it.

    It has the rights of the file `like` before it has a byte. Whether all of them could be given.
    """
    with open(fd, "wb") as file:
        kept = like is None or rights.keep(fd, like)
        file.writelines(data)
        file.flush()
        os.fsync(fd)
    return kept


def append(fd: int, size: int, data: bytes) -> None:
    """`data` behind the first `size` bytes, on disk when this returns; else those bytes alone.

    Unbuffered: a buffer that could not be emptied is tried again when its file is closed.
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
    """Put `new` where nothing is.

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
    """See a change of names on disk, where the folder may be read."""
    if os.name == "posix":
        try:
            fd = os.open(folder, os.O_RDONLY)
        except PermissionError:
            return
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
