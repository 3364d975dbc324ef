"""Real shells on a pseudo-terminal, with the program's own completion installed.

A session types the beginning of a command line, presses Tab, and reads what then stands on the line
and what the shell showed. Nothing here asserts: tests and the standing attack do.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

SHELLS = ("bash", "zsh", "fish")
PATIENCE = 30.0
"""Seconds after which a shell that does not answer is taken for broken."""

_TELL = "\x1d"
"""A key (Ctrl-]) that is bound to: write the line to the file `line`, and empty it."""

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b\][^\x07]*\x07")
_COMMAND = """#!/bin/sh
trap 'echo >> {asks}' EXIT
{python} -m liveblog_cli "$@"
"""
"""The program as a command of the session; `asks` grows each time it has answered."""

_START = {
    "bash": "bash --noprofile --rcfile {home}/.bashrc -i",
    "zsh": "zsh -i",
    "fish": "fish -i",
}
_SETTINGS = {
    "bash": (
        ".bashrc",
        """
PS1='> '
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind 'set show-all-if-ambiguous on'
bind 'set enable-bracketed-paste off'
tell_line() {{ printf '%s\\0' "$READLINE_LINE" >> {line}; READLINE_LINE=; READLINE_POINT=0; }}
bind -x '"\\C-]": tell_line'
""",
    ),
    "zsh": (
        ".zshrc",
        """
PROMPT='> '
LISTMAX=100000
tell-line() {{ print -rn -- "$BUFFER"$'\\0' >> {line}; BUFFER=; zle -R -c }}
zle -N tell-line
bindkey '^]' tell-line
""",
    ),
    "fish": (
        ".config/fish/config.fish",
        """
set -g fish_greeting
function fish_prompt; printf '> '; end
function tell_line; commandline >> {line}; printf '\\0' >> {line}; commandline ''; end
bind \\c] tell_line
""",
    ),
}


class Completed(NamedTuple):
    """What Tab did: the text that then stands on the line, and all words that were shown meanwhile."""

    line: str
    shown: str


def missing(shell: str) -> str:
    """Why a shell can't be tried here; empty where it can."""
    return "" if shutil.which(shell) else f"{shell} is not installed"


@contextmanager
def session(
    shell: str, folder: Path, home: Path, settings: str = "", **env: str
) -> Iterator[Callable[..., Completed]]:
    """An interactive shell in `folder`; the function types a text, then Tab so often, and answers.

    `home` is where its settings and the program's completion are written to; `settings` are more lines
    of them.
    """
    line, asks = home / "line", home / "asks"
    environment = _environment(home) | env
    _install(shell, home, line, environment, settings)
    master, slave = pty.openpty()
    process = subprocess.Popen(
        shlex.split(_START[shell].format(home=home)),
        cwd=folder,
        env=environment,
        preexec_fn=lambda: os.login_tty(slave),  # noqa: PLW1509 - nothing else runs here meanwhile
    )
    os.close(slave)
    try:
        _wait_until_it_listens(master, line)

        def complete(typed: str, tabs: int = 1) -> Completed:
            """Each key waits until the one before it was answered: shells skip what is overtaken."""
            asked, before = asks.stat().st_size, line.stat().st_size
            os.write(master, f"{typed}\t".encode())
            shown = _drain(master, lambda: asks.stat().st_size > asked)
            for _ in range(tabs - 1):
                os.write(master, b"\t")
                shown += _drain(master, lambda: True, quiet=0.2)
            os.write(master, _TELL.encode())
            shown += _drain(master, lambda: line.stat().st_size > before and _ends(line))
            left = line.read_bytes()[before:-1].decode()
            return Completed(left.rstrip("\n"), _SEQUENCE.sub("", shown))

        yield complete
    finally:
        process.kill()
        process.wait()
        os.close(master)


def _environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LIVEBLOG_", "XDG_", "_"))}
    path = f"{home / 'bin'}:{kept['PATH']}"
    return kept | {
        "PATH": path,
        "HOME": str(home),
        "ZDOTDIR": str(home),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
    }


def _install(shell: str, home: Path, line: Path, env: dict[str, str], more: str) -> None:
    """The command `liveblog`, its completion as it installs it itself, and what a session needs."""
    line.touch()
    asks = home / "asks"
    asks.touch()
    command = home / "bin" / "liveblog"
    command.parent.mkdir(exist_ok=True)
    command.write_text(
        _COMMAND.format(python=shlex.quote(sys.executable), asks=shlex.quote(f"{asks}"))
    )
    command.chmod(0o755)
    subprocess.run(
        [command, "--install-completion", shell], env=env, check=True, capture_output=True
    )
    name, text = _SETTINGS[shell]
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    with (home / name).open("a") as file:
        file.write(text.format(line=shlex.quote(str(line))) + more + "\n")


def _wait_until_it_listens(master: int, line: Path) -> None:
    """Press the key until it answers, and read away what came of the further presses."""
    end = time.monotonic() + PATIENCE
    while line.stat().st_size == 0 and time.monotonic() < end:
        os.write(master, _TELL.encode())
        _drain(master, lambda: True, quiet=0.5)
    _drain(master, lambda: True, quiet=0.5)


def _ends(line: Path) -> bool:
    return line.read_bytes().endswith(b"\0")


def _drain(master: int, is_done: Callable[[], bool], quiet: float = 0.04) -> str:
    """What the terminal shows until it is done and has been quiet for so many seconds."""
    end = time.monotonic() + PATIENCE
    shown = b""
    while time.monotonic() < end:
        ready = select.select([master], [], [], quiet)[0]
        if ready:
            shown += os.read(master, 65536)
        elif is_done():
            return shown.decode(errors="replace")
    raise TimeoutError(f"the shell does not answer; it showed {shown!r}")
