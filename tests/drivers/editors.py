"""Real editors on a real terminal: a process that owns its terminal, and somebody who types."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from terminal import Screen

LIVEBLOG = (sys.executable, "-m", "liveblog_cli")
_OWNING = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
"""Make the terminal the process's own, so that its children get Ctrl-C too."""

PATIENCE = 30.0
"""Seconds after which a screen that does not come is a failure."""


class Typist:
    """Somebody at a terminal in which `liveblog WORDS` runs (or `command`, where it is given)."""

    def __init__(self, *words: str, folder: Path, command: Sequence[str] = (), **env: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWNING, *(command or [*LIVEBLOG, *words])],
            cwd=folder,
            env=os.environ | {"TERM": "xterm", "LC_ALL": "C.UTF-8"} | env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self._seen = b""
        self._read = 0
        self.echoes = True

    def sees(self, text: str) -> None:
        """Wait until a text comes that was not seen before."""
        end = time.monotonic() + PATIENCE
        while (found := self._seen.find(text.encode(), self._read)) < 0:
            assert time.monotonic() < end, f"{text!r} did not come: {self._seen[self._read :]!r}"
            assert self._more(), f"{text!r} did not come: {self._seen[self._read :]!r}"
        self._read = found + len(text)

    def types(self, keys: str) -> None:
        """Press keys: `\\x03` is Ctrl-C, `\\x1b` Escape."""
        os.write(self._master, keys.encode())

    def interrupts(self) -> None:
        """Press Ctrl-C until it ends: nobody sees when it begins to wait."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.types("\x03")
            time.sleep(0.05)

    def hangs_up(self) -> int:
        """Close the window; the exit status of what ran in it."""
        os.close(self._master)
        status = self.process.wait(PATIENCE)
        self._tidy()
        return status

    def leaves(self) -> Screen:
        """Wait for the end; all that was on the screen, and the exit status."""
        while self._more():
            pass
        self.echoes = bool(termios.tcgetattr(self._master)[3] & termios.ECHO)
        os.close(self._master)
        status = self.process.wait(PATIENCE)
        self._tidy()
        return Screen(status, self._seen.decode(errors="replace"))

    def _tidy(self) -> None:
        """No editor outlives its test: one whose program was killed may run on for a while."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _more(self) -> bool:
        if not select.select([self._master], [], [], PATIENCE)[0]:
            return False
        with contextlib.suppress(OSError):  # the other end is closed
            data = os.read(self._master, 65536)
            self._seen += data
            return bool(data)
        return False


def editor(name: str) -> str:
    """The command of an editor without anybody's settings; the test is skipped where it is missing."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return {"vim": "vim --clean", "nano": "nano -I", "emacs": "emacs -nw -Q"}[name]


def kept_drafts() -> list[Path]:
    """The drafts that lie in the user's folder of drafts."""
    folder = Path(os.environ["XDG_STATE_HOME"], "liveblog", "drafts")
    return sorted(folder.glob("draft-*.md")) if folder.exists() else []


def children(process: int) -> list[int]:
    """The processes that a process started. Linux tells them."""
    return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
