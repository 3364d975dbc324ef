"""What one command line has done: whatever happens afterwards, nobody is told that it was not.

`cli.main` keeps a `Deeds` for each run. Whoever changes something on disk works inside `change` and
notes there what was done. Where no command line runs (the Python API), all of this does nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from liveblog_cli.runtime.interrupts import Interrupt, Shield


class _Runs(threading.local):
    """The command line that runs in this thread. (`contextvars` would cost every start 0.3 %.)"""

    deeds: Deeds | None = None


_RUN = _Runs()

NAMED = 5
"""So many ids are named of one deed."""


class Follower(Protocol):
    """What waits for the answer, such as hooks."""

    def start(self) -> None:
        """The answer is given: go on beside whatever follows."""
        ...

    def finish(self) -> None:
        """Return when all is done."""
        ...

    def cancel(self) -> None:
        """Do no more."""
        ...


class Deeds:
    """What was done and not yet said, and what is to follow once it is said."""

    def __init__(self) -> None:
        self.unsaid: list[str] = []
        self.shield = Shield()
        self.followers: list[Follower] = []
        self.said: set[str] = set()

    def answered(self) -> int:
        """All that was done is said: what follows starts, unless a signal waited; it is answered."""
        self.unsaid.clear()
        if not self.shield.came:
            self.shield.written = True  # to start a thread can't be interrupted safely
            for follower in self.followers:
                follower.start()
            self.shield.written = False
        return self.shield.down()

    def answered_some(self) -> None:
        """The same in the middle of a command.

        Raises:
            Interrupt: a signal waited.
        """
        if stopped := self.answered():
            raise Interrupt(stopped)


@contextmanager
def recording() -> Iterator[Deeds]:
    """The deeds of one command line."""
    deeds = Deeds()
    before, _RUN.deeds = _RUN.deeds, deeds
    try:
        yield deeds
    finally:
        deeds.shield.down()
        _RUN.deeds = before


def current() -> Deeds | None:
    """Those of the command line that runs, if one does."""
    return _RUN.deeds


@contextmanager
def change() -> Iterator[Callable[[], None]]:
    """A change. It is about to be written when what this gives is called: from then on signals wait.

    They wait until the change is noted and answered. What waits for a lock can be stopped.

    Raises:
        Interrupt: a signal came, and the change failed.
    """
    deeds = _RUN.deeds
    if deeds is None:
        yield lambda: None
        return

    def begin() -> None:
        deeds.shield.up()
        deeds.shield.written = True

    try:
        yield begin
    except BaseException:
        if stopped := deeds.shield.down():
            raise Interrupt(stopped) from None
        raise
    finally:
        deeds.shield.written = False


def note(text: str) -> None:
    """Something was done; `text` says what in a few words: `add k7m2q`."""
    if deeds := _RUN.deeds:
        deeds.shield.up()
        deeds.unsaid.append(text)


def is_new(text: str) -> bool:
    """Whether a text was not yet said in this run. Without a run every one is new."""
    deeds = _RUN.deeds
    if deeds is None:
        return True
    new = text not in deeds.said
    deeds.said.add(text)
    return new


def names(ids: list[str]) -> str:
    """`k7m2q, b2c4d`; of many only the first ones and how many more."""
    more = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return f"{', '.join(ids[:NAMED])}{more}"
