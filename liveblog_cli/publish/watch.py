"""Watch a blog: export it again after every change, and when an entry's time comes, until a signal ends it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.publish import theme_folder
from liveblog_cli.publish.publication import Progress, Publication, show_no_progress
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.publish.watched_export import WatchedExport
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import WouldDestroy

TICK = 1.0
"""Seconds after which files are looked at, even if the system reports no change. Network drives report none."""

QUIET, PATIENCE = 50, 500
"""Milliseconds. Changes in a row count as one until nothing has changed for QUIET, or at the latest after PATIENCE."""


class Listener(Protocol):
    """Somebody who is told of each round of a watch."""

    def report_round(self, result: Publication, damaged: Collection[Path]) -> None:
        """A round was finished. `damaged` are files that others had changed or deleted before it."""

    def report_failure(self, error: LiveblogError) -> None:
        """A round failed, with another error than the round before. The pages are as they were."""


def watch(
    open_blog: Callable[[], BlogFile],
    request: ExportRequest,
    listener: Listener,
    progress: Progress = show_no_progress,
) -> int:
    """Export in rounds, until a signal comes. The listener is told of each round, of repeated errors only once.

    `open_blog` opens the blog file and follows links each time. A round that fails leaves the pages as they are.
    Pages that others change or delete are written again. The answer is the exit status: 130 after Ctrl-C, 129 if
    the terminal was closed, 0 after SIGTERM. A round that has begun is finished first.

    Raises:
        LiveblogError: at the start there is no such blog file or theme, or the export would overwrite a file
            that it reads.
    """
    open_blog().reader.read_head()
    if request.theme:
        theme_folder.read_theme(request.theme)
    last_message: str | None = None
    watched = WatchedExport(open_blog, request, progress)
    with _stop_on_signals() as (stop, status):
        while not stop.is_set():
            try:
                result = watched.export()
            except LiveblogError as error:
                if last_message is None and isinstance(error, WouldDestroy):
                    raise
                if error.message != last_message:
                    listener.report_failure(error)
                last_message = error.message
            else:
                last_message = ""
                if result:
                    listener.report_round(result, watched.damaged)
            _wait(stop, watched)
            watched.settle(stop)
    return status()


def _wait(stop: Event, watched: WatchedExport) -> None:
    """Return when another round is due, or when the watch is to stop."""
    if watched.is_due():
        return
    for _ in _wait_for_changes(watched.list_folders(), stop, watched.due):
        if stop.is_set() or watched.is_due():
            return


def _wait_for_changes(folders: Iterable[Path], stop: Event, due: datetime | None) -> Iterator[Any]:
    """Yield at every change in these folders, and also after some time without one."""
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
def _stop_on_signals() -> Iterator[tuple[Event, Callable[[], int]]]:
    """An event that Ctrl-C, SIGTERM and SIGHUP set, and a function that gives the exit status for the signal.

    A second signal ends the program at once. A signal that the caller ignores (`nohup`, or `&` in a script) stays
    ignored.
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
        yield stop, lambda: _find_status(caught)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _find_status(caught: list[int]) -> int:
    return 0 if not caught or caught[0] == signal.SIGTERM else 128 + caught[0]
