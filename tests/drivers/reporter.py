"""A reporter at a desk: one command line after the other, and a look at all that each did.

`run` stays in the process of the test, which is the quickest way. `process` has real streams, and
`on_terminal` a real terminal. `processes.Fork` is for who looks at the program while it runs.
"""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import processes
import pytest
import tomli
from processes import LIVEBLOG
from terminal import Screen, on_terminal

from liveblog_cli import cli
from liveblog_cli.model.values import Blog
from liveblog_cli.storage.blogfile import BlogFile


class Result(NamedTuple):
    """What a command line left: exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def id(self) -> str:
        """The id that a change says back first."""
        return self.out.split()[0]


class Reporter:
    """A folder with a blog file, and the program at hand.

    `pace` is the time that passes before each command that runs here; else the clock stands still.
    """

    def __init__(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        now: str,
        pace: timedelta = timedelta(0),
    ) -> None:
        self.folder = folder
        self.file = folder / "liveblog.toml"
        self._pace = pace
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.at(now)

    def at(self, now: str) -> None:
        """Set the clock: ISO 8601 with an offset."""
        self.now = datetime.fromisoformat(now)
        self._monkeypatch.setenv("LIVEBLOG_NOW", now)

    def run(self, *words: str, stdin: str | bytes | None = None, by: str = "") -> Result:
        """Run `liveblog WORDS` here. Without `stdin` there is nothing to read."""
        if self._pace:
            self.at((self.now + self._pace).isoformat())
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        with self._monkeypatch.context() as patch:
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
            if by:
                patch.setenv("LIVEBLOG_AUTHOR", by)
            self._capsys.readouterr()
            status = cli.main(list(words))
            return Result(status, *self._capsys.readouterr())

    def done(self, *words: str, stdin: str | bytes | None = None, by: str = "") -> Result:
        """Run a command line that must succeed."""
        result = self.run(*words, stdin=stdin, by=by)
        assert result.status == 0, result.err
        return result

    def refused(self, *words: str, stdin: str | bytes | None = None) -> Result:
        """Run a command line that must fail with a clear line and change no file."""
        before = self.files()
        result = self.run(*words, stdin=stdin)
        assert result.status != 0, result.out
        assert result.err.startswith("Error: "), result.err
        assert "Traceback" not in result.err
        assert self.files() == before
        return result

    def process(self, *words: str, stdin: bytes | None = None, **env: str) -> Result:
        """Run `liveblog WORDS` here as a process of its own, with `env` beside what is set."""
        done = processes.run(*words, input=stdin, cwd=self.folder, env=os.environ | env)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def shell(self, line: str, stdin: bytes | None = None, **env: str) -> Result:
        """Run a line of bash here; `liveblog` in it is this program, started anew each time."""
        line = f'liveblog() {{ {shlex.join(LIVEBLOG)} "$@"; }}; {line}'
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=os.environ | env,
            input=stdin or b"",
            capture_output=True,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def on_terminal(self, *words: str, columns: int = 80, **env: str) -> Screen:
        """Run `liveblog WORDS` here on a terminal of that width."""
        return on_terminal(*words, folder=self.folder, columns=columns, **env)

    def add(self, *words: str, by: str = "") -> str:
        """Add an entry, and answer its id."""
        name: str = self.done("add-entry", *words, "--json", by=by).json["id"]
        return name

    def files(self) -> dict[str, bytes]:
        """Every file below the folder, lock files aside."""
        found = [p for p in self.folder.rglob("*") if p.is_file() and p.suffix != ".lock"]
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in found}

    def data(self) -> dict[str, Any]:
        """The blog file as any TOML parser reads it."""
        return tomli.loads(self.file.read_text(encoding="utf-8"))

    def blog(self) -> Blog:
        """The blog as it stands in the file."""
        return BlogFile(self.file).read()
