"""Links that strangers put on the way to a file, in folders where everybody may put one, are not followed.

The rule is that of Linux's `protected_symlinks`, here for every folder that all may write to and
where a path is resolved before it is used, which the system does not see.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from liveblog_cli import rights
from liveblog_cli.errors import LiveblogError

_MOST = 40
"""Links on one way; the system follows no more."""


def require_no_strangers(path: Path, *, to_write: bool = False) -> None:
    """Pass where every link on the way to a file was made by us, by root or by its folder's owner.

    Links in folders that only a group may write to count as well where the file is one `to_write`
    whatever it holds: a colleague's link could lead to any file of ours.

    Raises:
        LiveblogError: one was not, and lies in a folder that everybody may write to.
    """
    waiting, seen = [Path(os.path.abspath(path))], set[Path]()
    while waiting and len(seen) < _MOST:
        way = waiting.pop()
        for part in (*reversed(way.parents), way):
            if part not in seen and part.is_symlink():
                seen.add(part)
                _require_known(part, to_write)
                waiting.append(part.parent / os.readlink(part))


def _require_known(link: Path, to_write: bool) -> None:
    owner, folder = os.lstat(link).st_uid, os.stat(link.parent)
    if os.name != "posix" or not (to_write or folder.st_mode & stat.S_IWOTH):
        return
    if owner not in (os.geteuid(), 0, folder.st_uid):
        raise LiveblogError(
            f"{link} is a link of {rights.owner_name(owner)}'s in a folder that is not theirs: "
            "it is not followed",
            "give the path that it leads to if you know it, or delete the link",
        )
