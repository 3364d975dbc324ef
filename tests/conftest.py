"""What tests of commands share."""

from pathlib import Path

import pytest
from desk import Desk


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """A desk in a folder of its own, with a German blog."""
    desk = Desk(tmp_path, monkeypatch, capsys)
    desk.ok("new", "Lage", "am", "Morgen", "--language", "de", "--timezone", "Europe/Berlin")
    return desk
