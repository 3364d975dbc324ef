"""Blogs in folders that several users share, one function a case: made by root, for whoever may write them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from users import ANNA, BEN, CARLA, DESK, ROOT, User, give_list

from liveblog_cli.model.values import Blog
from liveblog_cli.storage import lock_file
from liveblog_cli.storage.blogfile import BlogFile

THEIRS = f"u:{BEN.uid}:rwX"


@contextmanager
def place() -> Iterator[Path]:
    """A folder that others can reach; those of pytest are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve()
        path.chmod(0o755)
        yield path / "desk"


def folder_of(place: Path, owner: User, group: int, mode: int) -> Path:
    """A new folder of this user."""
    place.mkdir()
    os.chown(place, owner.uid, group)
    place.chmod(mode)
    return place


def blog_of(folder: Path, owner: User, group: int, mode: int) -> Path:
    """A new blog of this user."""
    path = folder / "liveblog.toml"
    BlogFile(path).create(Blog(title="t"))
    os.chown(path, owner.uid, group)
    path.chmod(mode)
    return path


def own(place: Path) -> Path:
    return blog_of(folder_of(place, ANNA, ANNA.uid, 0o755), ANNA, ANNA.uid, 0o644)


def private(place: Path) -> Path:
    return blog_of(folder_of(place, ANNA, ANNA.uid, 0o755), ANNA, ANNA.uid, 0o600)


def group(place: Path) -> Path:
    return blog_of(folder_of(place, ANNA, DESK, 0o775), ANNA, DESK, 0o660)


def setgid(place: Path) -> Path:
    return blog_of(folder_of(place, ANNA, DESK, 0o2770), ANNA, DESK, 0o664)


def owner_outside_the_group(place: Path) -> Path:
    return blog_of(folder_of(place, CARLA, DESK, 0o775), CARLA, DESK, 0o660)


def sticky(place: Path) -> Path:
    return blog_of(folder_of(place, ROOT, 0, 0o1777), ANNA, DESK, 0o660)


def roots_lock_of_an_earlier_version(place: Path) -> Path:
    path = group(place)
    lock_file.path_of(path).touch(0o644)
    return path


def roots_lock_in_a_sticky_folder(place: Path) -> Path:
    path = sticky(place)
    lock_file.path_of(path).touch(0o644)
    return path


def access_list(place: Path) -> Path:
    folder = folder_of(place, CARLA, CARLA.uid, 0o755)
    path = blog_of(folder, CARLA, CARLA.uid, 0o640)
    give_list(folder, THEIRS)
    give_list(path, THEIRS)
    return path


def default_list(place: Path) -> Path:
    """The folder would give everything new to Ben, but this file is not for him."""
    path = own(place)
    path.chmod(0o640)
    give_list(place, f"d:{THEIRS}", THEIRS)
    return path


def masked_list(place: Path) -> Path:
    path = own(place)
    give_list(path, THEIRS, f"g:{DESK}:rw", "m::r")
    return path


class Case(NamedTuple):
    """A blog in a folder, and who may write it."""

    make: Callable[[Path], Path]
    writers: tuple[User, ...]


CASES = [
    Case(own, (ROOT, ANNA)),
    Case(private, (ROOT, ANNA)),
    Case(group, (ROOT, ANNA, BEN)),
    Case(setgid, (ROOT, ANNA, BEN)),
    Case(owner_outside_the_group, (ROOT, CARLA, BEN)),
    Case(sticky, (ROOT, ANNA, BEN)),
    Case(roots_lock_of_an_earlier_version, (ANNA, BEN)),
    Case(access_list, (ROOT, CARLA, BEN)),
    Case(default_list, (ROOT, ANNA)),
    Case(masked_list, (ROOT, ANNA)),
]
