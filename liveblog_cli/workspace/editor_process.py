"""An editor as a process: its command line, and who gets signals and the terminal while it runs."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from liveblog_cli.runtime.interrupts import Interrupt

PATIENCE = 5.0
"""Seconds in which an editor must save and end after it was told to."""

GRACE = 0.5
"""Seconds in which an editor may end by itself before it is told to."""

_OPERATORS = frozenset("|&;<>()`\n#")
_ASSIGNED = re.compile(r"""([A-Za-z_]\w*=([^\s'"\\]|'[^']*'|"[^"]*")*\s+)*""")
_OF_EDITOR = ("SIGINT", "SIGQUIT")


def _replace_shell(command: str) -> str:
    """The command with `exec` before its program, so that a signal reaches the editor and not only the shell."""
    assigned = _ASSIGNED.match(command)
    start = assigned.end() if assigned else 0
    if not _OPERATORS.isdisjoint(command):
        return command
    try:
        program = shlex.split(command[start:])[0]
    except (ValueError, IndexError):
        return command
    found = shutil.which(os.path.expanduser(os.path.expandvars(program)))
    return f"{command[:start]}exec {command[start:]}" if found else command


def make_posix_line(command: str, path: Path) -> list[str]:
    """The command line to edit a file. The shell reads the command, but not the path."""
    return ["/bin/sh", "-c", f'{_replace_shell(command)} "$@"', command, str(path)]


def make_windows_line(command: str, path: Path) -> str:
    """The command line for `cmd.exe`. The path of a program may have blanks without quotes."""
    whole = shutil.which(command)
    named = subprocess.list2cmdline([whole]) if whole else command
    return f"{named} {subprocess.list2cmdline([str(path)])}"


def run_editor(command: str, path: Path) -> int:
    """Run an editor and answer its exit status; it is negative if a signal ended the editor."""
    windows = os.name == "nt"
    line = make_windows_line(command, path) if windows else make_posix_line(command, path)
    sys.stdout.flush()
    sys.stderr.flush()
    mend = _save_terminal()
    with _leave_signals(), _open_terminal() as terminal:
        process = subprocess.Popen(line, stdout=terminal, cwd=_choose_folder(path), shell=windows)
        try:
            status = process.wait()
        except Interrupt as stopped:
            _end_editor(process, stopped.number)
            raise
    if status < 0:
        mend()
    return status


def _end_editor(process: subprocess.Popen[bytes], number: int) -> None:
    """Wait for an editor that saves its text, and send it the signal only if it does not end by itself.

    If the terminal was closed or the machine shuts down, the editor got the signal already. A second one would kill
    some editors (nano) while they save.
    """
    for patience, list_processes in (
        (GRACE, _list_nobody),
        (PATIENCE, _list_last_below),
        (GRACE, _list_itself),
    ):
        for number_of_process in list_processes(process.pid):
            with contextlib.suppress(OSError):
                os.kill(number_of_process, number)
        with contextlib.suppress(subprocess.TimeoutExpired, Interrupt):
            process.wait(patience)
            return


def _list_nobody(_process: int) -> list[int]:
    return []


def _list_itself(process: int) -> list[int]:
    return [process]


def _list_last_below(process: int) -> list[int]:
    """The last processes of a chain of shells, such as `sensible-editor`: there is the editor."""
    try:
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return [process]
    below: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent = map(int, line.split())
        below.setdefault(parent, []).append(child)
    found = [process]
    while any(n in below for n in found):
        found = [m for n in found for m in below.get(n, [n])]
    return found


@contextlib.contextmanager
def _leave_signals() -> Iterator[None]:
    """Leave Ctrl-C and Ctrl-\\ to the editor while it runs. Other signals still end this program.

    This sets handlers, because the editor would inherit SIG_IGN. A signal that the caller ignores stays ignored.
    """

    def leave(_number: int, _frame: FrameType | None) -> None:
        return

    old = {}
    for name in _OF_EDITOR:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            old[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _open_terminal() -> Iterator[int | None]:
    """The terminal for the editor, if stdout is none and stdin is one, as in `liveblog add --json | jq`."""
    number = None
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.stdin.isatty() and not sys.stdout.isatty():
            number = os.open(os.ttyname(sys.stdin.fileno()), os.O_RDWR | os.O_NOCTTY)
    try:
        yield number
    finally:
        if number is not None:
            os.close(number)


def _save_terminal() -> Callable[[], None]:
    """A function that sets the terminal back to its present state. A killed editor leaves it without echo."""
    try:
        import termios
    except ImportError:  # Windows
        return lambda: None
    try:
        before = termios.tcgetattr(0)
    except termios.error:
        return lambda: None

    def mend() -> None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(0, termios.TCSADRAIN, before)

    return mend


def _choose_folder(path: Path) -> Path | None:
    """The folder to run in: None is the working folder. If that was deleted, it is the folder of the draft."""
    try:
        os.getcwd()
    except OSError:
        return path.parent
    return None
