"""What one command line has done: whatever happens afterwards, nobody is told that it was not.

`cli.main` keeps a `CommandRun` for each command line. Whoever changes something on disk works inside
`change`, and says with `note_done` what was done. In a Python program, where no command line runs, both do
nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from liveblog_cli.runtime.interrupts import Interrupt, Shield

if TYPE_CHECKING:  # a Protocol takes long to make
    from typing import Protocol

    from liveblog_cli.runtime.terminal_log import TerminalLog

    class FollowUp(Protocol):
        """What begins when the command has answered, such as hooks."""

        def start(self) -> None:
            """The answer is given: run beside whatever comes next."""
            ...

        def finish(self) -> None:
            """Return when all is done."""
            ...

        def cancel(self) -> None:
            """Do no more."""
            ...


class _Threads(threading.local):
    """The command line that runs in each thread. (`contextvars` would cost every start 0.3 %.)"""

    run: CommandRun | None = None


_THREADS = _Threads()

MOST_IDS = 5
"""So many ids are named of one change."""


class CommandRun:
    """One command line: what it did and has not answered yet, and what follows its answer."""

    def __init__(self) -> None:
        self.unanswered: list[str] = []
        self.shield = Shield()
        self.follow_ups: list[FollowUp] = []
        self._logged: set[str] = set()
        self._log: TerminalLog | None = None
        self._lock = threading.Lock()

    def finish_answer(self) -> int:
        """The answer is given: start what follows. Returns the signal that waited meanwhile, or 0.

        If one did, nothing is started.
        """
        self.unanswered.clear()
        if not self.shield.came:
            self.shield.written = True  # to start a thread can't be interrupted safely
            for follow_up in self.follow_ups:
                follow_up.start()
            self.shield.written = False
        return self.shield.down()

    def finish_part_of_answer(self) -> None:
        """The same in the middle of a command.

        Raises:
            Interrupt: a signal waited.
        """
        if stopped := self.finish_answer():
            raise Interrupt(stopped)

    def is_first(self, text: str) -> bool:
        """Whether this is the first time in this run that this is asked about a text."""
        first = text not in self._logged
        self._logged.add(text)
        return first

    def show_log(self, show: Callable[[str], None] | None = None) -> None:
        """Show what is logged as lines on stderr, or by `show`, until the run ends."""
        with self._lock:
            if self._log is None:
                from liveblog_cli.runtime.terminal_log import TerminalLog

                self._log = TerminalLog()
            if show:
                self._log.show = show

    def close(self) -> None:
        """The run has ended: signals and the log go their usual way again."""
        self.shield.down()
        if self._log:
            self._log.close()


@contextmanager
def begin() -> Iterator[CommandRun]:
    """Begin a command line in this thread, and end it with the block."""
    run = CommandRun()
    before, _THREADS.run = _THREADS.run, run
    try:
        yield run
    finally:
        run.close()
        _THREADS.run = before


def current() -> CommandRun | None:
    """The command line that runs in this thread, if one does."""
    return _THREADS.run


def join(run: CommandRun | None) -> None:
    """Let this thread, which was just started, work for a command line."""
    _THREADS.run = run


@contextmanager
def change() -> Iterator[Callable[[], None]]:
    """A change of something on disk. Call what this gives when the change is about to be written.

    From then on signals wait, until the change is noted and answered. Before, as while it waits for a
    lock, it can be stopped.

    Raises:
        Interrupt: a signal came, and the change failed.
    """
    run = _THREADS.run
    if run is None:
        yield lambda: None
        return

    def begin_writing() -> None:
        run.shield.up()
        run.shield.written = True

    try:
        yield begin_writing
    except BaseException:
        if stopped := run.shield.down():
            raise Interrupt(stopped) from None
        raise
    finally:
        run.shield.written = False


def note_done(text: str) -> None:
    """Something was done; `text` says what in a few words: `add k7m2q`."""
    if run := _THREADS.run:
        run.shield.up()
        run.unanswered.append(text)


def list_ids(ids: list[str]) -> str:
    """`k7m2q, b2c4d`; of many only the first ones, and how many more."""
    more = f" and {len(ids) - MOST_IDS:,} more" if len(ids) > MOST_IDS else ""
    return f"{', '.join(ids[:MOST_IDS])}{more}"
