"""What another user put where we are about to write: a link to a file of ours, a pipe that nobody empties."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from liveblog_cli.errors import LiveblogError


def refuse(folder: Path, name: str, done: str) -> None:
    """Pass unless the folder, the file in it, or a folder between is a link of another user.

    A file of another user is replaced, which hurts nobody. A link is followed, and a pipe written to:
    they must be of who runs this, of root, or of the owner of the folder that they are in.

    Raises:
        LiveblogError: one is not.
    """
    if not hasattr(os, "geteuid"):  # Windows
        return
    path = folder / name
    for place in (path, *list(path.parents)[: len(Path(name).parts)]):
        try:
            found = os.lstat(place)
            trusted = {os.geteuid(), 0, os.stat(place.parent).st_uid}
        except OSError:  # nothing there yet
            continue
        leads_on = not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))
        if leads_on and found.st_uid not in trusted:
            what = "a link" if stat.S_ISLNK(found.st_mode) else "a pipe or a device"
            raise LiveblogError(
                f"{place} is {what} of another user (number {found.st_uid})",
                f"{done}; remove it, or make it your own",
            )
