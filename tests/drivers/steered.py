"""What reaches a terminal or a pipe, command by command, of a blog whose every text wants to steer it.

One process runs many command lines, with the streams that the program has: `steering_signs` says what
in an answer a terminal would obey.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

STEERING = (
    "\x1b[31m",
    "\x1b]0;owned\x07",
    "\x9b31m",
    "\x9d0;owned\x9c",
    "\x90q\x9c",
    "\x85",
    "\x7f",
    "\x08\x08",
    "\r",
    "\x00",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u2028",
)
"""Colours, window titles, device control, line ends, deletions, and marks that turn a text around."""

ALL = "".join(STEERING)
IN_TEXTS = "".join(s for s in STEERING if "\x1b" not in s and s not in ("\x08\x08", "\x00"))
"""Those that an entry of a file may have and still be read."""

_END = b"\0\0end\0\0"
_DRIVER = """
import json, os, sys, traceback
from liveblog_cli import cli
from liveblog_cli.runtime import streams
streams.install()
for words in json.load(open(sys.argv[1])):
    try:
        cli.main(words)
    except SystemExit:
        pass
    except Exception:
        traceback.print_exc()  # as Python does with --debug
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        stream.flush()
        os.write(number, {end!r})
"""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_ALLOWED = re.compile("[\t\n\x20-\x7e\xa0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\U0010ffff]*")


def run(lines: list[list[str]], folder: Path, terminal: bool, **env: str) -> list[str]:
    """What each command line wrote, stdout and stderr together."""
    (folder / ".lines").write_text(json.dumps(lines), encoding="utf-8")
    command = [sys.executable, "-c", _DRIVER.format(end=_END), str(folder / ".lines")]
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"} | env
    if not terminal:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        parts = zip(done.stdout.split(_END), done.stderr.split(_END), strict=True)
        return [(out + err).decode() for out, err in parts][:-1]
    master, slave = pty.openpty()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave
    ):
        os.close(slave)
        shown = b""
        while chunk := _read(master):
            shown += chunk
    os.close(master)
    parts = shown.replace(b"\r\n", b"\n").split(_END)
    return [(a + b).decode() for a, b in zip(parts[::2], parts[1::2], strict=False)]


def steering_signs(shown: str, colours: bool = False) -> str:
    """The characters that a terminal would obey; colours are what Rich draws with."""
    text = _COLOURS.sub("", shown) if colours else shown
    return "".join(dict.fromkeys(_ALLOWED.sub("", text)))


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # the other end is closed
        return b""
