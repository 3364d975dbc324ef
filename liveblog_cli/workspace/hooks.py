"""Commands that run after a change. They never undo it: what fails is only reported.

A hook gets the changed entries as JSON lines on stdin, and in its environment the blog file
(`LIVEBLOG_FILE`) and what was done (`LIVEBLOG_ACTION`). It runs in the folder of the blog file,
without a shell, when the file is no longer locked, in a session of its own: it can't reach the
terminal, and is ended with all that it started.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import selectors
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import IO

from liveblog_cli.model.values import Hook

RUNNING = "LIVEBLOG_HOOK"
"""Set while a hook runs: a change that a hook makes runs no hooks, so none can run for ever."""

PATIENCE = 60.0
"""Seconds after which a hook is ended."""

GRACE = 1.0
"""Seconds that a hook has to end itself after SIGTERM, before SIGKILL."""

TICK = 0.05
"""Seconds between two looks at whether a hook has ended that has closed its output."""

_REST = 1 << 20
"""Bytes that are still taken from what a hook left behind when it ended."""


def run(hook: Hook, action: str, lines: IO[bytes], file: Path, cancelled: Event) -> str:
    """Run one hook, its output to stderr; what went wrong, or nothing.

    `lines` is its stdin, from where it stands. It is ended when `cancelled` is set.
    """
    env = {"LIVEBLOG_FILE": str(file), "LIVEBLOG_ACTION": action, RUNNING: "1"}
    try:
        words = shlex.split(hook.run)
        process = subprocess.Popen(
            words,
            stdin=lines,
            # Not our stderr itself: what a hook leaves behind would keep that open for our caller.
            stdout=subprocess.PIPE if os.name == "posix" else 2,
            stderr=subprocess.STDOUT if os.name == "posix" else None,
            env=os.environ | env,
            cwd=file.parent,
            start_new_session=True,
        )
    except (ValueError, IndexError) as error:
        return f"not a command line: {error}"
    except OSError as error:
        return error.strerror or "could not be run"
    with process.stdout or contextlib.nullcontext() as output:
        return _fault(process, _chunks(process, output) if output else _ticks(process), cancelled)


def _fault(process: subprocess.Popen[bytes], printed: Iterator[str], cancelled: Event) -> str:
    deadline = time.monotonic() + PATIENCE
    for text in printed:
        _pass_on(text)
        if cancelled.is_set() or time.monotonic() > deadline:
            _end(process)
            late = "" if cancelled.is_set() else f"not done after {PATIENCE:g} seconds, and "
            return f"{late}ended"
    status = process.wait()
    if status < 0:
        return f"ended by signal {-status}"
    return f"exit status {status}" if status else ""


def _chunks(process: subprocess.Popen[bytes], output: IO[bytes]) -> Iterator[str]:
    """What a process prints until it ends, and an empty text now and then."""
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
    os.set_blocking(output.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        open_ = True
        while process.poll() is None:
            if open_ and not selector.select(TICK):
                yield ""
                continue
            if not open_:
                time.sleep(TICK)
            data = _read(output)
            open_ = open_ and data != b""
            yield decoder.decode(data or b"")
    rest = 0
    while (data := _read(output)) and rest < _REST:
        rest += len(data)
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def _ticks(process: subprocess.Popen[bytes]) -> Iterator[str]:
    while process.poll() is None:
        yield ""
        time.sleep(TICK)


def _read(output: IO[bytes]) -> bytes | None:
    """What is there; empty at the end, None where there is nothing now."""
    try:
        return os.read(output.fileno(), 65536)
    except BlockingIOError:
        return None


def _pass_on(text: str) -> None:
    if text:
        sys.stderr.write(text)
        sys.stderr.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started: first they are asked, a moment later made to."""
    if os.name != "posix":
        process.kill()
        process.wait()
        return
    deadline = time.monotonic() + GRACE
    _signal(process.pid, signal.SIGTERM)
    while _signal(process.pid, 0) and time.monotonic() < deadline:
        process.poll()
        time.sleep(TICK)
    _signal(process.pid, signal.SIGKILL)
    process.wait()


def _signal(group: int, number: int) -> bool:
    """Whether anybody of the group was there to hear of it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False
