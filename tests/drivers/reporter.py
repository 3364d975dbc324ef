"""A reporter at a terminal: one command line after the other, and a look at all each did."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli

from liveblog_cli import cli


class Result(NamedTuple):
    """What a command line left: exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def id(self) -> str:
        """The id that a change says back first."""
        return self.out.split()[0]


class Reporter:
    """A folder with a blog file, and the program at hand."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.file = folder / "liveblog.toml"
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def run(self, *words: str, stdin: str | bytes | None = None) -> Result:
        """Run `liveblog WORDS` here. Without `stdin` there is nothing to read."""
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        self._capsys.readouterr()
        status = cli.main(list(words))
        return Result(status, *self._capsys.readouterr())

    def done(self, *words: str, stdin: str | bytes | None = None) -> Result:
        """Run a command line that must succeed."""
        result = self.run(*words, stdin=stdin)
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

    def files(self) -> dict[str, bytes]:
        """Every file below the folder, lock files aside."""
        found = [p for p in self.folder.rglob("*") if p.is_file() and p.suffix != ".lock"]
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in found}

    def data(self) -> dict[str, Any]:
        """The blog file as any TOML parser reads it."""
        return tomli.loads(self.file.read_text(encoding="utf-8"))

    def at(self, now: str) -> None:
        """Set the clock: ISO 8601 with an offset."""
        self._monkeypatch.setenv("LIVEBLOG_NOW", now)


def process(*words: str, folder: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run `liveblog WORDS` as a process of its own in `folder`."""
    command = [sys.executable, "-m", "liveblog_cli", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, **options)
