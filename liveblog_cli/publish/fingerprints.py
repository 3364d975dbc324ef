"""What tells one state of a file from another, also where its size and its time stay the same."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from liveblog_cli.storage.disk import State

_YOUNG = 3_000_000_000
"""Nanoseconds after a change in which another may leave the times as they are: FAT counts in steps of
two seconds, network drives in those of their server. So long the content is looked at too."""

Fingerprint = tuple[tuple[int, int, int, int, int], bytes]
Fingerprints = dict[Path, Fingerprint | None]
"""None: nothing is there."""


class FingerprintReader:
    """Looks at files again and again. Two marks of a file differ where it was changed meanwhile.

    The time of the last change of the file's record (`ctime`) is part of a mark: it also moves where
    a program sets the other times back (`cp -p`, `touch -d`).
    """

    def __init__(self) -> None:
        self._known: dict[Path, Fingerprint] = {}

    def look(self, paths: Iterable[Path]) -> Fingerprints:
        """The marks of these files, links followed."""
        return {path: self._mark(path) for path in paths}

    def look_again(self, states: Mapping[Path, State]) -> Fingerprints:
        """The marks of files that were just put there in these states, without those changed since."""
        marks = self.look(states)
        return {p: m for p, m in marks.items() if m and _state_of(m) == states[p]}

    def _mark(self, path: Path) -> Fingerprint | None:
        try:
            found = os.stat(path)
            state = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
            known = self._known.get(path)
            content = known[1] if known and known[0] == state else b""
            if stat.S_ISREG(found.st_mode) and _is_young(found):
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "blake2b").digest()
        except (OSError, ValueError):
            return None
        self._known[path] = state, content
        return state, content


def is_other_content(before: Fingerprint | None, now: Fingerprint | None) -> bool:
    """Whether a file may hold something else. It does not where only its record was changed: by a
    backup that makes hard links, by `chmod`."""
    if not before or not now or _state_of(before) != _state_of(now):
        return True
    return before[1] != now[1] if before[1] and now[1] else False


def _state_of(mark: Fingerprint) -> State:
    _, inode, size, modified, _ = mark[0]
    return State(inode, modified, size)


def _is_young(found: os.stat_result) -> bool:
    # The machine's own clock, as its files have it, whatever LIVEBLOG_NOW says.
    age = time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns)
    return abs(age) < _YOUNG
