"""The hooks that run after changes: those of the configuration and of a trusted blog file, in a thread of their own.

A change never waits for a hook, and only one hook runs at a time. Changes that are made meanwhile wait in temporary
files, one for each action, and the next hook gets all of them at once. So a slow hook needs no memory.
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

PAUSE = 0.1
"""Seconds between two looks at whether a signal came while hooks run."""

_LOG = Log(__name__)


class _Batch(Struct):
    """Changes of one action that the hooks were not told of yet. `lines` has the changed records as JSON lines."""

    hooks: Sequence[Hook]
    lines: IO[bytes]
    records: int = 0


def _make_spool() -> IO[bytes]:
    return tempfile.TemporaryFile()


class Hooks:
    """The hooks for one blog file. Those that fail are logged; nothing raises."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._command = command_run.current()
        self._waiting: dict[str, _Batch] = {}
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._idle = threading.Event()  # to join a thread can't be interrupted safely (bpo-45274)
        self._idle.set()
        self._process = os.getpid()
        self._said = False

    def add(
        self, users: Sequence[Hook], own: Sequence[Hook], action: str, records: Sequence[Record]
    ) -> None:
        """Queue changed records for the user's hooks, and then for the blog file's `own`. `start` runs the hooks."""
        chosen = [h for h in (*users, *self._keep_trusted(own)) if not h.on or action in h.on]
        if not chosen:
            return
        lines = [msgspec.json.encode(codec.plain_fields(record)) + b"\n" for record in records]
        with self._lock:
            if self._process != os.getpid():  # a copy made by fork: the original runs what waited
                self._process, self._waiting = os.getpid(), {}
                self._idle.set()
            try:
                if action not in self._waiting:
                    self._waiting[action] = _Batch((), _make_spool())
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
        """Run the hooks of all waiting changes in the thread."""
        with self._lock:
            if self._waiting and self._idle.is_set():
                self._idle.clear()
                threading.Thread(target=self._work, name="liveblog hooks").start()

    def finish(self) -> None:
        """Run the hooks of all waiting changes, and return when they have ended."""
        self.start()
        self._wait()

    def cancel(self) -> None:
        """End the running hook, and run no others."""
        self._cancelled.set()
        self._wait()
        with self._lock:
            left, self._waiting = self._waiting, {}
        for action, waiting in left.items():
            _LOG.warning(
                f"stopped: no hooks were run after {action} ({waiting.records:,}); "
                "the change is done"
            )

    def _wait(self) -> None:
        """Return when no hook runs.

        A signal that comes just before a wait begins does not end it: so no wait is a long one.
        """
        while not self._idle.wait(PAUSE):
            pass

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

    def _next(self) -> tuple[str, _Batch] | None:
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
        fault = hooks.run_hook(hook, action, lines, self._file, self._cancelled)
        if fault:
            _LOG.warning(f"hook {hook.run!r}: {fault}; the change is done")

    def _keep_trusted(self, own: Sequence[Hook]) -> Sequence[Hook]:
        if not own or trust.may_run_hooks(self._file, own):
            return own
        if not self._said:
            _LOG.warning(
                f"{self._file}: its hooks were not run, for this user did not trust them yet"
                " (look at them, then: liveblog trust)"
            )
        self._said = True
        return ()
