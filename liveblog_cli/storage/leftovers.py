"""Removes the half-written files that killed writers left beside a blog.

Nothing is followed, nothing of somebody else's is touched, and nothing here stops a change.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path

from liveblog_cli.storage import disk

FORGOTTEN = 600
"""Seconds. The writer of a half-written file that is older than this must have died."""

_NEW = re.compile(r"\.(?P<name>.+)\.(?:new-[0-9a-f]{16}|new|new-\d+|liveblog-new-\d+)", re.DOTALL)
"""`disk.create_beside` gives the first ending, earlier versions of this program gave the others."""


def sweep(folder: Path, now: float, name: str = "") -> None:
    """Remove old half-written files from a folder: those of the file `name`, or of all files.

    `now` is the time by the folder's clock, which on a network drive is not ours: that of a file
    that was just written there, in seconds.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            match = _NEW.fullmatch(entry.name)
            if match and (not name or match["name"] in (name, disk.shorten_name(name))):
                _remove(entry, now)


def _remove(entry: os.DirEntry[str], now: float) -> None:
    with contextlib.suppress(OSError):
        status = entry.stat(follow_symlinks=False)
        ours = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
        if ours and stat.S_ISREG(status.st_mode) and status.st_mtime < now - FORGOTTEN:
            os.unlink(entry.path)
