"""Users of one machine who write one blog at once, in every kind of folder that they may share."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from shared_folders import CASES, Case, place
from users import User

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog, Change, Entry
from liveblog_cli.storage import rights
from liveblog_cli.storage.blogfile import BlogFile

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)


def run(cases: Sequence[Case] = CASES, each: int = 3, entries: int = 4) -> dict[str, int] | None:
    """Figures; None where we can't become others. `lost` counts entries and changes that are not there.

    `broken` counts looks at the blog, taken all the while, that failed or showed fewer entries than
    the look before, and files whose rights are no longer what they were.
    """
    if os.geteuid():
        return None
    figures = {"people": 0, "entries": 0, "refused": 0, "lost": 0, "looks": 0, "broken": 0}
    for case in cases:
        with place() as folder:
            path = case.make(folder)
            before = rights.read_rights(path)
            pids = [_begun(path, user, entries) for user in case.writers * each]
            _look_on(path, pids, figures)
            made = BlogFile(path).read().entries
            figures["people"] += len(pids)
            figures["entries"] += len(made)
            figures["lost"] += len(pids) * entries - sum(bool(e.label) for e in made)
            figures["broken"] += rights.read_rights(path) != before
    return figures


def _begun(path: Path, user: User, entries: int) -> int:
    """A process of this user, that adds entries and changes each."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setgroups(user.groups)
        os.setgid(user.uid)
        os.setuid(user.uid)
        blog = BlogFile(path, now=lambda: NOW, lock_timeout=60)
        for number in range(entries):
            added = blog.add([Entry(id="", time=NOW, headline=f"{user.name} {number}")])[0]
            blog.change(added.id, lambda e: replace(e, label="L"), Change(at=NOW))
        status = 0
    finally:
        os._exit(status)


def _look_on(path: Path, pids: Sequence[int], figures: dict[str, int]) -> None:
    """Read the blog until all have come to their end."""
    waiting, known = set(pids), 0
    while waiting:
        figures["looks"] += 1
        found = _read(path)
        figures["broken"] += found is None or len(found.entries) < known
        known = max(known, len(found.entries)) if found else known
        for pid in list(waiting):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                waiting.discard(pid)
                figures["refused"] += status != 0


def _read(path: Path) -> Blog | None:
    try:
        return BlogFile(path).read()
    except LiveblogError:
        return None
