"""Links on the way to a file, where others may make them too: those of strangers are not followed.

A file of a stranger does no harm: it is replaced. A link is trusted where it was made by who runs this, by
root, or by the owner of the folder that it is in. So Linux has it (`protected_symlinks`), but here a path is
resolved before it is used, which the system does not see.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from liveblog_cli.errors import LiveblogError
from liveblog_cli.runtime import working_folder
from liveblog_cli.storage import rights

_MOST = 40
"""Links on one way; the system follows no more."""


def resolve(path: Path) -> Path:
    """The absolute path that `path` leads to, with all links followed.

    Raises:
        NotFound: it is relative, and the working folder is gone.
        LiveblogError: a stranger put a link on the way.
    """
    try:
        resolved, plain = os.path.realpath(path), os.path.abspath(path)
    except FileNotFoundError:
        raise working_folder.explain_gone() from None
    if resolved != plain:
        refuse_links(path)
    return Path(resolved)


def refuse_links(path: Path, *, to_write: bool = False) -> None:
    """Raise an error if the way to a file goes over a stranger's link in a folder open to everybody.

    With `to_write`, folders open to a group count, too: where a file is written over without a look at
    it, a colleague's link could lead to any file of ours.

    Raises:
        LiveblogError: it does; the message names the link.
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
    """Whether `path` is a link that neither we, root nor the owner of its folder made."""
    if not path.is_symlink():
        return False
    return not rights.is_trusted(os.lstat(path).st_uid, os.stat(path.parent).st_uid)


def _refuse_link(link: Path, to_write: bool) -> None:
    open_to_all = to_write or os.stat(link.parent).st_mode & stat.S_IWOTH
    if open_to_all and is_link_of_a_stranger(link):
        owner = rights.name_owner(os.lstat(link).st_uid)
        raise LiveblogError(
            f"{link} is a link of {owner}'s in a folder that is not theirs: it is not followed",
            "give the path that it leads to if you know it, or delete the link",
        )
