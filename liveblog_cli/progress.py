"""A progress bar for work that takes over a second, on a terminal; elsewhere nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE = 1.0
"""Seconds before a bar is drawn. Rich is imported only then."""

Advance = Callable[[], None]


@contextmanager
def bar(what: str, total: int) -> Iterator[Advance]:
    """Call what this gives after each of `total` steps."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    drawn = _Bar(what, total)
    timer = Timer(PATIENCE, drawn.start)
    timer.daemon = True
    timer.start()
    try:
        yield drawn.advance
    finally:
        timer.cancel()
        timer.join()
        drawn.stop()


class _Bar:
    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, total, 0
        self.stop: Callable[[], None] = lambda: None
        self._show: Callable[[int], None] = lambda done: None

    def start(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        drawn = Progress(console=Console(stderr=True), transient=True)
        task = drawn.add_task(self.what, total=self.total, completed=self.done)
        self._show = lambda done: drawn.update(task, completed=done)
        self.stop = drawn.stop
        drawn.start()

    def advance(self) -> None:
        self.done += 1
        self._show(self.done)
