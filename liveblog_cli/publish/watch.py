"""Export again whenever something changes or an entry's time comes, until told to stop."""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.publish import request
from liveblog_cli.publish.fingerprints import (
    Fingerprint,
    FingerprintReader,
    Fingerprints,
    is_other_content,
)
from liveblog_cli.publish.publication import Progress, Publication, publish, unseen
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import WouldDestroy

TICK = 1.0
"""Seconds after which files are looked at even if nobody told of a change (network drives do not)."""

RETRY = timedelta(seconds=5)
"""How long after a round that failed the next is tried, though the blog did not change."""

QUIET, PATIENCE = 50, 500
"""Milliseconds: a burst ends when nothing comes for so long, or at the latest after so long."""

SETTLED, LOOKS = 0.5, 10
"""A blog file that became shorter, or went away, is exported when it has stayed as it is for so many
seconds, or was looked at so often: an editor that saves in place is still writing it."""

SHORTEST, LONGEST = 0.125, 60.0
"""Seconds: the pause before files that another program changes again and again are written again."""


class Listener(Protocol):
    """Whom a watch tells of its rounds."""

    def done(self, done: Publication, damaged: Collection[Path]) -> None:
        """A round is over. `damaged` are files that others had changed or removed before it."""

    def failed(self, error: LiveblogError) -> None:
        """A round failed otherwise than the one before; the pages are as they were."""


class _Brake:
    """How soon files that others changed are written again: at once, and ever later where they go on.

    Two programs that both want the last word would else never rest.
    """

    def __init__(self) -> None:
        self._pause = 0.0
        self._last = -math.inf

    def is_free(self) -> bool:
        return time.monotonic() >= self._last + self._pause

    def pressed(self) -> None:
        """Files are being written again now."""
        now = time.monotonic()
        often = now < self._last + 2 * LONGEST
        self._pause = min(LONGEST, max(SHORTEST, 2 * self._pause)) if often else 0.0
        self._last = now


class _Watch:
    """What is known between two rounds: how things looked when the last began, and how it left them."""

    def __init__(
        self, open_blog: Callable[[], BlogFile], order: ExportRequest, progress: Progress
    ) -> None:
        self._open = open_blog
        self._progress = progress
        self._order = order
        self._eyes = FingerprintReader()
        self._images: tuple[Path, ...] = ()
        self._files: tuple[Path, ...] = ()
        self._inputs: Fingerprints = {}
        self._left: Fingerprints = {}
        self._outputs: Fingerprints = {}
        self._brake = _Brake()
        self.due: datetime | None = None
        self.damaged: frozenset[Path] = frozenset()

    def round(self) -> Publication | None:
        """Export once; None where others only touched our files, and nothing had to be written.

        `damaged` are then the files that others had changed or removed since the last round.

        Raises:
            LiveblogError: it failed; the next is due soon.
        """
        self._inputs = self._look_at_inputs()
        outputs = self._eyes.look(self._files)
        changed = {p: mark for p, mark in outputs.items() if mark != self._left.get(p)}
        self.damaged = frozenset(
            p for p, mark in changed.items() if is_other_content(self._left.get(p), mark)
        )
        if changed:
            self._brake.pressed()
        try:
            done = publish(self._open(), self._order, doubted=self.damaged, progress=self._progress)
        except LiveblogError:
            self.due = clock.now() + RETRY
            self._outputs = outputs
            raise
        self._images, self._files, self.due = done.images, done.files, done.due
        # What changed while the round ran stays as it was seen before: the next one is due.
        self._inputs = {p: self._inputs.get(p, m) for p, m in self._look_at_inputs().items()}
        self._left = self._outputs = self._left_by(done, outputs)
        wrote = any(item.changed for item in (*done.media, *done.written))
        return done if wrote or not changed else None

    def _left_by(self, done: Publication, before: Fingerprints) -> Fingerprints:
        """The marks of the files as the round left them; what others did since is not in them."""
        states = {item.path: item.state for item in (*done.media, *done.written) if item.state}
        same = [path for path in self._files if path not in states]
        unknown = self._eyes.look(path for path in same if path not in before)
        known = {path: before[path] for path in same if path in before}
        return {**unknown, **known, **self._eyes.look_again(states)}

    def settle(self, stop: Event) -> None:
        """Wait while somebody may be writing the blog file anew."""
        path = self._open().path
        size = _size(self._inputs.get(path))
        for _ in range(LOOKS):
            found = self._eyes.look([path])
            if _size(found[path]) >= size or stop.wait(SETTLED):
                return
            if self._eyes.look([path]) == found:
                return

    def is_due(self) -> bool:
        """Whether the files are not as they were, or the time for another round has come."""
        if self._look_at_inputs() != self._inputs:
            return True
        if self._brake.is_free() and self._eyes.look(self._files) != self._outputs:
            return True
        return self.due is not None and clock.now() >= self.due

    def folders(self) -> set[Path]:
        """Where changes are to be noticed at once."""
        places = {path.parent for path in (*self._inputs, *self._files)}
        return {folder for folder in places if folder.is_dir()}

    def _look_at_inputs(self) -> Fingerprints:
        theme = self._order.theme
        templates = [theme] if theme else []
        with suppress(OSError):  # a folder in it that may not be read
            templates += request.template_files(theme) if theme else []
        return self._eyes.look((self._open().path, *templates, *self._images))


def _size(mark: Fingerprint | None) -> int:
    return mark[0][2] if mark else 0


def watch(
    open_blog: Callable[[], BlogFile],
    order: ExportRequest,
    listener: Listener,
    progress: Progress = unseen,
) -> int:
    """Export round after round; each is told, an error only when it is not the one before.

    `open_blog` answers the blog file, links followed anew. A round that fails leaves the pages as
    they are; what others change or remove of them is made anew. The answer is the exit status: 130
    after Ctrl-C, 129 where the terminal was closed, 0 after SIGTERM. A round that has begun is
    finished first.

    Raises:
        LiveblogError: there is no such blog file or theme at the start, or the export would destroy
            what it is made from.
    """
    open_blog().reader.read_head()
    if order.theme:
        request.templates(order.theme)
    said: str | None = None
    watching = _Watch(open_blog, order, progress)
    with _stopped_by_signals() as (stop, status):
        while not stop.is_set():
            try:
                done = watching.round()
            except LiveblogError as error:
                if said is None and isinstance(error, WouldDestroy):
                    raise
                if error.message != said:
                    listener.failed(error)
                said = error.message
            else:
                said = ""
                if done:
                    listener.done(done, watching.damaged)
            _wait(stop, watching)
            watching.settle(stop)
    return status()


def _wait(stop: Event, watching: _Watch) -> None:
    """Return when another round is due, or when it is to stop."""
    if watching.is_due():
        return
    for _ in _ticks(watching.folders(), stop, watching.due):
        if stop.is_set() or watching.is_due():
            return


def _ticks(folders: Iterable[Path], stop: Event, due: datetime | None) -> Iterator[Any]:
    """Something at every change in these folders, and once in a while."""
    import watchfiles

    left = (due - clock.now()).total_seconds() if due else TICK
    pause = min(TICK, max(0.01, left))
    try:
        yield from watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=PATIENCE,
            step=QUIET,
            stop_event=stop,
            rust_timeout=int(pause * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
        )
    except (OSError, RuntimeError):  # too many watches on this machine, or a folder went away
        while not stop.wait(pause):
            yield


@contextmanager
def _stopped_by_signals() -> Iterator[tuple[Event, Callable[[], int]]]:
    """An event that Ctrl-C, SIGTERM and SIGHUP set, and the exit status that goes with it.

    A second one ends the program at once. What the caller lets be ignored (`nohup`, `&` in a
    script) stays ignored.
    """
    stop, caught = Event(), []

    def handle(number: int, frame: object) -> None:
        caught.append(number)
        stop.set()
        signal.signal(number, before[number] or signal.SIG_DFL)

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before: dict[int, Any] = {n: signal.getsignal(n) for n in numbers}
    for number in numbers:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, handle)
    try:
        yield stop, lambda: _status(caught)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _status(caught: list[int]) -> int:
    return 0 if not caught or caught[0] == signal.SIGTERM else 128 + caught[0]
