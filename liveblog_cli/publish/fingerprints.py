"""Fingerprints of files, by which a change is noticed even if size and time stay the same."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.storage.disk import State, read_state

_YOUNG = 3_000_000_000
"""Nanoseconds. Within this time, a second change may leave the times of a file as they are: FAT counts in steps of two
seconds, a network drive in the steps of its server. So the content of such a file is looked at, too."""


class Fingerprint(Struct, frozen=True):
    """What a file was like when it was looked at.

    `metadata_ns` is when its metadata changed last (`ctime`), in nanoseconds since 1970. `content` is a hash of a
    young file's content, and empty for an older one.
    """

    device: int
    state: State
    metadata_ns: int
    content: bytes = b""


Fingerprints = dict[Path, Fingerprint | None]
"""The fingerprints by path. None means that there is no file."""


class FingerprintReader:
    """Reads the fingerprints of files. Two fingerprints of a file differ if it was changed between them.

    A fingerprint contains the time of the last change of the file's metadata (`ctime`), because a program can set
    the other times back (`cp -p`, `touch -d`), but not this one.
    """

    def __init__(self) -> None:
        self._known: dict[Path, Fingerprint] = {}

    def look(self, paths: Iterable[Path]) -> Fingerprints:
        """The fingerprints of these files. Links are followed."""
        return {path: self._read(path) for path in paths}

    def look_again(self, states: Mapping[Path, State]) -> Fingerprints:
        """The fingerprints of files that were just written in these states. Files changed since then are left out."""
        found = self.look(states)
        return {p: f for p, f in found.items() if f and f.state == states[p]}

    def _read(self, path: Path) -> Fingerprint | None:
        try:
            found = os.stat(path)
            fingerprint = Fingerprint(found.st_dev, read_state(found), found.st_ctime_ns)
            known = self._known.get(path)
            if known and replace(known, content=b"") == fingerprint:
                fingerprint = known
            if stat.S_ISREG(found.st_mode) and _is_young(found):
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "blake2b").digest()
                fingerprint = replace(fingerprint, content=content)
        except (OSError, ValueError):
            return None
        self._known[path] = fingerprint
        return fingerprint


def is_other_content(before: Fingerprint | None, now: Fingerprint | None) -> bool:
    """Whether the content of a file may have changed between two fingerprints.

    It has not if only the metadata changed, as by `chmod` or by a backup that makes hard links.
    """
    if not before or not now or before.state != now.state:
        return True
    return bool(before.content and now.content) and before.content != now.content


def _is_young(found: os.stat_result) -> bool:
    # The times of files come from the machine's clock, so LIVEBLOG_NOW does not count here.
    age = time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns)
    return abs(age) < _YOUNG
