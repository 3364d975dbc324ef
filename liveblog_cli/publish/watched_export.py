"""The rounds of a watched export: what changed since the last one, and whether the next one is due."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.publish import theme_folder
from liveblog_cli.publish.fingerprints import (
    Fingerprint,
    FingerprintReader,
    Fingerprints,
    is_other_content,
)
from liveblog_cli.publish.publication import Progress, Publication, publish
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.storage.blogfile import BlogFile

RETRY = timedelta(seconds=5)
"""The time from a round that failed to the next one, if the blog does not change."""

SETTLED, LOOKS = 0.5, 10
"""Seconds, and a number. If a blog file became shorter or was deleted, an editor may still be writing it. So it is
exported when it has not changed for so many seconds, or at the latest after so many looks at it."""

SHORTEST, LONGEST = 0.125, 60.0
"""Seconds: the shortest and longest pause before files are written again that another program changes repeatedly."""


class _Brake:
    """Decides how soon files that another program changed are written again.

    The first time it is at once, then after longer and longer pauses: else two programs that write the same file would
    never rest.
    """

    def __init__(self) -> None:
        self._pause = 0.0
        self._last = -math.inf

    def is_free(self) -> bool:
        return time.monotonic() >= self._last + self._pause

    def press(self) -> None:
        """Note that files are written again now."""
        now = time.monotonic()
        often = now < self._last + 2 * LONGEST
        self._pause = min(LONGEST, max(SHORTEST, 2 * self._pause)) if often else 0.0
        self._last = now


class WatchedExport:
    """One export after another, and the fingerprints of all files between two of them.

    `_inputs` are the fingerprints of what is read, as they were when the last round began. `_left` are those of the
    written files as that round left them, and `_outputs` as they were last seen. After a round, `due` is
    when the next one is due without any change, and `damaged` are the files that others had changed before it.
    """

    def __init__(
        self, open_blog: Callable[[], BlogFile], request: ExportRequest, progress: Progress
    ) -> None:
        self._open = open_blog
        self._progress = progress
        self._request = request
        self._fingerprints = FingerprintReader()
        self._images: tuple[Path, ...] = ()
        self._files: tuple[Path, ...] = ()
        self._inputs: Fingerprints = {}
        self._left: Fingerprints = {}
        self._outputs: Fingerprints = {}
        self._brake = _Brake()
        self.due: datetime | None = None
        self.damaged: frozenset[Path] = frozenset()

    def export(self) -> Publication | None:
        """Export once. The answer is None if others only touched written files, and nothing had to be written.

        Raises:
            LiveblogError: the export failed. The next one is due soon.
        """
        self._inputs = self._read_inputs()
        outputs = self._fingerprints.look(self._files)
        changed = {
            p: fingerprint for p, fingerprint in outputs.items() if fingerprint != self._left.get(p)
        }
        self.damaged = frozenset(
            p
            for p, fingerprint in changed.items()
            if is_other_content(self._left.get(p), fingerprint)
        )
        if changed:
            self._brake.press()
        try:
            done = publish(
                self._open(), self._request, doubted=self.damaged, progress=self._progress
            )
        except LiveblogError:
            self.due = clock.now() + RETRY
            self._outputs = outputs
            raise
        self._images, self._files, self.due = done.images, done.files, done.due
        # Of a file that changed during the round the old fingerprint is kept, so that the next round is due.
        self._inputs = {p: self._inputs.get(p, m) for p, m in self._read_inputs().items()}
        self._left = self._outputs = self._read_left(done, outputs)
        wrote = any(item.changed for item in (*done.media, *done.written))
        return done if wrote or not changed else None

    def _read_left(self, done: Publication, before: Fingerprints) -> Fingerprints:
        """The fingerprints of the files as the round left them, without what others did since."""
        states = {item.path: item.state for item in (*done.media, *done.written) if item.state}
        same = [path for path in self._files if path not in states]
        unknown = self._fingerprints.look(path for path in same if path not in before)
        known = {path: before[path] for path in same if path in before}
        return {**unknown, **known, **self._fingerprints.look_again(states)}

    def settle(self, stop: Event) -> None:
        """Wait while somebody may be in the middle of writing the blog file."""
        path = self._open().path
        size = _get_size(self._inputs.get(path))
        for _ in range(LOOKS):
            found = self._fingerprints.look([path])
            if _get_size(found[path]) >= size or stop.wait(SETTLED):
                return
            if self._fingerprints.look([path]) == found:
                return

    def is_due(self) -> bool:
        """Whether files have changed, or the time for another round has come."""
        if self._read_inputs() != self._inputs:
            return True
        if self._brake.is_free() and self._fingerprints.look(self._files) != self._outputs:
            return True
        return self.due is not None and clock.now() >= self.due

    def list_folders(self) -> set[Path]:
        """The folders in which changes should be noticed at once."""
        places = {path.parent for path in (*self._inputs, *self._files)}
        return {folder for folder in places if folder.is_dir()}

    def _read_inputs(self) -> Fingerprints:
        theme = self._request.theme
        templates = [theme] if theme else []
        with suppress(OSError):  # a folder in it that may not be read
            templates += theme_folder.list_template_files(theme) if theme else []
        return self._fingerprints.look((self._open().path, *templates, *self._images))


def _get_size(fingerprint: Fingerprint | None) -> int:
    return fingerprint.state.size if fingerprint else 0
