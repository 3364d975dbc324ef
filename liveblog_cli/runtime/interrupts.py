"""Ctrl-C, SIGTERM and a closed terminal: they stop what runs, but never between a change and its answer."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

NUMBERS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]

PATIENCE = 2.0
"""Seconds in which an answer must be given: after that, nobody reads it."""


class Interrupt(KeyboardInterrupt):
    """A signal told the program to stop; `number` is which."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def install() -> None:
    """Let each of these signals raise `Interrupt`, unless the caller wants it ignored (`nohup`, `&`)."""
    for number in NUMBERS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)


def ignore() -> None:
    """Ignore these signals: everything is done, there is nothing left to stop."""
    for number in NUMBERS:
        signal.signal(number, signal.SIG_IGN)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Interrupt(number)


class Shield:
    """While the shield is up, a signal waits, for `PATIENCE` seconds at most; a second one waits no more.

    While a change is being `written`, every signal waits, for however long that takes.

    Ignored signals stay ignored. Outside of the main thread, where Python handles no signals, it does nothing.
    """

    def __init__(self) -> None:
        self.written = False
        self.came: list[int] = []
        self._before: dict[int, Any] = {}
        self._alarmed = False

    def up(self) -> None:
        """Let signals wait from now on."""
        if self._before:
            return
        try:
            for number in NUMBERS:
                if callable(handler := signal.getsignal(number)):
                    self._before[number] = handler
                    signal.signal(number, self._keep)
        except ValueError:  # not the main thread
            self._before.clear()

    def down(self) -> int:
        """Let signals stop the program again. Returns the number of the one that waited, or 0."""
        while self._before:
            signal.signal(*self._before.popitem())
        came = self.came[0] if self.came else 0
        if came and self._alarmed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            self._alarmed = False
        self.came.clear()
        return came

    def _keep(self, number: int, frame: FrameType | None) -> None:
        self.came.append(number)
        if len(self.came) > 1 and not self.written:
            raise Interrupt(self.came[0])
        if hasattr(signal, "setitimer") and not self._alarmed:
            self._alarmed = True
            signal.signal(signal.SIGALRM, self._keep)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)
