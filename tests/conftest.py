"""What tests share: fixtures. `drivers` run the program, `builders` make what it is run on.

Tests lie in the folder of the room that they are about, and are named after its file.
"""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from folders import MEMORY
from hypothesis import HealthCheck, settings
from reporter import Reporter

# A slow machine is no fault of the code: laws are judged by their answers, never by the clock.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a job in the background: `make test &`
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def nobodys_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test sees the settings, the editor or the clock of whoever runs it."""
    for name in list(os.environ):
        if name.startswith("LIVEBLOG_") or name in (
            "VISUAL",
            "EDITOR",
            "NO_COLOR",
            "PAGER",
            "PYTHONUNBUFFERED",
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm")
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("LIVEBLOG_AUTHOR", "anna")


@pytest.fixture
def memory() -> Iterator[Path]:
    """An empty folder that no disk has to be waited for."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def newcomer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Reporter:
    """A folder without a blog; 14:00 in Berlin on 12 November 2024."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("TZ", "UTC")
    return Reporter(tmp_path, monkeypatch, capsys, "2024-11-12T14:00:00+01:00")


@pytest.fixture
def reporter(newcomer: Reporter) -> Reporter:
    """A folder with a German blog that has no entries yet."""
    newcomer.done("new", "Sturm", "--language", "de", "--timezone", "Europe/Berlin")
    return newcomer


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Reporter:
    """Ann, in a folder with a German blog; a minute passes before each command, from 8:00 on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIVEBLOG_AUTHOR", "Ann")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    desk = Reporter(
        tmp_path, monkeypatch, capsys, "2024-11-12T08:00:00+01:00", timedelta(minutes=1)
    )
    desk.done("new", "Lage", "am", "Morgen", "--language", "de", "--timezone", "Europe/Berlin")
    return desk


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-golden` writes the golden files instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with `tests/golden/<name>`, or writes it there with --update-golden."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode(), f"{name}: see pytest --update-golden"

    return check
