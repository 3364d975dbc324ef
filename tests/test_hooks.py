"""Hooks: commands that run after a change, never unasked, and never at the change's expense."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from liveblog_cli import cli, editor
from liveblog_cli.blogfile import BlogFile

NOTE = """
import json, os, sys
with open({out!r}, "a") as file:
    for line in sys.stdin:
        print(os.environ["LIVEBLOG_ACTION"], json.loads(line).get("headline"), file=file)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("LIVEBLOG_AUTHOR", raising=False)
    (tmp_path / "config" / "liveblog").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def blog(home: Path) -> Path:
    path = home / "liveblog.toml"
    assert cli.main(["new", "Harbour fire", "-f", str(path)]) == 0
    return path


def _noting(home: Path) -> tuple[str, Path]:
    """A hook's command line, and the file in which it notes what it was told."""
    out, script = home / "noted", home / "note.py"
    script.write_text(NOTE.format(out=str(out)))
    out.touch()
    return f"'{sys.executable}' '{script}'", out


def _config(home: Path, text: str) -> None:
    (home / "config" / "liveblog" / "config.toml").write_text(text)


def _in_blog(blog: Path, run: str, on: str = "") -> None:
    blog.write_text(f'{blog.read_text()}\n[[hooks]]\nrun = "{run}"\n{on}\n')


def _do(blog: Path, *words: str) -> int:
    return cli.main([*words, "-f", str(blog)])


def test_a_hook_of_the_configuration_is_told_what_was_done_and_to_what(
    home: Path, blog: Path
) -> None:
    run, out = _noting(home)
    _config(home, f'[[hooks]]\nrun = "{run}"\non = ["add", "pin", "retract"]\n')
    for words in (["add", "Smoke"], ["edit", "last", "Fire"], ["pin", "last"], ["retract", "last"]):
        assert _do(blog, *words) == 0
    assert out.read_text().splitlines() == ["add Smoke", "pin Fire", "retract Fire"]


def test_a_hook_without_on_runs_after_every_change_and_only_after_changes(
    home: Path, blog: Path
) -> None:
    run, out = _noting(home)
    _config(home, f'[[hooks]]\nrun = "{run}"\n')
    for words in (["add", "Smoke"], ["pin", "last"], ["pin", "last"], ["set", "--kicker", "Live"]):
        assert _do(blog, *words) == 0
    assert out.read_text().splitlines() == ["add Smoke", "pin Smoke", "set None"]
    assert _do(blog, "undo") == 0
    assert len(out.read_text().splitlines()) == 4


def test_a_blog_files_hooks_run_only_after_trust_and_not_when_they_changed(
    home: Path, blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, out = _noting(home)
    _in_blog(blog, run)
    assert _do(blog, "add", "One") == 0
    assert "hooks were not run" in capsys.readouterr().err
    assert _do(blog, "trust") == 0
    assert run in capsys.readouterr().out
    assert _do(blog, "add", "Two") == 0
    assert capsys.readouterr().err == ""
    blog.write_text(blog.read_text().replace("note.py", "other.py"))
    assert _do(blog, "add", "Three") == 0
    assert "hooks were not run" in capsys.readouterr().err
    blog.write_text(blog.read_text().replace("other.py", "note.py"))
    assert _do(blog, "trust", "--revoke") == 0
    assert _do(blog, "add", "Four") == 0
    assert out.read_text().splitlines() == ["add Two"]


@pytest.mark.parametrize("sign", ["\u202e", "\u2028", "\n", "\u200b"])
def test_trust_shows_what_a_hook_would_hide(
    blog: Path, capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    """A stranger's command must not look like another one, or like two."""
    run = json.dumps(f"sh x{sign}  harmless")
    blog.write_text(f"{blog.read_text()}\n[[hooks]]\nrun = {run}\n")
    capsys.readouterr()
    assert _do(blog, "trust") == 0
    assert f"  sh x{ascii(sign)[1:-1]}  harmless  (every change)\n" in capsys.readouterr().out


def test_trust_is_for_one_file_not_for_its_copy(home: Path, blog: Path) -> None:
    run, out = _noting(home)
    _in_blog(blog, run)
    assert _do(blog, "trust") == 0
    copy = home / "copy.toml"
    copy.write_bytes(blog.read_bytes())
    assert _do(copy, "add", "One") == 0
    assert out.read_text() == ""


def test_trust_in_json_names_the_hooks(
    home: Path, blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _in_blog(blog, "true", 'on = ["add"]')
    capsys.readouterr()
    assert _do(blog, "trust", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "file": str(blog),
        "trusted": True,
        "hooks": [{"run": "true", "on": ["add"]}],
    }


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("false", "exit status 1"),
        ("no-such-command-anywhere", "No such file"),
        ("'unclosed", "not a command line"),
    ],
)
def test_a_failing_hook_is_reported_and_loses_neither_change_nor_status(
    home: Path, blog: Path, run: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _config(home, f'[[hooks]]\nrun = "{run}"\n')
    assert _do(blog, "add", "Smoke") == 0
    said = capsys.readouterr()
    assert words in said.err
    assert "the change is done" in said.err
    assert "added: Smoke" in said.out
    assert len(BlogFile(blog).read().entries) == 1


def test_a_hook_that_changes_the_blog_finds_it_unlocked_and_runs_no_hooks_itself(
    home: Path, blog: Path
) -> None:
    add = f"'{sys.executable}' -m liveblog_cli add Echo --lock-timeout 1"
    _config(home, f'[[hooks]]\nrun = "{add}"\n')
    assert _do(blog, "add", "Smoke") == 0
    assert [e.headline for e in BlogFile(blog).read().entries] == ["Smoke", "Echo"]


def test_what_a_hook_prints_stays_out_of_the_commands_answer(home: Path, blog: Path) -> None:
    _config(home, '[[hooks]]\nrun = "echo hello"\n')
    done = subprocess.run(
        [sys.executable, "-m", "liveblog_cli", "add", "Smoke", "--json", "-f", str(blog)],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["headline"] == "Smoke"
    assert done.stderr == b"hello\n"


def test_a_stream_runs_a_hook_once_a_batch_with_a_line_for_each_entry(
    home: Path, blog: Path
) -> None:
    run, out = _noting(home)
    _config(home, f'[[hooks]]\nrun = "{run}"\n')
    feed = home / "feed.jsonl"
    feed.write_text('{"headline":"A","ref":"a"}\n{"headline":"B"}\n{"headline":"C","ref":"a"}\n')
    assert _do(blog, "add", "--jsonl", str(feed)) == 0
    assert out.read_text().splitlines() == ["add A", "add B", "edit C"]


def test_a_broken_configuration_is_said_with_its_line_before_anything_is_written(
    home: Path, blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _config(home, 'author = "Ada"\nautor = "Bob"\n')
    before = blog.read_bytes()
    assert _do(blog, "add", "Smoke") == 4
    assert "config.toml:2: unknown key 'autor': did you mean 'author'?" in capsys.readouterr().err
    assert blog.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "variable", "by"),
    [(["--by", "Cleo"], "Bob", "Cleo"), ([], "Bob", "Bob"), ([], "", "Ada")],
)
def test_who_is_by_then_variable_then_configuration(
    home: Path,
    blog: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: list[str],
    variable: str,
    by: str,
) -> None:
    _config(home, 'author = "Ada"\n')
    monkeypatch.setenv("LIVEBLOG_AUTHOR", variable)
    assert _do(blog, "add", "Smoke", *given) == 0
    added: Any = BlogFile(blog).read().entries[0].added
    assert added.by == by


def test_without_a_configuration_it_is_the_login_name(
    blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "dora")
    assert _do(blog, "add", "Smoke") == 0
    added: Any = BlogFile(blog).read().entries[0].added
    assert added.by == "dora"
    assert "LIVEBLOG_AUTHOR" not in os.environ


def test_the_editor_is_the_programs_variable_then_the_configuration_then_the_common_ones(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "vi")
    monkeypatch.delenv("LIVEBLOG_EDITOR", raising=False)
    assert editor.editor() == ["vi"]
    _config(home, 'editor = "code --wait"\n')
    assert editor.editor() == ["code", "--wait"]
    monkeypatch.setenv("LIVEBLOG_EDITOR", "nano")
    assert editor.editor() == ["nano"]


def test_hooks_behind_the_first_entry_never_run_and_trust_says_so(
    home: Path, blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, out = _noting(home)
    assert _do(blog, "add", "One") == 0
    _in_blog(blog, run)
    assert _do(blog, "trust") == 0
    assert "hooks behind the first entry never run" in capsys.readouterr().err
    assert _do(blog, "add", "Two") == 0
    assert out.read_text() == ""
