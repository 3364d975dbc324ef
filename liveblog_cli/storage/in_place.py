"""A new version written into a file that can't be replaced: one with hard links, a mount, somebody else's.

Before the first byte is touched, the version stands whole beside the file and the lock file says so.
Readers then take it from there, and whoever comes after a crash finishes the writing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, way_out
from liveblog_cli.runtime.log import Log
from liveblog_cli.storage import disk, lock, recovery, rights
from liveblog_cli.storage.lock import Lock

IRREPLACEABLE = (errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES)
"""What the system says where a file can't be renamed over another that may be written to."""

_LOG = Log(__name__)
_CHUNK = 1 << 20
_NAME = re.compile(r"\.(?P<name>.+)\.rewrite-[0-9a-f]{16}", re.DOTALL)


class Version(Struct, frozen=True):
    """The next version of a file, whole in a file beside it. `alike`: with all the rights of that."""

    path: Path
    alike: bool


def prepare(path: Path, data: Iterable[bytes]) -> Version:
    """The next version of the file at `path`, on disk.

    Raises:
        OSError: there is no room or no right for it.
    """
    fd, beside = disk.create_beside(path)
    with disk.remove_on_failure(beside):
        return Version(beside, disk.fill(fd, data, like=path))


def put(held: Lock, path: Path, version: Version) -> None:
    """Put the next version in place: rename it over the file, or write into the file where it can't be replaced.

    Raises:
        OSError: there is no room or no right; the file is as it was.
        LiveblogError: it failed half way; the next change finishes it.
    """
    if version.alike and os.stat(path).st_nlink == 1:
        try:
            disk.replace(path, version.path)
            return
        except OSError as error:
            if error.errno not in IRREPLACEABLE:
                raise
    _write_into(held, path, version.path)


def _write_into(held: Lock, path: Path, version: Path) -> None:
    """Write what the file `version` holds into the one at `path`, and remove `version`."""
    name = f".{disk.shorten_name(path.name)}.rewrite-{version.name.rpartition('-')[2]}"
    whole = path.with_name(name)
    held.keep(replace(held.memory, rewrite=whole.name))
    os.rename(version, whole)
    with disk.remove_on_failure(whole):
        disk.sync_folder(path.parent)
        _lengthen(path, whole)
    try:
        _overwrite(path, whole)
    except OSError as error:
        raise LiveblogError(
            f"{path} is written only in part: {error.strerror}; the whole of it is in {whole.name}",
            f"{way_out(error)}: the next change finishes it",
        ) from error
    _forget(held, whole)


def read_whole(path: Path) -> bytes | None:
    """The whole next version of a file that is being written into; None if it can't be read or trusted."""
    beside = _find_trusted(path, lock.peek(path).rewrite)
    with contextlib.suppress(FileNotFoundError, PermissionError):
        return beside.read_bytes() if beside else None
    return None


def resume(held: Lock, path: Path) -> None:
    """Finish a write in which the last writer was killed. What the file held until now is kept beside it.

    Raises:
        OSError: there is no room or no right for it.
    """
    if held.memory.state is None:
        _log_forgotten(path)
    if held.memory.rewrite is None:
        return
    whole = _find_trusted(path, held.memory.rewrite)
    if whole is None:
        _log_forgotten(path)
        held.note(replace(held.memory, rewrite=None))
        return
    there = path.read_bytes()
    if there != whole.read_bytes():
        kept = recovery.keep(path, there)
        _lengthen(path, whole)
        _overwrite(path, whole)
        _LOG.warning(
            f"{path}: a change that was broken off half way is finished; "
            f"what stood in the file is now in {kept.name}"
        )
    _forget(held, whole)


def _log_forgotten(path: Path) -> None:
    """Log the versions beside the file that the lock file does not name, or that a stranger may have made."""
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):
            if _is_version(path, name):
                _LOG.warning(
                    f"{path}: a change of it was broken off: what it was to become is in {name}, "
                    "if you know who wrote that; compare the two, then copy it over the blog or delete it"
                )


def _lengthen(path: Path, whole: Path) -> None:
    """Write the part that is longer than the file first: if the disk is full, that fails and nothing is lost."""
    with open(path, "r+b") as target, open(whole, "rb") as source:
        size = target.seek(0, os.SEEK_END)
        source.seek(size)
        disk.append(target.fileno(), size, source.read())


def _overwrite(path: Path, whole: Path) -> None:
    with open(path, "r+b") as target, open(whole, "rb") as source:
        while chunk := source.read(_CHUNK):
            target.write(chunk)
        target.truncate()
        target.flush()
        os.fsync(target.fileno())


def _is_version(path: Path, name: str) -> bool:
    match = _NAME.fullmatch(name)
    return match is not None and match["name"] == disk.shorten_name(path.name)


def _find_trusted(path: Path, name: str | None) -> Path | None:
    """The version that the lock file names, if only somebody who may write the blog can have put it there."""
    if name is None or not _is_version(path, name):
        return None
    whole = path.with_name(name)
    try:
        trusted = _is_trusted(os.lstat(whole), os.stat(path), os.stat(path.parent))
    except OSError:
        return None
    return whole if trusted else None


def _is_trusted(version: os.stat_result, blog: os.stat_result, folder: os.stat_result) -> bool:
    if not stat.S_ISREG(version.st_mode) or version.st_nlink != 1:
        return False
    if not folder.st_mode & stat.S_ISVTX:
        return True  # who may write there can put another file in the blog's place anyway
    if rights.is_trusted(version.st_uid, blog.st_uid, folder.st_uid):
        return True
    # Giving a file to a group takes being in it, unless the folder does that.
    in_group = version.st_gid == blog.st_gid and not folder.st_mode & stat.S_ISGID
    return in_group and bool(blog.st_mode & stat.S_IWGRP)


def _forget(held: Lock, whole: Path) -> None:
    with contextlib.suppress(PermissionError):  # a colleague's, in a folder like /tmp
        whole.unlink()
    held.note(replace(held.memory, rewrite=None))
