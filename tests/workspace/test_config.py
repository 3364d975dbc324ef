"""A configuration or a home that can't be read is as if there were none: one line, and the work goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter import Reporter

from liveblog_cli import cli

NOBODY = 65534


def _setting(home: Path) -> Path:
    return home / "liveblog" / "config.toml"


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _binary(path: Path) -> None:
    path.write_bytes(b"author = '\xff'")


def _strangers(path: Path) -> None:
    path.write_text('author = "Mallory"\n[[hooks]]\nrun = "touch owned"\n')
    os.chown(path, NOBODY, NOBODY)


ODD = [_folder, _pipe, _dangling, _loop, _binary]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    ODD.append(_strangers)  # the home of another user, as after `su` without -l


@pytest.fixture
def desk_home(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder without a configuration; `dora` is logged in."""
    home = reporter.folder / "home"
    (home / "liveblog").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("LOGNAME", "dora")
    monkeypatch.delenv("LIVEBLOG_AUTHOR")
    return home


def _by(reporter: Reporter) -> list[str]:
    return [e["added"]["by"] for e in reporter.data()["entries"]]


@pytest.mark.parametrize("make", ODD)
def test_what_is_no_readable_configuration_is_named_in_one_line_and_stops_nobody(
    reporter: Reporter, desk_home: Path, make: Callable[[Path], None]
) -> None:
    make(_setting(desk_home))
    done = reporter.done("add", "A")
    assert done.err.count(str(_setting(desk_home))) == 1
    assert "not used" in done.err
    assert _by(reporter) == ["dora"]
    assert not (reporter.folder / "owned").exists()


def test_a_file_in_the_place_of_the_configuration_folder_is_named(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reporter.folder / "file").touch()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(reporter.folder / "file"))
    monkeypatch.delenv("LIVEBLOG_AUTHOR")
    assert "can't be read" in reporter.done("add", "A").err


@pytest.mark.parametrize("words", ["list", "show", "export", "history", "check", "stats"])
def test_who_only_reads_needs_no_configuration(
    reporter: Reporter, desk_home: Path, words: str
) -> None:
    reporter.done("add", "A")
    reporter.done("set", "--url", "https://x.example/")
    (_setting(desk_home)).write_text("broken")
    assert str(desk_home) not in reporter.run(words).err


def test_an_absent_configuration_is_not_worth_a_line(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("LIVEBLOG_AUTHOR")
    for home in ("/nonexistent", "/dev/null", ""):
        monkeypatch.setenv("HOME", home)
        assert reporter.done("add", "A").err == ""


def test_what_is_wrong_is_said_once_a_run_also_where_hooks_and_a_stream_ask(
    reporter: Reporter, desk_home: Path
) -> None:
    _setting(desk_home).write_text("author = 1\n")
    lines = b'{"headline":"A"}\n{"headline":"B"}\n'
    done = reporter.process("add", "--jsonl", "-", stdin=lines)
    assert (done.status, done.err.count("config.toml")) == (0, 1)


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "HOME"])
def test_a_configuration_is_never_looked_for_below_the_folder_of_the_moment(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """A relative path there would let whoever filled this folder run commands."""
    for folder in ("home/liveblog", "home/.config/liveblog", "~/.config/liveblog"):
        (reporter.folder / folder).mkdir(parents=True)
        (reporter.folder / folder / "config.toml").write_text('[[hooks]]\nrun = "touch owned"\n')
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv(variable, "home")
    reporter.done("add", "A")
    assert not (reporter.folder / "owned").exists()


def test_without_home_and_login_everything_works_but_trust_which_says_why(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container that runs under a number: `docker run --user 12345`."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LIVEBLOG_AUTHOR"):
        monkeypatch.delenv(name)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    def nobody(_: int) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr("pwd.getpwuid", nobody)
    reporter.file.write_text(f'{reporter.file.read_text()}\n[[hooks]]\nrun = "true"\n')
    for words in (["add", "A"], ["list"], ["show"], ["export"], ["pin", "last"], ["undo"]):
        assert "bug" not in reporter.done(*words).err
    assert reporter.data()["entries"][0]["added"] == {
        "at": reporter.data()["entries"][0]["added"]["at"]
    }
    refused = reporter.refused("trust")
    assert "XDG_STATE_HOME" in refused.err
    reporter.done("trust", "--revoke")


def test_trust_that_another_user_noted_down_does_not_count(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    monkeypatch.setenv("XDG_STATE_HOME", str(reporter.folder / "state"))
    reporter.file.write_text(f'{reporter.file.read_text()}\n[[hooks]]\nrun = "touch owned"\n')
    reporter.done("trust")
    for record in (reporter.folder / "state").rglob("*"):
        os.chown(record, NOBODY, NOBODY)
    assert "did not trust them" in reporter.done("add", "A").err
    assert not (reporter.folder / "owned").exists()


def _as_nobody(run: Callable[[], int]) -> int:
    """What a function answers as another user, in a process of its own."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            status = run()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone becomes another user"
)
@pytest.mark.parametrize("named", ["", "Ada"])
def test_another_users_home_that_can_not_be_entered_stops_no_command(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    named: str,
) -> None:
    """systemd's ProtectHome, or `su` without -l: HOME is there, and closed."""
    import tempfile

    with tempfile.TemporaryDirectory() as top:
        os.chmod(top, 0o755)
        folder, home = Path(top, "blog"), Path(top, "home")
        folder.mkdir()
        home.mkdir(mode=0o700)
        (home / ".config" / "liveblog").mkdir(parents=True)
        _setting(home / ".config").write_text('author = "Root"\n')
        file, err = folder / "liveblog.toml", folder / "err"
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("LOGNAME", "dora")
        monkeypatch.delenv("XDG_CONFIG_HOME")
        monkeypatch.setenv("LIVEBLOG_AUTHOR", named)
        monkeypatch.setenv("TMPDIR", str(folder))
        monkeypatch.setattr(tempfile, "tempdir", None)
        assert cli.main(["new", "Ort", "-f", str(file)]) == 0
        assert cli.main(["add", "Loads what another user can't import", "-f", str(file)]) == 0
        assert cli.main(["export", "-f", str(file), "-o", str(folder / "first")]) == 0
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)

        def run() -> int:
            with err.open("w") as said:
                sys.stderr = said
                statuses = [
                    cli.main(["add", "A", "-f", str(file)]),
                    cli.main(["list", "-f", str(file)]),
                    cli.main(["export", "-f", str(file), "-o", str(folder / "out")]),
                ]
            return sum(statuses)

        assert _as_nobody(run) == 0, err.read_text()
        assert err.read_text().count(str(_setting(home / ".config"))) == 1
        assert f'by = "{named or "dora"}"' in file.read_text().split("[[entries]]")[-1]
