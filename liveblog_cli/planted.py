"""What strangers put on the way to a file, where others may do so too: links are not followed, pipes not filled.

A file of a stranger does no harm: it is replaced. A link is trusted where it was made by who runs this, by
root, or by the owner of the folder that it is in. So Linux has it (`protected_symlinks`), but here a path is
resolved before it is used, which the system does not see.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from liveblog_cli import rights, sinks
from liveblog_cli.errors import LiveblogError

_MOST = 40
"""Links on one way; the system follows no more."""


def refuse(path: Path, done: str) -> None:
    """Pass unless writing to a path would go through a link, or into a pipe, of a stranger.

    `done` says what has become of the command by then.

    Raises:
        LiveblogError: it would.
    """
    refuse_links(path, to_write=True)
    if os.name != "posix" or not sinks.is_sink(path):
        return
    owner = os.stat(path).st_uid
    if not rights.is_trusted(owner, os.stat(os.path.realpath(path.parent)).st_uid):
        raise LiveblogError(
            f"{path} is a pipe or a device of {rights.owner_name(owner)}'s",
            f"{done}; remove it, or make it your own",
        )


def refuse_links(path: Path, *, to_write: bool = False) -> None:
    """Pass unless a link of a stranger lies on the way to a file, in a folder that everybody may write to.

    Folders that only a group may write to count as well where the file is one `to_write` whatever it
    holds: a colleague's link could lead to any file of ours.

    Raises:
        LiveblogError: one does.
    """
    waiting, seen = [Path(os.path.abspath(path))], set[Path]()
    while waiting and len(seen) < _MOST:
        way = waiting.pop()
        for part in (*reversed(way.parents), way):
            if part not in seen and part.is_symlink():
                seen.add(part)
                _refuse_link(part, to_write)
                waiting.append(part.parent / os.readlink(part))


def is_link_of_a_stranger(path: Path) -> bool:
    """Whether a link stands there that is not followed, in whatever folder."""
    if not path.is_symlink():
        return False
    return not rights.is_trusted(os.lstat(path).st_uid, os.stat(path.parent).st_uid)


def _refuse_link(link: Path, to_write: bool) -> None:
    owner, folder = os.lstat(link).st_uid, os.stat(link.parent)
    open_to_all = to_write or folder.st_mode & stat.S_IWOTH
    if open_to_all and not rights.is_trusted(owner, folder.st_uid):
        raise LiveblogError(
            f"{link} is a link of {rights.owner_name(owner)}'s in a folder that is not theirs: "
            "it is not followed",
            "give the path that it leads to if you know it, or delete the link",
        )
