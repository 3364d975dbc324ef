"""Half an entry at the end of the file: readers leave it out, writers wait for whoever types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from reporter import Reporter

from liveblog_cli.model.values import Entry
from liveblog_cli.storage import disk, lock, lock_file
from liveblog_cli.storage.blogfile import BlogFile

HEAD = 'format = 1\ntitle = "t"\nid = "urn:uuid:1"\ntimezone = "UTC"\n'
WHOLE = '\n[[entries]]\nid = "aaaaa"\ntime = 2024-11-12T08:00:00Z\nheadline = "whole"\n'
HALF = {
    "a body that goes on": '\n[[entries]]\nid = "bbbbb"\nbody = """\nThe minister said',
    "a body that the editor ended with a line end": '\n[[entries]]\nbody = """\nThe minister\n',
    "a line": '\n[[entries]]\nheadline = "The mini',
    "a list": '\n[[entries]]\ntags = [\n  "kursk",\n',
    "a header": "\n[[entr",
    "a box": '\n[[notes]]\nid = "n"\ntext = """\nWhat the parties',
    "a box behind another": '\n[[notes]]\nid = "n"\ntext = "x"\n\n[[notes]]\nid = "m"\ntext = "ha',
    "a header of a box": "\n[[not",
    "a header whole": "\n[[entries]]",
}
FIRST = {"a box behind another": 15}
"""The line in which the half begins; elsewhere 11."""
READERS = [
    ("list",),
    ("list", "--json"),
    ("show",),
    ("show", "aaaaa"),
    ("export", "-o", "out"),
    ("history",),
    ("diff", "2000-01-01"),
    ("sources",),
    ("stats",),
    ("handover",),
]
WRITERS = [
    ("add", "news"),
    ("edit", "aaaaa", "--label", "L"),
    ("pin", "aaaaa"),
    ("retract", "aaaaa"),
    ("set", "--kicker", "k"),
    ("note", "add", "box", "--text", "x"),
    ("close",),
    ("undo", "aaaaa"),
]


def lie_untouched(path: Path, seconds: float = 61) -> None:
    """As if nobody had saved the file for so long."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - int(seconds * 1e9)))


def _beside(file: Path) -> dict[str, bytes]:
    found = (p for p in file.parent.iterdir() if p.is_file() and p.suffix != ".lock")
    return {p.name: p.read_bytes() for p in found}


@pytest.mark.parametrize("half", HALF)
def test_reading_leaves_the_file_and_what_is_beside_it_alone(reporter: Reporter, half: str) -> None:
    reporter.file.write_text(HEAD + WHOLE + HALF[half])
    line = FIRST.get(half, 11)
    for age in (0, 61):
        lie_untouched(reporter.file, age)
        before, moment = _beside(reporter.file), reporter.file.stat().st_mtime_ns
        for words in READERS:
            result = reporter.done(*words)
            assert (
                f"{reporter.file}:{line}: the file ends inside the block that begins here"
                in result.err
            ), words
        assert _beside(reporter.file) == before
        assert reporter.file.stat().st_mtime_ns == moment
        assert not lock_file.path_of(reporter.file).exists()


def test_readers_show_what_stands_before_the_half_entry(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + WHOLE + HALF["a line"])
    assert [e["id"] for e in reporter.done("list", "--json").json] == ["aaaaa"]
    assert "The mini" not in reporter.done("export", "md", "-o", "-").out


def test_check_finds_it_and_changes_nothing(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + WHOLE + HALF["a line"])
    before = _beside(reporter.file)
    result = reporter.run("check", "--json")
    assert result.status == 4
    assert [(f["line"], f["message"]) for f in result.json if "ends inside" in f["message"]] == [
        (11, "the file ends inside the block that begins here")
    ]
    assert _beside(reporter.file) == before


@pytest.mark.parametrize("words", WRITERS)
@pytest.mark.parametrize("half", HALF)
def test_who_types_at_this_moment_is_not_cut_off(
    reporter: Reporter, words: tuple[str, ...], half: str
) -> None:
    reporter.file.write_text(HEAD + WHOLE + HALF[half])
    before = _beside(reporter.file)
    result = reporter.run(*words, "--lock-timeout", "0")
    assert result.status == 5
    assert (
        f":{FIRST.get(half, 11)}: the file ends inside the block that begins here, saved a moment ago"
        in result.err
    )
    assert result.out == ""
    assert _beside(reporter.file) == before


@contextmanager
def _finished_in_a_moment(file: Path, rest: str) -> Iterator[None]:
    def finish() -> None:
        time.sleep(0.3)
        file.write_text(file.read_text() + rest)

    thread = threading.Thread(target=finish)
    thread.start()
    yield
    thread.join()


def test_a_writer_goes_on_when_the_entry_is_whole(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + WHOLE + HALF["a line"])
    typed = 'ster"\nid = "bbbbb"\ntime = 2024-11-12T08:01:00Z\n'
    with _finished_in_a_moment(reporter.file, typed):
        new = reporter.done("add", "news", "--lock-timeout", "20").id
    assert reporter.file.read_text().startswith(HEAD + WHOLE + HALF["a line"] + typed)
    listed = reporter.done("list", "--json").json
    assert {e["id"] for e in listed} == {"aaaaa", "bbbbb", new}


@pytest.mark.parametrize("half", HALF)
@pytest.mark.parametrize("seconds", [61, -7200])
def test_what_lay_untouched_for_a_minute_is_kept_beside(
    reporter: Reporter, half: str, seconds: float
) -> None:
    """Also where the file's time lies far ahead, as after a clock that was wrong."""
    reporter.file.write_text(HEAD + WHOLE + HALF[half])
    lie_untouched(reporter.file, seconds)
    result = reporter.done("add", "news")
    kept = reporter.file.with_name("liveblog.toml.torn-1").read_text()
    assert (HEAD + WHOLE + HALF[half]).endswith("\n" + kept)
    assert (HEAD + WHOLE + HALF[half]).splitlines()[FIRST.get(half, 11) - 1] == kept.splitlines()[0]
    assert f"the {len(kept)} torn bytes are now in liveblog.toml.torn-1" in result.err
    assert len(reporter.done("list", "--json").json) == 2


def test_a_stream_keeps_its_lines_while_somebody_types(tmp_path: Path) -> None:
    file = tmp_path / "liveblog.toml"
    file.write_text(HEAD + WHOLE + HALF["a line"])
    words = [sys.executable, "-m", "liveblog_cli", "add", "--jsonl", "-", "-f", str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*words, "--lock-timeout", "0"], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as stream:
        assert stream.stdin
        assert stream.stdout
        assert stream.stderr
        stream.stdin.write('{"headline": "from the wire"}\n')
        stream.stdin.flush()
        said = stream.stderr.readline()
        assert "saved a moment ago" in said
        assert "the stream goes on when it can" in said
        file.write_text(file.read_text() + 'ster"\nid = "bbbbb"\ntime = 2024-11-12T08:01:00Z\n')
        answer = json.loads(stream.stdout.readline())
        stream.stdin.close()
        assert stream.wait(20) == 0
        assert stream.stderr.read() == ""
    ids = [e.id for e in BlogFile(file).read().entries]
    assert ids == ["aaaaa", "bbbbb", answer["id"]]


def test_an_append_under_way_is_not_there_yet_and_nothing_is_said(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + WHOLE)
    size, data = reporter.file.stat().st_size, WHOLE.replace("aaaaa", "bbbbb").encode()
    with lock.hold(reporter.file) as held:
        held.note(held.memory.begin_append(size, data))
        with reporter.file.open("r+b") as file:
            disk.append(file.fileno(), size, data[: data.index(b"headline")])
        result = reporter.done("list", "--json")
    assert ([e["id"] for e in result.json], result.err) == (["aaaaa"], "")


def test_what_a_person_typed_on_after_a_kill_is_not_cut_at_once(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + WHOLE)
    size, data = reporter.file.stat().st_size, (HALF["a body that goes on"] + "x" * 5000).encode()
    with lock.hold(reporter.file) as held:
        held.note(held.memory.begin_append(size, data))
    lie_untouched(lock_file.path_of(reporter.file))
    text = HEAD + WHOLE + data.decode()[:2500] + "typed on by hand"
    reporter.file.write_text(text)
    for _ in range(2):
        assert reporter.run("add", "news", "--lock-timeout", "0").status == 5
        assert reporter.file.read_text() == text


ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", [*READERS, *WRITERS])
def test_a_file_in_another_encoding_is_refused_whole(
    reporter: Reporter, encoding: str, words: tuple[str, ...]
) -> None:
    reporter.file.write_bytes((HEAD + WHOLE).encode(encoding))
    lie_untouched(reporter.file)
    before = _beside(reporter.file)
    result = reporter.run(*words)
    assert result.status == 4
    name = encoding[:6].upper()
    assert f"{reporter.file}:1: {name}, not UTF-8\nHint: save it as UTF-8" in result.err
    assert _beside(reporter.file) == before


def test_a_new_blog_in_the_place_of_one_that_was_moved_misses_nothing(reporter: Reporter) -> None:
    reporter.file.unlink()
    reporter.done("new", "first")
    for number in range(3):
        reporter.done("add", f"h{number}")
    reporter.file.rename(reporter.folder / "old.toml")
    reporter.done("new", "second")
    assert reporter.done("add", "in the second").err == ""
    (reporter.folder / "old.toml").replace(reporter.file)
    assert reporter.done("add", "in the first").err == ""


@pytest.mark.parametrize("mark", [b"\xff\xfe", b""])
def test_text_of_another_encoding_behind_the_entries_is_not_taken_for_a_tear(
    reporter: Reporter, mark: bytes
) -> None:
    """As a shell leaves it that appends UTF-16 to a file in UTF-8."""
    line = 10 if mark else 11
    whole = (HEAD + WHOLE).encode() + mark + '\nlabel = "x"\n'.encode("utf-16-le")
    reporter.file.write_bytes(whole)
    lie_untouched(reporter.file)
    for words in (*READERS, *WRITERS):
        result = reporter.run(*words)
        assert result.status == 4
        assert f"{reporter.file}:{line}: not UTF-8 (byte 0x" in result.err
    assert _beside(reporter.file) == {"liveblog.toml": whole}


def test_a_file_of_zeros_is_no_blog_and_stays(reporter: Reporter) -> None:
    reporter.file.write_bytes(bytes(4096))
    lie_untouched(reporter.file)
    for words in (*READERS, *WRITERS):
        assert reporter.run(*words).status in (3, 4)
    assert _beside(reporter.file) == {"liveblog.toml": bytes(4096)}


def test_a_file_that_an_editor_is_just_writing_anew_is_waited_for(reporter: Reporter) -> None:
    """Some editors empty the file first and then write it, perhaps in parts."""
    text = HEAD + WHOLE
    parts = ["", text[:-5], text]

    def save() -> None:
        for part in parts:
            reporter.file.write_text(part)
            time.sleep(0.02)

    reporter.file.write_text(text)
    for _ in range(10):
        thread = threading.Thread(target=save)
        thread.start()
        time.sleep(0.01)
        look = BlogFile(reporter.file).reader.look()
        thread.join()
        assert (look.layout.text, look.tail_line) == (text, None)


def test_nothing_goes_into_a_file_that_an_editor_has_just_emptied(reporter: Reporter) -> None:
    """Its text comes a moment later, and would overwrite what was added to the empty file."""
    reporter.done("add", "first")
    text = reporter.file.read_text()

    def save() -> None:
        with reporter.file.open("w") as file:
            time.sleep(0.1)
            file.write(text.replace("first", "by hand"))

    blog_file = BlogFile(reporter.file)
    for number in range(3):
        thread = threading.Thread(target=save)
        thread.start()
        time.sleep(0.05)
        new = blog_file.add([Entry(id="", time=blog_file.now(), headline=f"{number}")])[0]
        thread.join()
        assert [e.headline for e in blog_file.read().entries] == ["by hand", new.headline]
