"""The file by which writers take turns: whoever may write the blog may lock it, and no one else reads it.

Nothing that is planted in its place is followed. One in the wrong hands (root's, a stranger's, a
hard link) is replaced by whoever holds its lock; where the folder forbids that, nothing is written into it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from liveblog_cli.errors import LiveblogError, way_out
from liveblog_cli.storage import disk, rights
from liveblog_cli.storage.rights import Rights

_LONGEST = 16384


def path_of(blog_file: Path) -> Path:
    """The lock file of a blog file."""
    return blog_file.with_name(f".{blog_file.name}.lock")


def read_content(fd: int) -> bytes:
    """What stands in a lock file."""
    os.lseek(fd, 0, os.SEEK_SET)
    return os.read(fd, _LONGEST)


def open_file(path: Path, flags: int) -> int:
    """Open a lock file; only for reading, where we may not write it: that is enough to lock it.

    Raises:
        OSError: it is not there, or this user may not open it.
        LiveblogError: a link, a pipe or a device stands there; it is not touched.
    """
    _require_file(os.lstat(path).st_mode, path)
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        fd = os.open(path, flags)
    except PermissionError:
        fd = os.open(path, flags & ~os.O_RDWR)
    try:
        _require_file(os.fstat(fd).st_mode, path)
    except LiveblogError:
        os.close(fd)
        raise
    return fd


def open_or_create(blog_file: Path) -> int:
    """Open the lock file of a blog, which is made with the blog's rights if there is none.

    Raises:
        LiveblogError: it can't be.
    """
    path = path_of(blog_file)
    try:
        while True:
            with contextlib.suppress(FileNotFoundError):
                return open_file(path, os.O_RDWR)
            with contextlib.suppress(FileExistsError):
                _create(path, blog_file)
    except OSError as error:
        stands = os.path.lexists(path)
        raise LiveblogError(
            f"{path} can't be {'opened' if stands else 'made'}: {error.strerror}",
            suggest_way_in(path)
            if stands
            else f"changes need it beside the blog file: {way_out(error)}",
        ) from error


def make_fit(fd: int, blog_file: Path) -> tuple[int, bool]:
    """Give a lock file that we hold its right owner and rights, or replace it where that can't be.

    Returns the descriptor to go on with, which is locked, and whether we may write into that file.
    """
    if os.name != "posix":
        return fd, True
    try:
        wanted = _choose_rights(blog_file)
        found = rights.read_rights(fd)
        if found != wanted and os.geteuid() in (0, found.owner):
            rights.give(fd, wanted)
        if _is_fit(fd, wanted):
            return fd, True
        return _replace(fd, blog_file, wanted), True
    except OSError:
        return fd, False


def is_at(fd: int, path: Path) -> bool:
    """Whether an open file is the one at this path."""
    try:
        return os.path.samestat(os.fstat(fd), os.lstat(path))
    except OSError:
        return False


def suggest_way_in(path: Path) -> str:
    """A hint for a user who may not open the lock file."""
    owner = rights.name_owner(os.lstat(path).st_uid)
    return f"it is {owner}'s: their next change mends it, or delete it while no command runs"


def _require_file(mode: int, path: Path) -> None:
    if not stat.S_ISREG(mode):
        what = "a link, and is not followed" if stat.S_ISLNK(mode) else "not a file"
        raise LiveblogError(
            f"{path} is {what}: the lock of writers has to be there",
            "find out who put it there, then delete it",
        )


def _create(path: Path, blog_file: Path) -> None:
    """A new lock file, which has its rights from the first moment that others see it.

    Raises:
        FileExistsError: there is one now.
    """
    fd, new = disk.create_beside(blog_file)
    try:
        if os.name == "posix":
            with contextlib.suppress(OSError):  # the blog is gone: so much is found out later
                rights.give(fd, _choose_rights(blog_file))
        _link(new, path)
    finally:
        os.close(fd)
        with contextlib.suppress(OSError):  # nothing can be removed from an append-only folder
            new.unlink()


def _link(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.close(disk.create(path))


def _choose_rights(blog_file: Path) -> Rights:
    found = rights.read_rights(blog_file)
    return Rights(found.owner, found.group, found.mode & 0o666 | 0o600, found.acl)


def _is_fit(fd: int, wanted: Rights) -> bool:
    """Whether we can write there, and nobody reads it who may not read the blog."""
    import fcntl

    found = rights.read_rights(fd)
    if fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDWR or os.fstat(fd).st_nlink != 1:
        return False
    if found == wanted or found.owner == os.geteuid():
        return True
    within = not found.mode & ~wanted.mode and found.acl in (None, wanted.acl)
    shared = found.owner in (wanted.owner, 0) or bool(wanted.mode & stat.S_IRGRP)
    return within and shared and found.group == wanted.group


def _replace(fd: int, blog_file: Path, wanted: Rights) -> int:
    """Another lock file, locked before it takes the place of the one that we hold.

    Those who wait for the old one find then that it is gone (`is_at`), and wait for this one.
    """
    import fcntl

    new_fd, new = disk.create_beside(blog_file)
    try:
        with disk.remove_on_failure(new):
            rights.give(new_fd, wanted)
            fcntl.flock(new_fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(new_fd, read_content(fd))
            before = os.fstat(fd)  # when its last holder noted something down counts, too
            os.utime(new_fd, ns=(before.st_atime_ns, before.st_mtime_ns))
            os.replace(new, path_of(blog_file))
    except BaseException:
        os.close(new_fd)
        raise
    os.close(fd)
    return new_fd
