"""A hook that waits for an action that is none never runs: that is said, and stops nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reporter import Reporter

import liveblog_cli
from liveblog_cli.model.values import ACTIONS

HOOKS = '[[hooks]]\nrun = "true"\n[[hooks]]\nrun = "true"\non = ["pin", "ad"]\n'
SAID = "hooks: there is no action 'ad': did you mean 'add'?"


@pytest.fixture
def settings(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of a user who has mistyped an action."""
    path = reporter.folder / "home" / "liveblog" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'author = "Ada"\n{HOOKS}')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(reporter.folder / "home"))
    monkeypatch.delenv("LIVEBLOG_AUTHOR")
    return path


@pytest.fixture
def mistyped(reporter: Reporter) -> Reporter:
    """A blog with such a hook of its own; the last table of its head begins in line 9."""
    reporter.file.write_text(f"{reporter.file.read_text()}\n{HOOKS}")
    return reporter


def line_in(path: Path) -> int:
    """The line of the last hook's table."""
    text = path.read_text()
    return text.count("\n", 0, text.rindex("[[hooks]]")) + 1


def test_in_a_configuration_it_is_named_with_its_line_and_the_rest_is_used(
    reporter: Reporter, settings: Path
) -> None:
    done = reporter.done("add", "A")
    assert done.err == f"{settings}:{line_in(settings)}: {SAID}\n"
    assert reporter.data()["entries"][0]["added"]["by"] == "Ada"


def test_in_a_blog_file_every_change_names_it_with_its_line(mistyped: Reporter) -> None:
    for words in (["add", "A"], ["pin", "last"], ["set", "--kicker", "Live"]):
        err = mistyped.done(*words).err
        assert f"{mistyped.file}:{line_in(mistyped.file)}: {SAID}\n" in err


def test_a_stream_says_it_once(mistyped: Reporter) -> None:
    lines = b'{"headline":"A"}\n{"headline":"B"}\n'
    done = mistyped.process("add", "--jsonl", "-", stdin=lines)
    assert (done.status, done.err.count(SAID)) == (0, 1)


def test_who_trusts_a_files_hooks_hears_of_it(mistyped: Reporter) -> None:
    assert f"{mistyped.file}:{line_in(mistyped.file)}: {SAID}\n" in mistyped.done("trust").err


def test_check_names_it_and_a_blog_of_a_newer_program_stays_readable(mistyped: Reporter) -> None:
    """What this program does not know, a newer one may: the file is not broken."""
    found = mistyped.done("check").out
    assert f"liveblog.toml:{line_in(mistyped.file)}: warning: {SAID} [unknown-action]" in found
    mistyped.done("add", "A")
    assert len(mistyped.done("list", "--json").json) == 1
    mistyped.done("export")


def test_hooks_that_wait_for_real_actions_are_not_spoken_of(reporter: Reporter) -> None:
    every = ", ".join(f'"{action}"' for action in ACTIONS)
    reporter.file.write_text(f'{reporter.file.read_text()}\n[[hooks]]\nrun = "x"\non = [{every}]\n')
    assert reporter.done("check").out.count("action") == 0
    assert "action" not in reporter.done("add", "A").err


def test_every_action_that_a_command_writes_down_is_known() -> None:
    package = Path(liveblog_cli.__file__).parent
    found = {
        action
        for path in package.rglob("*.py")
        for action in re.findall(r'stamp\(\s*"([^"]+)"', path.read_text("utf-8"))
    }
    assert {"edit", "note add", "rollover"} <= found <= set(ACTIONS)


def test_the_documentation_names_every_action() -> None:
    text = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text("utf-8")
    assert [a for a in ACTIONS if f"`{a}`" not in text] == []
