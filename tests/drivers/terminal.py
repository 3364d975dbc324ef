"""A real terminal for tests: a process on a pty of a given width."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import NamedTuple

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


def on_terminal(*words: str, folder: Path, columns: int = 80, **env: str) -> Screen:
    """Run `liveblog WORDS` on a terminal of that width; stdin, stdout and stderr are the terminal."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "liveblog_cli", *words],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        | {"TERM": "xterm-256color"}
        | env,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        close_fds=True,
    )
    os.close(slave)
    chunks = []
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(master)
    return Screen(process.wait(), b"".join(chunks).decode())
