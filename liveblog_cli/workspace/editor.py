"""The user's editor: which one it is, and how it runs. Ctrl-C and the terminal are its own meanwhile."""

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
from typing import NamedTuple

from liveblog_cli.errors import LiveblogError
from liveblog_cli.runtime import user_folders
from liveblog_cli.runtime.interrupts import Interrupt
from liveblog_cli.workspace import user

VARIABLES = ("LIVEBLOG_EDITOR", "VISUAL", "EDITOR")
PATIENCE = 5.0
"""Seconds that an editor has to save and end where this program is told to end."""
GRACE = 0.5
"""Seconds in which an editor may end by itself before it is told."""

_HOW = "set LIVEBLOG_EDITOR, VISUAL or EDITOR"
_OF_SHELL = frozenset("|&;<>()$`\\\"' \t\n*?[#~=%")
"""What makes an editor's command one for the shell, as git has it."""
_OPERATORS = frozenset("|&;<>()`\n#")
_ASSIGNED = re.compile(r"""([A-Za-z_]\w*=([^\s'"\\]|'[^']*'|"[^"]*")*\s+)*""")
_NOT_RUN = {126: "can't be run", 127: "was not found"}
_OF_EDITOR = ("SIGINT", "SIGQUIT")


class Editor(NamedTuple):
    """An editor's command as it was named, and who named it."""

    command: str
    source: str

    def edit(self, path: Path) -> None:
        """Run it on a file until it ends.

        Raises:
            LiveblogError: it did not start, or did not end well.
            Interrupt: this program was told to end meanwhile; so was the editor.
        """
        if self.command == ":":  # as for git: no editor, and all is well
            return
        if _OF_SHELL.isdisjoint(self.command) and not shutil.which(self.command):
            raise self._fault("was not found, or is not for you to run")
        try:
            status = _run(self.command, path)
        except OSError as error:
            raise self._fault(f"did not start: {error.strerror}") from error
        if status in _NOT_RUN:
            raise self._fault(f"{_NOT_RUN[status]} (the shell's status {status})")
        if status < 0:
            with contextlib.suppress(ValueError):
                name = signal.Signals(-status).name
                raise LiveblogError(f"editor {self.command!r} was ended by {name}")
        if status:
            raise LiveblogError(f"editor {self.command!r} ended with status {status}")

    def _fault(self, what: str) -> LiveblogError:
        return LiveblogError(f"{self.source}: editor {self.command!r} {what}", _HOW)


def find_editor() -> Editor:
    """The editor that the user named, or one that is there.

    Raises:
        LiveblogError: none is named, and there is no terminal or none is installed.
    """
    for source, named in _named():
        if named:
            return Editor(named, source)
    if not sys.stdin.isatty():
        raise LiveblogError("nothing was given, and there is no terminal for an editor", _HOW)
    if _is_dumb():
        raise LiveblogError("the terminal is too simple for an editor (TERM=dumb)", _HOW)
    for name in ("sensible-editor", "nano", "vi"):
        if shutil.which(name):
            return Editor(name, "found")
    raise LiveblogError("there is no editor", _HOW)


def _named() -> Iterator[tuple[str, str]]:
    """Who may name an editor, in order: what is meant for this program goes before the rest."""
    first, visual, other = VARIABLES
    yield first, os.environ.get(first, "").strip()
    if found := user.settings():
        yield str(user_folders.find_config()), found.editor.strip()
    if not _is_dumb():
        yield visual, os.environ.get(visual, "").strip()
    yield other, os.environ.get(other, "").strip()


def _replacing_shell(command: str) -> str:
    """A command of one program with `exec`, so that a signal meets the editor and no shell before it."""
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


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def posix_line(command: str, path: Path) -> list[str]:
    """What runs to edit a file: the shell reads the command, and never the path."""
    return ["/bin/sh", "-c", f'{_replacing_shell(command)} "$@"', command, str(path)]


def windows_line(command: str, path: Path) -> str:
    """The same for `cmd.exe`. A path to a program may have blanks without quotes."""
    whole = shutil.which(command)
    named = subprocess.list2cmdline([whole]) if whole else command
    return f"{named} {subprocess.list2cmdline([str(path)])}"


def _run(command: str, path: Path) -> int:
    """The exit status of an editor that ran; negative where a signal ended it."""
    windows = os.name == "nt"
    line = windows_line(command, path) if windows else posix_line(command, path)
    sys.stdout.flush()
    sys.stderr.flush()
    mend = _mending_terminal()
    with _signals(), _terminal() as terminal:
        process = subprocess.Popen(line, stdout=terminal, cwd=_folder(path), shell=windows)
        try:
            status = process.wait()
        except Interrupt as stopped:
            _end(process, stopped.number)
            raise
    if status < 0:
        mend()
    return status


def _end(process: subprocess.Popen[bytes], number: int) -> None:
    """Let an editor save what it has in its own way.

    A closed terminal or a shutdown tells it anyway, and a second signal would kill it at that work
    (nano), so it is told only if it did not end by itself.
    """
    for patience, who in ((GRACE, _nobody), (PATIENCE, _last_below), (GRACE, _itself)):
        for told in who(process.pid):
            with contextlib.suppress(OSError):
                os.kill(told, number)
        with contextlib.suppress(subprocess.TimeoutExpired, Interrupt):
            process.wait(patience)
            return


def _nobody(_process: int) -> list[int]:
    return []


def _itself(process: int) -> list[int]:
    return [process]


def _last_below(process: int) -> list[int]:
    """The processes at the end of a chain of shells (`sensible-editor` is one): the editor."""
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
def _signals() -> Iterator[None]:
    """While an editor runs, Ctrl-C and Ctrl-\\ are its own; what else ends this program still does.

    Handlers, and not SIG_IGN, which the editor would inherit. What the caller ignores stays ignored.
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
def _terminal() -> Iterator[int | None]:
    """The terminal for the editor where stdout is none: `liveblog add --json | jq` has one at stdin."""
    number = None
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.stdin.isatty() and not sys.stdout.isatty():
            number = os.open(os.ttyname(sys.stdin.fileno()), os.O_RDWR | os.O_NOCTTY)
    try:
        yield number
    finally:
        if number is not None:
            os.close(number)


def _mending_terminal() -> Callable[[], None]:
    """What brings the terminal back as it is now: an editor that was killed leaves it without echo."""
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


def _folder(path: Path) -> Path | None:
    """Where to run: here, or beside the draft where the working folder was deleted."""
    try:
        os.getcwd()
    except OSError:
        return path.parent
    return None
