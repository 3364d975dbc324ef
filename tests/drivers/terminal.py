"""A real terminal: what a command shows on one of a given width, and somebody who types at one."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from processes import Fork

PATIENCE = 30.0
"""Seconds after which a screen that does not come is a failure."""

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]")


class Screen(NamedTuple):
    """What a process wrote to its terminal, and its exit status."""

    status: int
    raw: str

    @property
    def lines(self) -> list[str]:
        """The lines without what steers the terminal."""
        return _SEQUENCE.sub("", self.raw).replace("\r", "").splitlines()

    @property
    def text(self) -> str:
        """All words, apart by single blanks, whatever lines they stand on."""
        return " ".join(" ".join(self.lines).split())


def on_terminal(
    *words: str, folder: Path, columns: int = 80, command: Sequence[str] = (), **env: str
) -> Screen:
    """Run `liveblog WORDS` on a terminal of that width; stdin, stdout and stderr are the terminal.

    `command` is run in its place where it is given.
    """
    master, slave = _open(40, columns)
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    process = _start(words, command, slave, folder, kept | {"TERM": "xterm-256color"} | env)
    shown = read_all(master)
    os.close(master)
    return Screen(process.wait(), shown.decode())


def read_all(master: int) -> bytes:
    """What is written to a terminal until nobody has it open any more."""
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says so
        while part := os.read(master, 65536):
            shown += part
    return shown


class Typist:
    """Somebody at a terminal in which `liveblog WORDS` runs (or `command`, where it is given)."""

    def __init__(self, *words: str, folder: Path, command: Sequence[str] = (), **env: str) -> None:
        self._master, slave = _open(24, 100)
        surroundings = os.environ | {"TERM": "xterm", "LC_ALL": "C.UTF-8"} | env
        self.process = _start(words, command, slave, folder, surroundings, preexec_fn=_own_terminal)
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


def _open(lines: int, columns: int) -> tuple[int, int]:
    """A new terminal: our end of it, and the program's."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    return master, slave


def _start(
    words: Sequence[str],
    command: Sequence[str],
    terminal: int,
    folder: Path,
    env: dict[str, str],
    **options: Any,
) -> subprocess.Popen[bytes]:
    streams = {"stdin": terminal, "stdout": terminal, "stderr": terminal}
    given: dict[str, Any] = {**streams, "cwd": folder, "env": env, **options}
    process = subprocess.Popen(command, **given) if command else Fork(*words, **given)
    os.close(terminal)
    return process


def _own_terminal() -> None:
    """Make the terminal the process's own, so that its children get Ctrl-C too."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
