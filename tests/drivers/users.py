"""Several users of one machine. Only root can become them: made-up numbers, nobody has to exist."""

from __future__ import annotations

import codecs
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

codecs.lookup("utf-8-sig")  # what Python loads late may lie where these users can't go

DESK = 47110
"""A group."""


class User(NamedTuple):
    """Somebody with a group of his own and perhaps others."""

    name: str
    uid: int
    groups: tuple[int, ...] = ()


ROOT = User("root", 0)
ANNA = User("anna", 47111, (DESK,))
BEN = User("ben", 47112, (DESK,))
CARLA = User("carla", 47113)
"""Owns files of the desk without being in its group."""
MALLORY = User("mallory", 47114)
ALL = (ANNA, BEN, CARLA, MALLORY)

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become other users"
)


@contextmanager
def acting_as(user: User, umask: int = 0o022) -> Iterator[None]:
    """This process with the rights of a user."""
    before, mask = (os.geteuid(), os.getegid(), os.getgroups()), os.umask(umask)
    _become(user.uid, user.uid, user.groups)
    try:
        yield
    finally:
        _become(*before)
        os.umask(mask)


def _become(uid: int, gid: int, groups: Sequence[int]) -> None:
    os.seteuid(0)
    os.setgroups(groups)
    os.setegid(gid)
    os.seteuid(uid)


def give_list(path: Path, *entries: str) -> None:
    """Set entries of an access list, as setfacl reads them."""
    if shutil.which("setfacl") is None:
        pytest.skip("setfacl (package acl) is missing")
    done = subprocess.run(
        ["setfacl", "-m", ",".join(entries), path], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(f"no access lists here: {done.stderr.decode()}")


def access(path: Path) -> dict[str, str]:
    """What each of the users may do with a file: "", "r", "w" or "rw"."""
    return {user.name: _access(path, user) for user in ALL}


def _access(path: Path, user: User) -> str:
    found = ""
    with acting_as(user):
        for letter, flags in (("r", os.O_RDONLY), ("w", os.O_WRONLY)):
            try:
                os.close(os.open(path, flags))
            except PermissionError:
                continue
            found += letter
    return found
