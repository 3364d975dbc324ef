"""POSIX access control lists as the Linux kernel keeps them, from bytes and back.

The form is that of the attribute `system.posix_acl_access`: a version, then for each entry its tag,
its permissions and whom it names (linux/posix_acl_xattr.h, little-endian).
"""

from __future__ import annotations

import struct

from msgspec import Struct

_VERSION = 2
_OWNER, _USER, _GROUP_OBJ, _GROUP, _MASK, _OTHER = 1, 2, 4, 8, 16, 32
_NOBODY = 0xFFFFFFFF


class AccessList(Struct, frozen=True):
    """Who may do what, in bits (4 read, 2 write, 1 execute), with the mask taken off already."""

    owner: int
    group: int
    other: int
    users: dict[int, int] = {}
    groups: dict[int, int] = {}

    def mode(self) -> int:
        """The bits of a file's mode that say the most of it without saying too much."""
        return self.owner << 6 | self.group << 3 | self.other

    def mask(self) -> int:
        """What anybody but the owner and others may do."""
        found = self.group
        for bits in (*self.users.values(), *self.groups.values()):
            found |= bits
        return found


def make_from_mode(mode: int) -> AccessList:
    """The list of a file that has none."""
    return AccessList(mode >> 6 & 7, mode >> 3 & 7, mode & 7)


def decode(data: bytes) -> AccessList:
    """The list in an attribute's bytes.

    Raises:
        ValueError: there is none in them.
    """
    if len(data) % 8 != 4 or struct.unpack_from("<I", data) != (_VERSION,):
        raise ValueError("no access control list")
    plain: dict[int, int] = {}
    named: dict[int, dict[int, int]] = {_USER: {}, _GROUP: {}}
    for tag, bits, who in struct.iter_unpack("<HHI", data[4:]):
        if tag in named:
            named[tag][who] = bits
        else:
            plain[tag] = bits
    mask = plain.get(_MASK, 7)
    users, groups = ({who: bits & mask for who, bits in named[tag].items()} for tag in named)
    owner, group, other = (plain.get(tag, 0) for tag in (_OWNER, _GROUP_OBJ, _OTHER))
    return AccessList(owner, group & mask, other, users, groups)


def encode(found: AccessList) -> bytes:
    """The bytes of a list."""
    entries = [
        (_OWNER, found.owner, _NOBODY),
        *((_USER, bits, who) for who, bits in sorted(found.users.items())),
        (_GROUP_OBJ, found.group, _NOBODY),
        *((_GROUP, bits, who) for who, bits in sorted(found.groups.items())),
        (_MASK, found.mask(), _NOBODY),
        (_OTHER, found.other, _NOBODY),
    ]
    return struct.pack("<I", _VERSION) + b"".join(struct.pack("<HHI", *e) for e in entries)
