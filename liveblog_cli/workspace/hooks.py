"""Hooks: commands that run after a change. A hook that fails is reported; the change is not undone.

A hook gets the changed entries as JSON lines on stdin. Its environment has the path of the blog file
(`LIVEBLOG_FILE`) and the action (`LIVEBLOG_ACTION`). It runs without a shell, in the folder of the blog file, after the
lock was released. It has a session of its own, so it has no terminal, and all processes that it started
are ended together with it.
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
"""The variable that is set while a hook runs. A change made by a hook runs no hooks, else they could run for ever."""

PATIENCE = 60.0
"""Seconds after which a hook is ended."""

GRACE = 1.0
"""Seconds between SIGTERM and SIGKILL, in which a hook may end by itself."""

TICK = 0.05
"""Seconds between two checks whether a hook has ended."""

_REST = 1 << 20
"""The greatest number of bytes that are still read after a hook has ended: processes that it left may write on."""


def run_hook(hook: Hook, action: str, lines: IO[bytes], file: Path, cancelled: Event) -> str:
    """Run one hook, with its output on stderr. The answer says what went wrong; "" if nothing did.

    `lines` is the hook's stdin, read from its present position. The hook is ended when `cancelled` is set.
    """
    env = {"LIVEBLOG_FILE": str(file), "LIVEBLOG_ACTION": action, RUNNING: "1"}
    try:
        words = shlex.split(hook.run)
        process = subprocess.Popen(
            words,
            stdin=lines,
            # Not our stderr itself: a process that the hook leaves behind would keep it open for our caller.
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
        return _wait_for_end(
            process, _read_chunks(process, output) if output else _tick(process), cancelled
        )


def _wait_for_end(
    process: subprocess.Popen[bytes], printed: Iterator[str], cancelled: Event
) -> str:
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


def _read_chunks(process: subprocess.Popen[bytes], output: IO[bytes]) -> Iterator[str]:
    """The output of a process until it ends, in pieces, and an empty text from time to time."""
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


def _tick(process: subprocess.Popen[bytes]) -> Iterator[str]:
    while process.poll() is None:
        yield ""
        time.sleep(TICK)


def _read(output: IO[bytes]) -> bytes | None:
    """The bytes that can be read now; empty at the end of the output, None if there are none now."""
    try:
        return os.read(output.fileno(), 65536)
    except BlockingIOError:
        return None


def _pass_on(text: str) -> None:
    if text:
        sys.stderr.write(text)
        sys.stderr.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: with SIGTERM, and a moment later with SIGKILL."""
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
    """Send a signal to a group of processes. The answer says whether the group still had any."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False
