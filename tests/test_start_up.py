"""What `add-entry` loads: a script that calls it often pays for nothing that it does not use."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from liveblog_cli import cli

HEAVY = ["rich", "jinja2", "babel", "dateutil", "markdown_it", "PIL", "watchfiles", "tomli_w"]
OURS = [
    "edition.edition",
    "formats",
    "ingest.jsonl",
    "ingest.payload",
    "storage.diagnosis",
    "storage.patch",
    "storage.ref_index",
    "text.times",
    "workspace.after",
]


def _loaded(*words: str) -> set[str]:
    code = (
        "import sys; from liveblog_cli import cli; status = cli.main(sys.argv[1:]);"
        "sys.stderr.write(' '.join(sys.modules)); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.fixture
def blog(tmp_path: Path) -> str:
    path = tmp_path / "liveblog.toml"
    assert cli.main(["new", "Harbour fire", "--timezone", "Europe/Berlin", "-f", str(path)]) == 0
    return str(path)


def test_what_must_not_be_loaded_is_there_at_all() -> None:
    for name in [*HEAVY, *(f"liveblog_cli.{ours}" for ours in OURS)]:
        assert find_spec(name), name


def test_add_entry_loads_no_heavy_module(blog: str) -> None:
    """The second entry, so that there is one before it to look at."""
    _loaded("add", "Smoke", "-f", blog)
    loaded = _loaded("add", "More smoke", "-b", "Over\n\npier 4.", "--tag", "fire", "-f", blog)
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint(f"liveblog_cli.{name}" for name in OURS)
    assert "liveblog_cli.storage.blogfile" in loaded


def test_a_time_in_iso_8601_needs_no_dateutil(blog: str) -> None:
    loaded = _loaded("add", "Smoke", "--at", "2024-11-12T02:18:00+01:00", "-f", blog)
    assert loaded.isdisjoint(["dateutil", "babel"])


def test_a_host_in_ascii_needs_no_idna(blog: str) -> None:
    plain = _loaded("add", "A", "--source", "dpa <https://a.example/%C3%BC?xn=--1>", "-f", blog)
    other = _loaded("add", "B", "--source", "dpa <https://müller.example>", "-f", blog)
    assert ("idna" in plain, "idna" in other) == (False, True)


def test_only_the_command_that_runs_is_imported(blog: str) -> None:
    loaded = _loaded("add", "Smoke", "-f", blog)
    commands = {name for name in loaded if name.startswith("liveblog_cli.commands.")}
    assert commands == {"liveblog_cli.commands.add_entry"}
