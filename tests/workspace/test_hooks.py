"""Hooks: commands that run after a change, never unasked, and never at the change's expense."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import processes
import pytest
from processes import LIVEBLOG, Fork
from terminal import on_terminal

from liveblog_cli import cli, open_blog
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace import editor, hooks

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
    done = processes.run("add", "Smoke", "--json", "-f", str(blog), check=True)
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


def test_a_broken_configuration_is_said_with_its_line_and_stops_nobody(
    home: Path, blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reporter on deadline gets the entry in, under the login name; nothing of the file is used."""
    monkeypatch.setenv("LOGNAME", "dora")
    _config(home, 'author = "Ada"\nautor = "Bob"\n[[hooks]]\nrun = "false"\n')
    capsys.readouterr()
    assert _do(blog, "add", "Smoke") == 0
    said = capsys.readouterr().err
    assert said.count("config.toml:2: unknown key 'autor': did you mean 'author'?") == 1
    assert "the configuration is not used" in said
    assert "hook " not in said
    added: Any = BlogFile(blog).read().entries[0].added
    assert added.by == "dora"


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
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("LIVEBLOG_EDITOR", raising=False)
    assert editor.find_editor().command == "vi"
    _config(home, 'editor = "code --wait"\n')
    assert editor.find_editor().command == "code --wait"
    monkeypatch.setenv("LIVEBLOG_EDITOR", "nano")
    assert editor.find_editor().command == "nano"


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


WAITING = """
import os, sys, time
lines = sys.stdin.read().splitlines()
deadline = time.monotonic() + 30
while not os.path.exists({go!r}) and time.monotonic() < deadline:
    time.sleep(0.01)
with open({out!r}, "a") as file:
    print(os.path.exists({go!r}), *[line.split('"headline":"')[1][:2] for line in lines], file=file)
"""


def _waiting(home: Path) -> tuple[Path, Path]:
    """A hook that waits for a file, and the file in which it then notes what it was told."""
    go, out, script = home / "go", home / "noted", home / "wait.py"
    script.write_text(WAITING.format(go=str(go), out=str(out)))
    _config(home, f"[[hooks]]\nrun = \"'{sys.executable}' '{script}'\"\n")
    return go, out


def _shell(home: Path, script: str) -> None:
    """A hook that is a shell script."""
    (home / "hook.sh").write_text(script)
    _config(home, f"[[hooks]]\nrun = \"sh '{home / 'hook.sh'}'\"\n")


def _until(true: Callable[[], bool]) -> None:
    for _ in range(4_000):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it never happened")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_answer_is_given_before_a_hook_ends(home: Path, blog: Path) -> None:
    go, out = _waiting(home)
    with Fork("add", "A1", "-f", str(blog), stdout=subprocess.PIPE) as running:
        assert running.stdout
        assert b"added: A1" in running.stdout.readline()
        go.touch()
    assert (running.returncode, out.read_text()) == (0, "True A1\n")


def test_a_slow_hook_holds_up_no_line_and_gets_those_that_waited_together(
    home: Path, blog: Path
) -> None:
    go, out = _waiting(home)
    with Fork(
        "add", "--jsonl", "-f", str(blog), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as running:
        assert running.stdin
        assert running.stdout
        for number in range(6):
            running.stdin.write(f'{{"headline":"A{number}"}}\n'.encode())
            assert b"added" in running.stdout.readline()
        assert not out.exists()
        go.touch()
        running.stdin.close()
    assert (running.returncode, out.read_text()) == (0, "True A0\nTrue A1 A2 A3 A4 A5\n")


def test_hooks_run_also_where_the_answer_could_not_be_written(home: Path, blog: Path) -> None:
    run, out = _noting(home)
    _config(home, f'[[hooks]]\nrun = "{run}"\n')
    with open("/dev/full", "wb") as full:
        done = processes.run("add", "A", "-f", str(blog), stdout=full)
    assert (done.returncode, out.read_text()) == (7, "add A\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_a_hook_runs_ends_it_with_all_it_started_and_the_change_is_done(
    home: Path, blog: Path, number: signal.Signals
) -> None:
    """The status stays 0: the entry is in the file and its id was given."""
    _shell(
        home, f"sleep 300 &\necho $! > '{home}/pid.new'\nmv '{home}/pid.new' '{home}/pid'\nwait\n"
    )
    running = Fork("add", "A", "-f", str(blog), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _until((home / "pid").exists)
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert b"added: A" in out
    assert b"ended; the change is done" in err
    assert not _runs(int((home / "pid").read_text()))


def test_a_signal_ends_a_stream_and_its_hooks_and_says_what_they_were_not_told(
    home: Path, blog: Path
) -> None:
    _shell(home, f"echo >> '{home}/runs'\nsleep 300\n")
    with Fork(
        "add",
        "--jsonl",
        "-f",
        str(blog),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    ) as running:
        assert running.stdin
        assert running.stdout
        for _ in range(3):
            running.stdin.write(b'{"headline":"A"}\n')
            running.stdout.readline()
        _until((home / "runs").exists)
        running.send_signal(signal.SIGTERM)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 143
    assert b"ended; the change is done" in err
    assert b"no hooks were run after add (2)" in err
    assert (home / "runs").read_text() == "\n"


def test_a_hook_that_takes_too_long_is_ended_even_where_it_ignores_sigterm(
    home: Path, blog: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hooks, "PATIENCE", 0.3)
    monkeypatch.setattr(hooks, "GRACE", 0.2)
    _shell(home, f"trap '' TERM\necho $$ > '{home}/pid'\nwhile :; do sleep 1; done\n")
    assert _do(blog, "add", "A") == 0
    assert "not done after 0.3 seconds, and ended" in capsys.readouterr().err
    assert not _runs(int((home / "pid").read_text()))


def test_what_a_hook_leaves_in_the_background_holds_up_nobody(home: Path, blog: Path) -> None:
    """Not even who waits for the end of our stderr, as programs do that call us."""
    _shell(home, f"sleep 60 &\necho $! > '{home}/pid'\necho started\n")
    done = processes.run("add", "A", "-f", str(blog))
    assert (done.returncode, done.stderr) == (0, b"started\n")
    pid = int((home / "pid").read_text())
    assert _runs(pid)
    os.kill(pid, signal.SIGKILL)


def test_a_hook_need_not_read_what_it_is_told(
    home: Path, blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _config(home, '[[hooks]]\nrun = "true"\n')
    feed = home / "feed.jsonl"
    feed.write_text('{"headline":"A","body":"' + "many words " * 9_000 + '"}\n' * 1)
    feed.write_text(feed.read_text() * 20)
    assert _do(blog, "add", "--jsonl", str(feed)) == 0
    assert capsys.readouterr().err == ""


def test_a_hook_has_no_terminal_to_read_from_or_to_spoil(home: Path, blog: Path) -> None:
    _shell(
        home, "exec 2>&1\nstty -echo raw < /dev/tty && echo reached\ntest -t 1 && echo tty\ncat\n"
    )
    screen = on_terminal("add", "A", folder=blog.parent)
    assert screen.status == 0
    assert '"headline":"A"' in screen.text
    assert "reached" not in screen.text
    assert "tty" not in screen.lines


def test_a_hook_prints_in_any_locale(home: Path, blog: Path) -> None:
    _shell(home, r"printf 'F\303\244hre \377\n'")
    done = subprocess.run(
        [*LIVEBLOG, "add", "A", "-f", str(blog)],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"F\\xe4hre \\xff\n")


def test_no_room_for_what_hooks_are_told_is_said_and_the_change_is_done(
    home: Path, blog: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run, out = _noting(home)
    _config(home, f'[[hooks]]\nrun = "{run}"\n')
    monkeypatch.setattr(tempfile, "tempdir", str(home / "none"))
    assert _do(blog, "add", "A") == 0
    assert "hooks are not told of add" in capsys.readouterr().err
    assert out.read_text() == ""


def test_from_python_a_change_waits_for_no_hook_and_wait_does(home: Path, blog: Path) -> None:
    go, out = _waiting(home)
    opened = open_blog(blog)
    for headline in ("A1", "A2", "A3"):
        opened.add(headline)
    assert not out.exists()
    go.touch()
    opened.wait()
    assert out.read_text() == "True A1\nTrue A2 A3\n"


def test_a_python_program_that_ends_waits_for_its_hooks(home: Path, blog: Path) -> None:
    run, out = _noting(home)
    _config(home, f'[[hooks]]\nrun = "{run}"\n')
    code = f"from liveblog_cli import open_blog; open_blog({str(blog)!r}).add('A')"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert out.read_text() == "add A\n"


STOPPED_AT_THE_START = """
import os, signal, sys, threading
from liveblog_cli import __main__
start = threading.Thread.start
def stopped(thread):
    os.kill(os.getpid(), signal.SIGINT)
    start(thread)
threading.Thread.start = stopped
__main__.main()
"""


def test_a_signal_at_the_moment_a_hook_starts_ends_it_too(home: Path, blog: Path) -> None:
    _shell(home, "sleep 300\n")
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_AT_THE_START, "add", "A", "-f", str(blog)],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, b"the change is done" in done.stderr) == (0, True), done.stderr
    assert b"added: A" in done.stdout
