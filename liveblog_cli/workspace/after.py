"""What runs after changes: the hooks of the configuration and of a trusted blog file, in a thread of their own.

A change never waits for a hook, and no hook runs beside another. Changes that come while one runs wait in
a temporary file for each action, and are handed to it together: a slow hook costs no memory.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from liveblog_cli.model.values import Hook, Record
from liveblog_cli.runtime import command_run
from liveblog_cli.runtime.log import Log
from liveblog_cli.storage import codec
from liveblog_cli.workspace import hooks, trust

_LOG = Log(__name__)


class _Waiting(Struct):
    """What was done and is not yet told: the changed records as JSON lines, and to which hooks."""

    hooks: Sequence[Hook]
    lines: IO[bytes]
    records: int = 0


def _spool() -> IO[bytes]:
    return tempfile.TemporaryFile()


class Hooks:
    """The hooks for one blog file. Those that fail are logged; nothing raises."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._command = command_run.current()
        self._waiting: dict[str, _Waiting] = {}
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._idle = threading.Event()  # to join a thread can't be interrupted safely (bpo-45274)
        self._idle.set()
        self._process = os.getpid()
        self._said = False

    def add(
        self, users: Sequence[Hook], own: Sequence[Hook], action: str, records: Sequence[Record]
    ) -> None:
        """Let the user's hooks, then the blog file's `own`, know of `records` when `start` is called."""
        chosen = [h for h in (*users, *self._trusted(own)) if not h.on or action in h.on]
        if not chosen:
            return
        lines = [msgspec.json.encode(codec.plain_fields(record)) + b"\n" for record in records]
        with self._lock:
            if self._process != os.getpid():  # a copy made by fork: the original runs what waited
                self._process, self._waiting = os.getpid(), {}
                self._idle.set()
            try:
                if action not in self._waiting:
                    self._waiting[action] = _Waiting((), _spool())
                waiting = self._waiting[action]
                waiting.lines.writelines(lines)
                waiting.lines.flush()
            except OSError as error:
                _LOG.warning(
                    f"hooks are not told of {action}: {error.strerror}; the change is done"
                )
                return
            waiting.hooks = chosen
            waiting.records += len(records)

    def start(self) -> None:
        """Run what waits, beside whatever follows."""
        with self._lock:
            if self._waiting and self._idle.is_set():
                self._idle.clear()
                threading.Thread(target=self._work, name="liveblog hooks").start()

    def finish(self) -> None:
        """Return when all that waits has run."""
        self.start()
        self._idle.wait()

    def cancel(self) -> None:
        """End the hook that runs, and run no more."""
        self._cancelled.set()
        self._idle.wait()
        with self._lock:
            left, self._waiting = self._waiting, {}
        for action, waiting in left.items():
            _LOG.warning(
                f"stopped: no hooks were run after {action} ({waiting.records:,}); "
                "the change is done"
            )

    def _work(self) -> None:
        command_run.join(self._command)
        try:
            while found := self._next():
                action, waiting = found
                with waiting.lines as lines:
                    for hook in waiting.hooks:
                        self._run(hook, action, lines)
        except BaseException:
            self._idle.set()  # nobody may wait for a thread that is gone
            raise

    def _next(self) -> tuple[str, _Waiting] | None:
        with self._lock:
            if self._waiting and not self._cancelled.is_set():
                action = next(iter(self._waiting))
                return action, self._waiting.pop(action)
            self._idle.set()
            return None

    def _run(self, hook: Hook, action: str, lines: IO[bytes]) -> None:
        if self._cancelled.is_set():
            return
        lines.seek(0)
        fault = hooks.run(hook, action, lines, self._file, self._cancelled)
        if fault:
            _LOG.warning(f"hook {hook.run!r}: {fault}; the change is done")

    def _trusted(self, own: Sequence[Hook]) -> Sequence[Hook]:
        if not own or trust.is_trusted(self._file, own):
            return own
        if not self._said:
            _LOG.warning(
                f"{self._file}: its hooks were not run, for this user did not trust them yet"
                " (look at them, then: liveblog trust)"
            )
        self._said = True
        return ()
