"""A blog in a folder, command lines run in processes of their own, and what they acknowledged."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from liveblog_cli import cli
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.storage.blogfile import BlogFile


class Scene:
    """The blog file of a folder."""

    def __init__(self, folder: Path, entries: int = 0) -> None:
        self.folder = folder
        self.path = folder / "liveblog.toml"
        BlogFile(self.path).create(Blog(title="Torture", url="https://news.example/t"))
        for number in range(entries):
            assert self.run("add", f"first {number}", "-b", f"text {number}\n\nmore")[0] == 0

    def start(self, *words: str, stdin: int | None = None, before: Callable[[], None] = int) -> int:
        """Run a command line in a process of its own; answers the process's number.

        What it writes to stdout goes to `out-PID` in the folder. `before` runs in that process.
        """
        pid = os.fork()
        if pid:
            return pid
        status = 70
        try:
            fd = os.open(self._log("out", os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(fd, 1)
            os.dup2(os.open(self._log("err", os.getpid()), os.O_WRONLY | os.O_CREAT), 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY) if stdin is None else stdin, 0)
            # Whoever tests has put others there.
            sys.stdin, sys.stdout, sys.stderr = (
                os.fdopen(fd, mode) for fd, mode in enumerate("rww")
            )
            before()
            status = cli.main([*words, "-f", str(self.path)])
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status)

    def wait(self, pid: int) -> tuple[int, str, str]:
        """Exit status (128 and the signal's number for a killed one), stdout and stderr."""
        _, status = os.waitpid(pid, 0)
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
        found = []
        for name in ("out", "err"):
            log = self._log(name, pid)
            found.append(log.read_text() if log.exists() else "")
            log.unlink(missing_ok=True)
        return code, found[0], found[1]

    def run(self, *words: str, before: Callable[[], None] = int) -> tuple[int, str, str]:
        """Run a command line to its end."""
        return self.wait(self.start(*words, before=before))

    def blog(self) -> Blog:
        """The whole blog. It can be read, whatever happened."""
        return BlogFile(self.path).read()

    def entries(self) -> dict[str, Entry]:
        """The entries by id."""
        return {e.id: e for e in self.blog().entries}

    def _log(self, name: str, pid: int) -> Path:
        return self.folder / f"{name}-{pid}"


def versions(entry: Entry, field: str) -> list[object]:
    """All values but empty ones that a field had, the present one last."""
    past = [c.was[field] for c in entry.history if field in c.was]
    return [value for value in (*past, getattr(entry, field)) if value]


def answered_ids(out: str) -> list[str]:
    """The ids in whole answers of a stream."""
    lines = out.splitlines(keepends=True)
    return [json.loads(line)["id"] for line in lines if line.endswith("\n") and '"id"' in line]


def lost(acknowledged: Iterable[str], there: Iterable[str]) -> list[str]:
    """What was acknowledged and is not there."""
    return sorted(set(acknowledged) - set(there))
