"""A desk for tests: commands through the command line, in a folder and at times of their own."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from liveblog_cli import cli
from liveblog_cli.model.values import Blog
from liveblog_cli.storage.blogfile import BlogFile


class Answer(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


class Desk:
    """Runs commands; a minute passes with each. `ok` insists that they are done."""

    def __init__(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.folder = folder
        self.now = datetime.fromisoformat("2024-11-12T08:00:00+01:00")
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("LIVEBLOG_AUTHOR", "Ann")
        monkeypatch.delenv("LIVEBLOG_FILE", raising=False)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))

    def run(self, *args: str, by: str = "Ann") -> Answer:
        """One command, a minute after the one before."""
        self.now += timedelta(minutes=1)
        self._monkeypatch.setenv("LIVEBLOG_NOW", self.now.isoformat())
        self._monkeypatch.setenv("LIVEBLOG_AUTHOR", by)
        self._capsys.readouterr()
        status = cli.main(list(args))
        return Answer(status, *self._capsys.readouterr())

    def ok(self, *args: str, by: str = "Ann") -> Answer:
        """One command that must be done."""
        answer = self.run(*args, by=by)
        assert answer.status == 0, answer.err
        return answer

    def add(self, *args: str, by: str = "Ann") -> str:
        """Add an entry and answer its id."""
        found: str = self.ok("add-entry", *args, "--json", by=by).json["id"]
        return found

    @property
    def path(self) -> Path:
        """The blog file."""
        return self.folder / "liveblog.toml"

    def blog(self) -> Blog:
        """The blog as it stands in the file."""
        return BlogFile(self.path).read()
