"""Export again whenever something changes or an entry's time comes, until told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from liveblog_cli import clock, orders
from liveblog_cli.blogfile import BlogFile
from liveblog_cli.errors import LiveblogError
from liveblog_cli.orders import Order
from liveblog_cli.publication import Publication, publish

TICK = 1.0
"""Seconds after which files are looked at even if nobody told of a change (network drives do not)."""

RETRY = timedelta(seconds=5)
"""How long after a round that failed the next is tried, though the blog did not change."""

QUIET, PATIENCE = 50, 500
"""Milliseconds: a burst ends when nothing comes for so long, or at the latest after so long."""

Tell = Callable[[Publication], None]
TellError = Callable[[LiveblogError], None]
Marks = dict[Path, tuple[int, int, int] | None]


def watch(blog_file: BlogFile, order: Order, tell: Tell, tell_error: TellError) -> int:
    """Export round after round; each is told, an error only when it is not the one before.

    A round that fails leaves the pages as they are. The answer is the exit status: 130 after
    Ctrl-C, 0 after SIGTERM. A round that has begun is finished first.

    Raises:
        LiveblogError: there is no such blog file or theme at the start.
    """
    blog_file.store.read_head()
    if order.theme:
        orders.templates(order.theme)
    said, due = "", None
    images: tuple[Path, ...] = ()
    with _stopped_by_signals() as (stop, status):
        while not stop.is_set():
            seen = _marks(blog_file, order, images)
            try:
                done = publish(blog_file, order)
            except LiveblogError as error:
                due = clock.now() + RETRY
                if error.message != said:
                    tell_error(error)
                said = error.message
            else:
                said, images, due = "", done.images, done.due
                # What changed while the round ran stays as it was seen before: the next one is due.
                after = _marks(blog_file, order, images)
                seen = {path: seen.get(path, mark) for path, mark in after.items()}
                tell(done)
            _wait(stop, lambda: _marks(blog_file, order, images), seen, due)  # noqa: B023 - called at once
    return status()


def _wait(stop: Event, look: Callable[[], Marks], seen: Marks, due: datetime | None) -> None:
    """Return when the files are not as they were, when it is `due`, or when it is to stop."""
    for _ in _ticks({path.parent for path in seen}, stop, due):
        if stop.is_set() or look() != seen or (due is not None and clock.now() >= due):
            return


def _ticks(folders: Iterable[Path], stop: Event, due: datetime | None) -> Iterator[Any]:
    """Something at every change in these folders, and once in a while."""
    import watchfiles

    left = (due - clock.now()).total_seconds() if due else TICK
    pause = min(TICK, max(0.01, left))
    try:
        yield from watchfiles.watch(
            *(f for f in folders if f.is_dir()),
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


def _marks(blog_file: BlogFile, order: Order, images: Iterable[Path]) -> Marks:
    """What tells one state of the files from another: inode, size and time of change."""
    theme = orders.template_files(order.theme) if order.theme else []
    folder = [order.theme] if order.theme else []
    return {path: _mark(path) for path in (blog_file.path, *folder, *theme, *images)}


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _stopped_by_signals() -> Iterator[tuple[Event, Callable[[], int]]]:
    """An event that Ctrl-C and SIGTERM set, and the exit status that goes with it.

    A second Ctrl-C ends the program at once.
    """
    stop, caught = Event(), []

    def handle(number: int, frame: object) -> None:
        caught.append(number)
        stop.set()
        signal.signal(number, before[number])

    before: dict[int, Any] = {n: signal.signal(n, handle) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop, lambda: 130 if signal.SIGINT in caught else 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
