"""What another user put where we are about to write: a link to a file of ours, a pipe that nobody empties."""

from __future__ import annotations

import os
from pathlib import Path

from liveblog_cli import links, rights, sinks
from liveblog_cli.errors import LiveblogError


def refuse(path: Path, done: str) -> None:
    """Pass unless writing to a path would go through a link, or into a pipe, of another user.

    A file of another user is replaced, which hurts nobody. A link is followed, and a pipe written to:
    they must be of who runs this, of root, or of the owner of the folder that they are in.

    Raises:
        LiveblogError: one is not.
    """
    links.require_no_strangers(path, to_write=True)
    if os.name != "posix" or not sinks.is_sink(path):
        return
    owner = os.stat(path).st_uid
    folder = os.stat(os.path.realpath(path.parent)).st_uid
    if owner not in (os.geteuid(), 0, folder):
        raise LiveblogError(
            f"{path} is a pipe or a device of {rights.owner_name(owner)}'s",
            f"{done}; remove it, or make it your own",
        )
