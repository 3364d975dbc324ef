"""A progress bar for work that takes over a second, on a terminal; elsewhere nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Protocol

from liveblog_cli.runtime import streams

PATIENCE = 1.0
"""Seconds before a bar is drawn. Rich is imported only then."""


class Advance(Protocol):
    """Told that so many steps more are done."""

    def __call__(self, steps: int = 1) -> None:
        """One step, or several."""
        ...


@contextmanager
def show_progress(what: str, total: int | None = None) -> Iterator[Advance]:
    """Show how far work of `total` steps is; the caller calls what this yields after each step.

    Without a total the steps are only counted.
    """
    if not sys.stderr.isatty():
        yield _ignore
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
    def __init__(self, what: str, total: int | None) -> None:
        self.what, self.total, self.done = what, total, 0
        self.stop: Callable[[], None] = lambda: None
        self._show: Callable[[int], None] = lambda done: None

    def start(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, TextColumn

        columns = (*Progress.get_default_columns(), TextColumn("{task.completed:,}"))
        drawn = Progress(
            *columns, console=Console(file=streams.open_for_drawing(sys.stderr)), transient=True
        )
        task = drawn.add_task(self.what, total=self.total, completed=self.done)
        self._show = lambda done: drawn.update(task, completed=done)
        self.stop = drawn.stop
        drawn.start()

    def advance(self, steps: int = 1) -> None:
        self.done += steps
        self._show(self.done)


def _ignore(steps: int = 1) -> None:
    """Stand in for a bar where there is no terminal."""
