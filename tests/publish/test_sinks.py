"""An export to what is no file: a pipe, a terminal, a device gets the text and stays what it is."""

from __future__ import annotations

import os
import pty
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import processes
import pytest
from exporting import AFTERNOON, blog_at, entry, photo
from reporter import Reporter

from liveblog_cli import cli, open_blog
from liveblog_cli.publish import sinks

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")


@pytest.fixture(autouse=True)
def blog(newcomer: Reporter) -> Path:
    """A folder with a blog that has a picture."""
    newcomer.at(AFTERNOON)
    folder = newcomer.folder
    blog_at(folder, entry("a1", "Smoke", media=(photo(folder / "a.jpg", (40, 30)),)))
    return folder


def device(path: Path, major: int, minor: int, kind: int = stat.S_IFCHR) -> Path:
    """A device node of our own, never the machine's."""
    try:
        os.mknod(path, kind | 0o666, os.makedev(major, minor))
        if kind == stat.S_IFCHR and major == 1:
            path.open("wb").close()
    except OSError as error:
        pytest.skip(f"no device nodes here: {error}")
    return path


@contextmanager
def read_by(pipe: Path, most: int = -1) -> Iterator[list[bytes]]:
    """A reader at the other end of a named pipe, and what it got of at most so many bytes."""
    got: list[bytes] = []

    def read() -> None:
        with pipe.open("rb") as file:
            got.append(file.read(most))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    yield got
    thread.join(10)
    assert not thread.is_alive()


def test_a_device_is_written_to_and_stays_one(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`export md -o /dev/null`, as root in a container, made the machine's device a file."""
    null = device(blog / "null", 1, 3)
    for command in (["json", "-o", "null"], ["json", "-o", "sub/../null"]):
        (blog / "sub").mkdir(exist_ok=True)
        assert cli.main(["export", *command]) == 0
        assert stat.S_ISCHR(null.stat().st_mode)
    said = capsys.readouterr()
    assert said.out.splitlines()[0].startswith("null  written, ")
    assert "images are not copied" in said.err
    assert not (blog / "media").exists()
    assert not (blog / "public").exists()


def test_a_full_device_is_one_line(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full = device(blog / "full", 1, 7)
    assert cli.main(["export", "json", "-o", "full"]) == 1
    assert "Error: full can't be written: No space left on device\n" in capsys.readouterr().err
    assert stat.S_ISCHR(full.stat().st_mode)


def test_a_device_that_is_not_there_is_no_pipe_without_a_reader(blog: Path) -> None:
    """`-o /dev/tty` in a job without a terminal."""
    device(blog / "tty", 5, 0)
    done = processes.run("export", "json", "-o", "tty", text=True, start_new_session=True)
    assert done.returncode == 1
    assert "Error: tty can't be written: No such device or address\n" in done.stderr


def test_a_pipe_is_written_to_and_stays_one(blog: Path) -> None:
    os.mkfifo(blog / "pipe")
    with read_by(blog / "pipe") as got:
        assert cli.main(["export", "json", "-o", "pipe"]) == 0
    assert b'"Smoke"' in got[0]
    assert stat.S_ISFIFO((blog / "pipe").stat().st_mode)


def test_a_pipe_that_nobody_reads_is_refused_soon(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sinks, "PATIENCE", 0.1)
    os.mkfifo(blog / "pipe")
    assert cli.main(["export", "json", "-o", "pipe"]) == 1
    assert "pipe is a pipe that nobody reads" in capsys.readouterr().err


def test_a_pipe_whose_reader_goes_away_is_one_line(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from liveblog_cli.storage.blogfile import BlogFile

    BlogFile("liveblog.toml").add([entry(f"n{n}", body="x" * 10_000) for n in range(30)])
    os.mkfifo(blog / "pipe")
    with read_by(blog / "pipe", 10):
        assert cli.main(["export", "json", "-o", "pipe"]) == 1
    errors = [e for e in capsys.readouterr().err.splitlines() if e.startswith("Error")]
    assert errors == ["Error: pipe: its reader went away before the end"]


def test_python_writes_into_a_pipe_too(blog: Path) -> None:
    os.mkfifo(blog / "pipe")
    with read_by(blog / "pipe") as got:
        text = open_blog("liveblog.toml").export("json", folder=blog / "pipe")["json"]
    assert got[0].decode() == text
    assert not (blog / "public").exists()


def test_disks_and_sockets_are_refused(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert cli.main(["export", "json", "-o", "socket"]) == 1
    assert "socket is a socket, not a file" in capsys.readouterr().err
    disk = device(blog / "disk", 240, 0, stat.S_IFBLK)
    assert cli.main(["export", "json", "-o", "disk"]) == 1
    assert "disk is a disk, not a file" in capsys.readouterr().err
    assert stat.S_ISBLK(disk.stat().st_mode)


@pytest.mark.parametrize("name", ["pipe", "pipe/", "link"])
def test_five_formats_need_a_folder(
    blog: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    os.mkfifo(blog / "pipe")
    (blog / "link").symlink_to("pipe")
    assert cli.main(["export", "-o", name]) == 1
    [error] = [e for e in capsys.readouterr().err.splitlines() if e.startswith("Error")]
    assert "folder" in error
    assert stat.S_ISFIFO((blog / "pipe").stat().st_mode)


def test_pipes_and_devices_in_the_folder_stay_what_they_are(blog: Path) -> None:
    """`ln -s /dev/null public/feed.xml` keeps a feed from readers; a pipe may feed a server."""
    (blog / "public").mkdir()
    os.mkfifo(blog / "public/index.html")
    null = device(blog / "null", 1, 3)
    (blog / "public/feed.xml").symlink_to(null)
    with read_by(blog / "public/index.html") as got:
        assert cli.main(["export"]) == 0
    assert got[0].startswith(b"<!DOCTYPE html>")
    assert stat.S_ISFIFO((blog / "public/index.html").stat().st_mode)
    assert stat.S_ISCHR(null.stat().st_mode)
    assert (blog / "public/feed.json").is_file()


def test_a_pipe_in_the_folder_that_nobody_reads_keeps_all_as_it_was(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sinks, "PATIENCE", 0.1)
    (blog / "public").mkdir()
    os.mkfifo(blog / "public/atom.xml")
    assert cli.main(["export"]) == 1
    assert "public/atom.xml is a pipe that nobody reads" in capsys.readouterr().err
    assert [p.name for p in (blog / "public").iterdir() if p.is_file()] == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--watch", "-o", "pipe"], "--watch needs a folder"),
        (["--prune", "-o", "pipe"], "--prune needs a folder"),
        (["-o", ""], "-o names no file"),
    ],
)
def test_what_has_no_meaning_is_wrong_usage(
    blog: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    os.mkfifo(blog / "pipe")
    assert cli.main(["export", "json", *args]) == 2
    assert words in capsys.readouterr().err


SHELL = [
    "liveblog export json -o /dev/stdout",
    "liveblog export json -o /dev/fd/1",
    "liveblog export json -o /proc/self/fd/1",
    "liveblog export json -o /dev/stdout | cat",
    "ln -s /dev/stdout link; liveblog export json -o link",
    "liveblog export json -o /dev/stdout >out; cat out",
    "echo '' >out; liveblog export json -o /dev/stdout >>out; cat out",
    "liveblog export json -o >(cat) >/dev/null; wait $!",
    "liveblog export json -o /dev/fd/7 7>out >/dev/null; cat out",
    "liveblog export json -o /dev/stderr 2>&1 >/dev/null | grep -v '^images\\|^the blog has'",
]


@pytest.mark.parametrize("line", SHELL)
def test_files_that_the_shell_opened_get_the_text_and_nothing_else(
    newcomer: Reporter, line: str
) -> None:
    import json

    done = newcomer.shell(line)
    assert json.loads(done.out)["items"][0]["title"] == "Smoke", done.err
    assert "Traceback" not in done.err


def test_a_terminal_gets_the_text(blog: Path) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        done = processes.run("export", "rss", "-o", os.ttyname(theirs))
        assert done.returncode == 0, done.stderr
        assert terminal.read(20).startswith(b"<?xml")
        os.close(theirs)


@pytest.mark.parametrize("name", ["/dev/fd/77", "/dev/stdin"])
def test_what_is_not_open_is_one_line(newcomer: Reporter, name: str) -> None:
    done = newcomer.shell(f"liveblog export json -o {name} </dev/null 77>&-")
    assert done.status == 1
    [error] = [e for e in done.err.splitlines() if e.startswith("Error")]
    assert name in error


@pytest.mark.parametrize("output", ["-", "/dev/stdout", "/dev/fd/1"])
@pytest.mark.parametrize("way", [">>liveblog.toml", "1<>liveblog.toml", ">>other.toml"])
def test_stdout_that_is_the_blog_is_refused(
    newcomer: Reporter, blog: Path, output: str, way: str
) -> None:
    """`export md -o - >> liveblog.toml`: the file that is read is the file that is written."""
    (blog / "other.toml").write_text('title = "Another"\n')
    before = (blog / "liveblog.toml").read_bytes()
    done = newcomer.shell(f"liveblog export md -o {output} {way}")
    assert done.status == 1
    assert ".toml" in done.err
    assert (blog / "liveblog.toml").read_bytes() == before
    assert (blog / "other.toml").read_text() == 'title = "Another"\n'


@pytest.mark.parametrize("way", [">>liveblog.toml", ">>liveblog.toml 2>&1", "1<>liveblog.toml"])
@pytest.mark.parametrize(
    "words", ["list", "check -f sub/../liveblog.toml", "add X", "edit a1 --tag x"]
)
def test_no_command_answers_into_the_blog_that_it_reads(
    newcomer: Reporter, blog: Path, words: str, way: str
) -> None:
    """`list >> liveblog.toml` for `liveblog.txt`: the blog was no TOML any more, with exit 0."""
    (blog / "sub").mkdir()
    before = (blog / "liveblog.toml").read_bytes()
    done = newcomer.shell(f"liveblog {words} {way}")
    assert done.status == 1
    assert "liveblog.toml is the blog" in done.err or way.endswith("2>&1")
    assert (blog / "liveblog.toml").read_bytes() == before


def test_no_hint_or_error_goes_into_the_blog(newcomer: Reporter, blog: Path) -> None:
    before = (blog / "liveblog.toml").read_bytes()
    assert newcomer.shell("liveblog export json -o - 2>>liveblog.toml").status == 0
    assert newcomer.shell("liveblog show b7 2>>liveblog.toml").status == 3
    assert (blog / "liveblog.toml").read_bytes() == before
