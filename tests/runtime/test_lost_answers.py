"""What was done is reported as done, though its answer could not be written; nobody repeats it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import processes
import pytest
from processes import Fork
from reporter import Reporter

WHEN = "2024-11-12T13:00:00+01:00"

CHANGES = [
    ("new Ort -f other.toml", "other.toml made"),
    ("set --kicker Live", "set, in "),
    ("add-entry Neu", "add "),
    ("add-entry Neu --ref a", "edit {a}"),
    ("add-entry --jsonl lines", "add "),
    ("add-entry --jsonl --atomic lines", "add "),
    ("edit {a} Anders", "edit {a}"),
    ("pin {a}", "pin {a}"),
    ("unpin {b}", "unpin {b}"),
    ("retract {a}", "retract {a}"),
    ("restore {c}", "restore {c}"),
    ("publish {d}", "publish {d}"),
    ("note add kasten Text", "note add, in "),
    ("note edit da Text", "note edit, in "),
    ("note remove da", "note remove, in "),
    ("close", "close, in "),
    ("reopen", "reopen, in "),
    ("rollover next.toml", "rollover, in "),
    ("undo", "undo {a}"),
    ("redo", "redo "),
    ("trust", "trusted"),
    ("trust --revoke", "not trusted any more"),
    ("export -o public", "export of html, md, json, rss, atom to public"),
    ("theme init mine", "mine/page.html made"),
]
"""Every command that changes something, and what stderr then says was done."""


@pytest.fixture
def prepared(reporter: Reporter) -> tuple[Reporter, dict[str, str]]:
    """A blog in which each of the changes can be made."""
    file = reporter.file
    file.write_text(f'{file.read_text()}\n[[hooks]]\nrun = "true"\non = ["none"]\n')
    reporter.done("note", "add", "da", "Box")
    z = reporter.done("add", "Z").id
    reporter.done("pin", z)
    reporter.done("undo")
    names = {
        "z": z,
        "b": reporter.done("add", "B", "--pin").id,
        "c": reporter.done("add", "C").id,
        "d": reporter.done("add", "D", "--draft").id,
    }
    reporter.done("retract", names["c"])
    names["a"] = reporter.done("add", "A", "--ref", "a").id
    (reporter.folder / "lines").write_text('{"headline": "Neu"}\n')
    return reporter, names


@contextmanager
def _full() -> Iterator[int]:
    with open("/dev/full", "wb") as file:
        yield file.fileno()


@contextmanager
def _unread() -> Iterator[int]:
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


NOWHERE = [
    pytest.param(_full, "No space left on device", id="full"),
    pytest.param(_unread, "Broken pipe", id="pipe"),
]
pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.mark.parametrize(("stdout", "why"), NOWHERE)
@pytest.mark.parametrize(("words", "deed"), CHANGES, ids=[words for words, _ in CHANGES])
def test_a_change_whose_answer_is_lost_is_reported_as_done_with_status_7(
    prepared: tuple[Reporter, dict[str, str]],
    words: str,
    deed: str,
    stdout: Callable[[], Iterator[int]],
    why: str,
) -> None:
    reporter, names = prepared
    if words == "redo":
        reporter.done("pin", names["z"])
        reporter.done("undo")
    if words == "reopen":
        reporter.done("close")
    if words == "trust --revoke":
        reporter.done("trust")
    before = reporter.files()
    with stdout() as out:  # type: ignore[attr-defined]  # a context manager
        done = processes.run(*words.format(**names).split(), cwd=reporter.folder, stdout=out)
    said = done.stderr.decode()
    assert (done.returncode, "bug" in said) == (7, False), said
    assert why in said
    assert f"Done: {deed.format(**names)}" in said or deed in said
    assert words.startswith("trust") or reporter.files() != before


@pytest.mark.parametrize("words", ["list", "show", "history", "stats", "check", "schema", "-h"])
def test_reading_into_a_full_disk_fails_in_one_line_and_into_a_closed_pipe_does_not(
    reporter: Reporter, words: str
) -> None:
    reporter.done("add", "A")
    statuses = {}
    for name, stdout in (("full", _full), ("pipe", _unread)):
        with stdout() as out:
            done = processes.run(words, cwd=reporter.folder, stdout=out)
        statuses[name] = done.returncode, done.stderr.decode().splitlines()[-1:]
    assert statuses["full"] == (1, ["Error: output: No space left on device"])
    assert statuses["pipe"][0] == 0


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full"])
def test_with_stdout_and_stderr_gone_the_exit_status_alone_tells_the_truth(
    reporter: Reporter, closed: str
) -> None:
    assert reporter.shell(f"liveblog add Here {closed}").status == 7
    assert [e["headline"] for e in reporter.data()["entries"]] == ["Here"]


def test_a_stream_whose_answers_are_lost_takes_all_lines_and_says_which_were_refused(
    reporter: Reporter,
) -> None:
    """1 goes before 7: a line that was refused was not done."""
    given = [b'{"headline":"A"}\n{"headline":"B"}\n', b'{"headline":"C"}\n{"headlin":"D"}\n']
    statuses, said = [], []
    for lines in given:
        with open("/dev/full", "wb") as full:
            done = processes.run(
                "add", "--jsonl", "-", cwd=reporter.folder, input=lines, stdout=full
            )
        statuses.append(done.returncode)
        said.append(done.stderr.decode())
    assert statuses == [7, 1]
    assert "line 2: unknown key 'headlin'" in said[1]
    entries = reporter.data()["entries"]
    assert [e["headline"] for e in entries] == ["A", "B", "C"]
    assert f"Done: add {entries[0]['id']}, {entries[1]['id']}" in said[0]


def test_an_answer_to_a_terminal_that_was_lost_is_status_7(reporter: Reporter) -> None:
    """Its window was closed: a write to it fails with EIO."""
    import pty

    ours, theirs = pty.openpty()
    os.close(ours)
    done = processes.run("add", "A", cwd=reporter.folder, stdout=theirs)
    os.close(theirs)
    assert done.returncode == 7
    assert b"Done: add " in done.stderr


def test_a_bug_behind_a_change_says_that_the_change_was_made(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("liveblog_cli.commands.add_entry.tell_change", broken)
    result = reporter.run("add", "Here")
    assert (result.status, "bug" in result.err) == (7, True)
    (entry,) = reporter.data()["entries"]
    assert f"Done: add {entry['id']}" in result.err


def test_rollover_that_fails_at_its_second_step_says_what_the_first_one_did(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from liveblog_cli import errors

    def busy(*_: object, **__: object) -> None:
        raise errors.LockBusy("busy")

    monkeypatch.setattr("liveblog_cli.storage.blogfile.BlogFile.set", busy)
    result = reporter.run("rollover", "next.toml")
    assert result.status == 5
    assert f"Done: {reporter.folder / 'next.toml'} made" in result.err


def _until(true: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it never happened")


@pytest.mark.parametrize("words", [["add", "A"], ["--debug", "add", "A"]])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_waits_for_a_lock_is_stopped_at_once_and_nothing_is_changed(
    reporter: Reporter, number: signal.Signals, words: list[str]
) -> None:
    from liveblog_cli.storage import lock, lock_file

    before = reporter.file.read_bytes()
    with lock.hold(reporter.file):
        running = Fork(*words, cwd=reporter.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wanted = f"{lock_file.path_of(reporter.file)}"
        fds = Path(f"/proc/{running.pid}/fd")
        _until(lambda: any(_target(fd) == wanted for fd in fds.iterdir()))
        running.send_signal(number)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 128 + number
    assert (out, b"Traceback" in err) == (b"", False)
    assert err.startswith(b"Error: ")
    assert reporter.file.read_bytes() == before


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


STOPPED = """
import os, signal, sys
from liveblog_cli import __main__
from liveblog_cli.storage import store
write = store.{name}
def stopped(*given, **more):
    done = write(*given, **more)
    os.kill(os.getpid(), {number})
    return done
store.{name} = stopped
sys.argv[0] = "liveblog"
__main__.main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("add A", "Store.transaction"),
        ("pin {id}", "Store.transaction"),
        ("close", "Store.transaction"),
        ("undo", "Store.transaction"),
        ("rollover next.toml", "Store.create"),
    ],
)
def test_a_signal_right_behind_the_write_waits_for_the_answer(
    reporter: Reporter, words: str, name: str, number: signal.Signals
) -> None:
    """The change is in the file, so it is answered as done: whoever asks is not told "stopped"."""
    first = reporter.done("add", "First").id
    code = STOPPED.format(name=name, number=int(number))
    done = subprocess.run(
        [sys.executable, "-c", code, *words.format(id=first).split()],
        cwd=reporter.folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stderr.count(b"Error")) == (0, 0), done.stderr
    assert done.stdout
    if words.startswith("rollover"):
        assert "ended" in reporter.data()


@pytest.fixture
def stuck() -> Iterator[int]:
    """A pipe that is full, and that nobody reads."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while os.write(writing, b"x" * 4096):
            pass
    os.set_blocking(writing, True)
    yield writing
    os.close(reading)
    os.close(writing)


def _waits(pid: int) -> bool:
    """Whether a process waits until it can read or write without waiting (`select`)."""
    return any(call in Path(f"/proc/{pid}/wchan").read_text() for call in ("select", "poll"))


def _writes_to_a_pipe(pid: int) -> bool:
    return "pipe_w" in Path(f"/proc/{pid}/wchan").read_text()


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_hangs_at_its_answer_can_be_ended_and_says_what_was_done(
    reporter: Reporter, stuck: int, number: signal.Signals, times: int
) -> None:
    """By one signal after a moment (a supervisor sends no more), by a second one at once."""
    running = Fork("add", "A", cwd=reporter.folder, stdout=stuck, stderr=subprocess.PIPE)
    _until(lambda: _writes_to_a_pipe(running.pid))
    for _ in range(times):
        assert running.poll() is None
        running.send_signal(number)
        time.sleep(0.1)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 128 + number
    assert f"Done: add {reporter.data()['entries'][0]['id']}" in err.decode()


def test_a_stream_that_hangs_at_an_answer_is_ended_by_one_sigterm(
    reporter: Reporter, stuck: int
) -> None:
    with Fork(
        "add",
        "--jsonl",
        cwd=reporter.folder,
        stdin=subprocess.PIPE,
        stdout=stuck,
        stderr=subprocess.PIPE,
        bufsize=0,
    ) as running:
        assert running.stdin
        running.stdin.write(b'{"headline":"A"}\n')
        _until(lambda: _writes_to_a_pipe(running.pid))
        running.send_signal(signal.SIGTERM)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 143
    assert f"Done: add {reporter.data()['entries'][0]['id']}" in err.decode()


def test_pipes_that_a_caller_made_non_blocking_are_waited_for(reporter: Reporter) -> None:
    """As event loops do with what they hand to their children."""
    reporter.done("add", "A", "-b", "many words " * 40_000)
    for words in (["show", "last", "--json"], ["add", "--jsonl", "-"], ["add", "-"]):
        reading, writing = os.pipe()
        theirs, ours = os.pipe()
        os.set_blocking(writing, False)
        os.set_blocking(theirs, False)
        running = Fork(
            *words, cwd=reporter.folder, stdin=theirs, stdout=writing, stderr=subprocess.PIPE
        )
        os.close(writing)
        os.close(theirs)
        _until(partial(_waits, running.pid))  # it finds nothing to read, or the pipe full
        os.write(ours, b'{"headline": "B"}\n')
        os.close(ours)
        with open(reading, "rb") as answers:
            out = answers.read()
        _, err = running.communicate(timeout=20)
        assert (running.returncode, err) == (0, b""), words
        assert len(out) > (400_000 if words[0] == "show" else 10)
    assert len(reporter.data()["entries"]) == 3


def test_sigterm_ends_a_stream_with_143_and_every_line_in_the_file_is_answered(
    reporter: Reporter,
) -> None:
    with Fork(
        "add",
        "--jsonl",
        cwd=reporter.folder,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        for n in range(20):
            running.stdin.write(f'{{"headline":"{n}"}}\n'.encode() * 20)
        answers = [running.stdout.readline()]
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, b"Traceback" in err) == (143, False)
    answered = {json.loads(line)["id"] for line in [*answers, *out.splitlines()]}
    assert {e["id"] for e in reporter.data()["entries"]} == answered
