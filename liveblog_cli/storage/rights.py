"""Owner, group, mode, access list and attributes: what takes a file's place has what that had.

Where not all of it can be given, nobody may do more than before; the user or group that would lose
something is named in the access list.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from msgspec import Struct

_ACL = "system.posix_acl_access"
_ATTRIBUTES = ("user.", "security.selinux", "security.SMACK64")
"""Those that belong to a file's place. Others sign its content or belong to the file system."""
_NONE = (errno.ENODATA, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)


class Rights(Struct, frozen=True):
    """Whose a file is, who may do what with it, and its access list as the system keeps it."""

    owner: int
    group: int
    mode: int
    acl: bytes | None


def read_rights(file: int | Path) -> Rights:
    """The rights of an open file, or of what stands at a path, which is not followed if it is a link.

    Raises:
        OSError: it is no regular file, or there is none.
    """
    status = os.fstat(file) if isinstance(file, int) else os.lstat(file)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(file))
    return Rights(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), _read_acl(file))


def is_trusted(owner: int, *others: int) -> bool:
    """Whether a file of this owner is trusted: one of ours, root's or these `others`'.

    On systems where files have no owners, every file is.
    """
    return os.name != "posix" or owner in (os.geteuid(), 0, *others)


def name_owner(uid: int) -> str:
    """The name of a user on this machine."""
    try:
        import pwd

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return f"user {uid}"


def keep(fd: int, old: Path) -> bool:
    """Give a new file the rights and attributes of the file `old`. Returns whether it got all rights.

    Raises:
        OSError: there is no regular file at `old`.
    """
    if os.name != "posix":
        return True
    wanted = read_rights(old)
    give(fd, wanted)
    _give_attributes(fd, old)
    return read_rights(fd) == wanted


def give(fd: int, wanted: Rights) -> None:
    """Give an open file of ours these rights, as far as we may.

    An owner or a group that we may not give is named in the access list instead. On a file system
    without such lists, the mode loses the bits that would then let other people in.
    """
    _give_owner(fd, wanted)
    now = os.fstat(fd)
    if (now.st_uid, now.st_gid) == (wanted.owner, wanted.group):
        mode, acl = wanted.mode, wanted.acl
    else:
        mode, acl = _name_in_list(wanted, now.st_uid, now.st_gid)
    if not _give_acl(fd, acl):
        mode = _choose_mode(wanted, now.st_gid == wanted.group)
    if stat.S_IMODE(os.fstat(fd).st_mode) != mode:
        with contextlib.suppress(PermissionError):  # FAT and the like have one mode for all
            os.fchmod(fd, mode)


def _give_owner(fd: int, wanted: Rights) -> None:
    now = os.fstat(fd)
    if (now.st_uid, now.st_gid) == (wanted.owner, wanted.group):
        return
    try:
        os.fchown(fd, wanted.owner, wanted.group)
    except OSError:
        with contextlib.suppress(OSError):
            os.fchown(fd, -1, wanted.group)


def _name_in_list(wanted: Rights, owner: int, group: int) -> tuple[int, bytes]:
    """Mode and list by which everybody may do what `wanted` lets him, in a file of others."""
    from liveblog_cli.storage import acl

    old = acl.decode(wanted.acl) if wanted.acl else acl.make_from_mode(wanted.mode)
    users, groups = dict(old.users), dict(old.groups)
    if owner != wanted.owner:
        users[wanted.owner] = old.owner
    if group != wanted.group:
        groups[wanted.group] = old.group | groups.get(wanted.group, 0)
    own = old.group if group == wanted.group else groups.pop(group, old.other)
    named = acl.AccessList(old.owner, own, old.other, users, groups)
    return named.owner << 6 | named.mask() << 3 | named.other, acl.encode(named)


def _choose_mode(wanted: Rights, group_kept: bool) -> int:
    """The mode of a file that can have no list: nobody may do more than `wanted` lets him."""
    from liveblog_cli.storage import acl

    old = acl.decode(wanted.acl) if wanted.acl else acl.make_from_mode(wanted.mode)
    if group_kept:
        return old.mode()
    both = old.group & old.other
    return old.owner << 6 | both << 3 | both


def _read_acl(file: int | Path) -> bytes | None:
    if not hasattr(os, "getxattr"):
        return None
    try:
        return os.getxattr(file, _ACL, follow_symlinks=isinstance(file, int))
    except OSError as error:
        if error.errno not in _NONE:
            raise
        return None


def _give_acl(fd: int, acl: bytes | None) -> bool:
    """Whether the file now has this list, or none."""
    if _read_acl(fd) == acl:
        return True
    if acl is None:  # or else the mode would open what the folder's default list names
        os.removexattr(fd, _ACL)
        return True
    try:
        os.setxattr(fd, _ACL, acl)
    except (OSError, AttributeError):
        return False
    return True


def _give_attributes(fd: int, old: Path) -> None:
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(old, follow_symlinks=False):
                if name.startswith(_ATTRIBUTES):
                    with contextlib.suppress(OSError):
                        os.setxattr(fd, name, os.getxattr(old, name, follow_symlinks=False))
