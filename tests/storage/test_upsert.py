"""`--ref`: the same sender's id never makes a second entry."""

import json
import subprocess
from pathlib import Path

import pytest
from processes import Fork

from liveblog_cli import cli
from liveblog_cli.model.values import Entry
from liveblog_cli.storage.blogfile import BlogFile


@pytest.fixture
def blog(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "liveblog.toml"
    assert cli.main(["new", "Harbour fire", "-f", str(path)]) == 0
    capsys.readouterr()
    return path


def _add(blog: Path, *words: str) -> None:
    assert cli.main(["add", *words, "-f", str(blog)]) == 0


def _only(blog: Path) -> Entry:
    (entry,) = BlogFile(blog).read().entries
    return entry


def test_the_same_content_again_is_a_no_op_that_prints_the_same_id(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(blog, "Smoke", "--ref", "dpa:1", "--tag", "fire", "-b", "Text.\n")
    before = blog.read_bytes()
    _add(blog, "  Smoke  ", "--ref", "dpa:1", "--tag", "fire", "-b", "Text.")
    first, second = capsys.readouterr().out.splitlines()
    assert first.split()[0] == second.split()[0]
    assert "unchanged" in second
    assert blog.read_bytes() == before


def test_changed_content_is_an_edit_and_what_is_left_out_stays(blog: Path) -> None:
    _add(blog, "Smoke", "--ref", "dpa:1", "--tag", "fire", "-b", "Text.")
    time = _only(blog).time
    _add(blog, "Fire", "--ref", "dpa:1")
    entry = _only(blog)
    assert (entry.headline, entry.body, entry.tags) == ("Fire", "Text.", ("fire",))
    assert (entry.time, entry.history[0].was) == (time, {"headline": "Smoke"})


def test_a_time_that_is_given_is_content(blog: Path) -> None:
    _add(blog, "Smoke", "--ref", "dpa:1", "--at", "2024-11-12T02:18:00+00:00")
    _add(blog, "Smoke", "--ref", "dpa:1", "--at", "2024-11-12T02:20:00+00:00")
    assert _only(blog).time.minute == 20
    assert len(_only(blog).history) == 1


def test_a_retracted_entry_is_not_brought_back(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(blog, "Smoke", "--ref", "dpa:1")
    assert cli.main(["retract", "last", "-f", str(blog)]) == 0
    before = blog.read_bytes()
    _add(blog, "Fire", "--ref", "dpa:1")
    assert "unchanged (it was retracted, and stays so)" in capsys.readouterr().out
    _add(blog, "Fire", "--ref", "dpa:1", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["action"], told["note"]) == ("unchanged", "it was retracted, and stays so")
    assert blog.read_bytes() == before


def test_a_ref_that_another_begins_with_is_another(blog: Path) -> None:
    _add(blog, "Smoke", "--ref", "dpa:12")
    _add(blog, "Fire mentions dpa:1", "--ref", "dpa:1")
    assert [e.ref for e in BlogFile(blog).read().entries] == ["dpa:12", "dpa:1"]


def test_the_answer_in_json_names_the_action(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(blog, "Smoke", "--ref", "a", "--json")
    first = json.loads(capsys.readouterr().out)
    _add(blog, "Smoke", "--ref", "a", "--json")
    second = json.loads(capsys.readouterr().out)
    assert (first["action"], second["action"]) == ("added", "unchanged")
    assert first["id"] == second["id"]


def test_concurrent_retries_make_one_entry(blog: Path) -> None:
    command = ["add", "Smoke", "--ref", "a", "-f", str(blog)]
    running = [Fork(*command, stdout=subprocess.PIPE) for _ in range(8)]
    said = {process.communicate()[0].split()[0] for process in running}
    assert [process.returncode for process in running] == [0] * 8
    assert said == {_only(blog).id.encode()}


def test_the_ref_of_a_broken_entry_is_known_and_said(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second entry would stand beside it once somebody mends the first."""
    _add(blog, "Smoke", "--ref", "a")
    blog.write_text(blog.read_text().replace('headline = "Smoke"', "headlin = 'Smoke'"))
    before = blog.read_bytes()
    assert cli.main(["add", "Smoke", "--ref", "a", "-f", str(blog)]) == 4
    assert "entry with ref 'a' can't be read" in capsys.readouterr().err
    assert blog.read_bytes() == before
