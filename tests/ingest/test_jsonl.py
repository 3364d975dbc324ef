"""`add-entry --jsonl`: JSON lines in, an answer for each, and what is answered is in the file."""

import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import processes
import pytest
import tomli
from processes import Fork

from liveblog_cli import cli
from liveblog_cli.ingest import lines
from liveblog_cli.model.values import Entry
from liveblog_cli.storage.blogfile import BlogFile


@pytest.fixture
def blog(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "liveblog.toml"
    assert cli.main(["new", "Harbour fire", "--timezone", "Europe/Berlin", "-f", str(path)]) == 0
    capsys.readouterr()
    return path


def _stream(blog: Path, text: str | bytes, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    data = text.encode() if isinstance(text, str) else text
    done = processes.run("add", "--jsonl", "-", "-f", str(blog), *options, input=data)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, answers, done.stderr.decode()


def _lines(*objects: object) -> str:
    return "".join(f"{json.dumps(o)}\n" for o in objects)


def _entries(blog: Path) -> tuple[Entry, ...]:
    return BlogFile(blog).read().entries


def test_each_line_becomes_an_entry_in_order_and_its_answer_names_it(blog: Path) -> None:
    status, answers, said = _stream(blog, _lines({"headline": "One"}, {"body": "Two"}))
    assert (status, said) == (0, "")
    assert [(a["line"], a["action"]) for a in answers] == [(1, "added"), (2, "added")]
    assert [a["id"] for a in answers] == [e.id for e in _entries(blog)]
    assert [(e.headline, e.body) for e in _entries(blog)] == [("One", ""), ("", "Two")]


def test_all_fields_arrive_and_a_time_is_read_in_the_blogs_zone(blog: Path) -> None:
    fields = {
        "time": "2024-07-12T02:18:00",
        "headline": " Smoke\tover pier 4 ",
        "body": "First.\r\n\r\nSecond.",
        "authors": ["Ada"],
        "tags": ["fire"],
        "label": "Breaking",
        "key": True,
        "pinned": True,
        "status": "draft",
        "sources": [{"name": "dpa", "url": "https://dpa.example/1", "kind": "agency"}],
        "media": [{"url": "https://img.example/a.jpg", "alt": "Smoke"}],
        "ref": "dpa:1",
    }
    _stream(blog, _lines(fields))
    (entry,) = _entries(blog)
    assert entry.time.isoformat() == "2024-07-12T02:18:00+02:00"
    assert (entry.headline, entry.body) == ("Smoke over pier 4", "First.\n\nSecond.")
    assert (entry.authors, entry.tags, entry.label) == (("Ada",), ("fire",), "Breaking")
    assert (entry.key, entry.pinned, entry.status) == (True, True, "draft")
    assert (entry.sources[0].kind, entry.media[0].alt, entry.ref) == ("agency", "Smoke", "dpa:1")


def test_a_stream_is_one_batch(blog: Path) -> None:
    _stream(blog, _lines({"headline": "One"}, {"headline": "Two"}))
    _stream(blog, _lines({"headline": "Three"}))
    batches = [e.added.batch if e.added else "" for e in _entries(blog)]
    assert batches[0] == batches[1] != batches[2]
    assert all(batches)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"nope", "not JSON"),
        (b"[1]", "object"),
        (b"{}", "needs a headline"),
        (b'{"headline": "a\\u0000b"}', "U+0000"),
        (b'{"headline": "\xff"}', "not UTF-8: byte 0xff"),
        (b'{"headline": "\\ud800"}', "not JSON"),
        (b'{"headlin": "a"}', "did you mean 'headline'"),
        (b'{"id": "abcde", "headline": "a"}', "the id is the blog's to give"),
        (b'{"headline": 7}', "text in quotes was expected, not a whole number (headline)"),
        (b'{"headline": "a", "time": "soon"}', "'soon' is not a time"),
        (b'{"headline": "a", "time": "0:00' + b"3" * 30 + b'w"}', "is not a time"),
        (b'{"headline": "a", "time": "2024-03-31T02:30:00"}', "does not exist in Europe/Berlin"),
        (b'{"headline": "a", "time": "0001-01-01T00:00:00+14:00"}', "no calendar of ours"),
        (b'{"headline": "a", "notes": ["x"]}', "no box 'x'"),
        (b'{"headline": "a", "sources": [{"name": " "}]}', "a source has no name"),
        (b'{"headline": "a", "sources": [{"name": "x", "url": "javascript:1"}]}', "web address"),
        (b'{"headline": "a", "media": [{"file": "../../etc/passwd"}]}', "not below the blog"),
        (b'{"headline": "a", "media": [{"file": "none.png"}]}', "no such file"),
        (b'{"headline": "a", "media": [{"alt": "x"}]}', "either a file or a url"),
        (b'{"headline": "a", "headline": "b"}', "headline is given twice"),
        (b'{"headline": "a", "key": true, "key" :false}', "key is given twice"),
        (b'{"headline": "\\u0022a\\u0022", "key": true, "key": false}', "key is given twice"),
        (
            b'{"media": [{"url": "https://i.example", "alt": "a", "alt": "b"}]}',
            "alt is given twice",
        ),
        (b'{"headline": "a", "status": "drft"}', "did you mean 'draft'"),
        (b'{"headline": "a", "sources": [{"name": "x", "kind": "agncy"}]}', "'agency'"),
        (b'{"headline": ' + b"1" * 1_000_000 + b"}", "out of range"),
        (b'{"headline": ' + b"[" * 500_000 + b"}", "text in quotes was expected, not a list in"),
        (b'{"headline": "' + b"a" * 2_000_000 + b'"}', "longer than 1 MiB"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_go_in(
    blog: Path, line: bytes, words: str
) -> None:
    status, answers, said = _stream(blog, b'{"headline":"One"}\n' + line + b'\n{"headline":"Two"}')
    assert status == 1
    assert [a["line"] for a in answers] == [1, 2, 3]
    assert words in answers[1]["error"]
    assert "1 of 3 lines were refused" in said
    assert [e.headline for e in _entries(blog)] == ["One", "Two"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_line_of_100_mb_needs_no_memory_for_it(blog: Path) -> None:
    code = (
        "import sys; from liveblog_cli import cli;"
        f"cli.main(['add', '--jsonl', '-f', {str(blog)!r}]);"
        "sys.stderr.write(open('/proc/self/status').read())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=-1, stderr=-1
    ) as process:
        assert process.stdin
        for _ in range(100):
            process.stdin.write(b"x" * 1_000_000)
        out, err = process.communicate()
    assert b"longer than 1 MiB" in out
    peak = re.search(rb"VmHWM:\s+(\d+) kB", err)
    assert peak
    assert int(peak[1]) < 80_000


def test_blank_lines_a_bom_and_crlf_are_no_errors_and_lines_keep_their_numbers(blog: Path) -> None:
    text = b'\xef\xbb\xbf{"headline":"One"}\r\n\r\n   \n{"headline":"Two"}'
    status, answers, _ = _stream(blog, text)
    assert (status, [a["line"] for a in answers]) == (0, [1, 4])


def test_an_empty_stream_changes_nothing(blog: Path) -> None:
    before = blog.read_bytes()
    assert _stream(blog, "")[:2] == (0, [])
    assert blog.read_bytes() == before


def test_atomic_writes_nothing_if_any_line_is_refused(blog: Path) -> None:
    before = blog.read_bytes()
    text = _lines({"headline": "One"}, {"headline": ""}, {"headline": "Two"})
    status, answers, _ = _stream(blog, text, "--atomic")
    assert status == 1
    assert [a["line"] for a in answers if "needs a headline" in a["error"]] == [2]
    assert "another line was refused" in answers[0]["error"]
    assert blog.read_bytes() == before


def test_atomic_writes_all_if_none_is_refused(blog: Path) -> None:
    many = [{"headline": f"Number {n}"} for n in range(3_000)]
    status, answers, _ = _stream(blog, _lines(*many), "--atomic")
    assert (status, len(answers)) == (0, 3_000)
    assert [e.headline for e in _entries(blog)] == [m["headline"] for m in many]


def test_the_same_ref_in_one_batch_is_one_entry_with_its_history(blog: Path) -> None:
    text = _lines(
        {"ref": "a", "headline": "One"},
        {"ref": "a", "headline": "One"},
        {"ref": "a", "headline": "Two", "tags": ["x"]},
    )
    _, answers, _ = _stream(blog, text)
    assert [a["action"] for a in answers] == ["added", "unchanged", "edited"]
    assert len({a["id"] for a in answers}) == 1
    (entry,) = _entries(blog)
    assert (entry.headline, entry.history[0].was) == ("Two", {"headline": "One"})


def test_a_ref_is_found_wherever_and_however_it_was_written(blog: Path) -> None:
    with blog.open("a") as file:
        file.write(
            "\n[[entries]]\nid = 'hand'\ntime = 2024-11-12T02:18:00+01:00\n"
            "headline = 'By hand'\nref = '''it's'''\n"
        )
    text = _lines(
        {"ref": "it's", "headline": "By hand"},
        {"ref": 'with "quotes" \\ ü', "headline": "Q"},
        {"ref": "long", "body": 'a\n\nref = "inside"\n\nb'},
    )
    again = _lines({"ref": "inside", "headline": "Not that one"})
    _, first, _ = _stream(blog, text)
    _, second, _ = _stream(blog, text + again)
    assert [a["action"] for a in first] == ["unchanged", "added", "added"]
    assert [a["action"] for a in second] == ["unchanged"] * 3 + ["added"]
    assert first[0]["id"] == "hand"


def test_edits_and_additions_of_one_batch_leave_the_rest_of_the_file_as_it_is(blog: Path) -> None:
    _stream(blog, _lines({"ref": "a", "headline": "A"}, {"ref": "b", "headline": "B"}))
    marked = blog.read_text().replace('headline = "B"', 'headline = "B"  # keep me')
    blog.write_text(f"# a comment: ü\n{marked}# at the end\n")
    text = _lines({"ref": "c", "headline": "C"}, {"ref": "a", "headline": "A2"}, {"headline": "D"})
    _, answers, _ = _stream(blog, text)
    assert [a["action"] for a in answers] == ["added", "edited", "added"]
    assert [e.headline for e in _entries(blog)] == ["A2", "B", "C", "D"]
    kept = blog.read_text()
    assert "# a comment: ü" in kept
    assert "# keep me" in kept
    assert "# at the end" in kept


def test_a_live_pipe_sees_each_entry_in_the_file_once_it_is_answered(blog: Path) -> None:
    """And refs are known across batches, also those that another process added between them."""
    command = ["add", "--jsonl", "-f", str(blog)]
    with Fork(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        actions = []
        for number, ref in enumerate(["a", "b", "a", "c", "b"]):
            if number == 3:
                cli.main(["add", "c", "--ref", "c", "-f", str(blog)])
            process.stdin.write(_lines({"headline": ref, "ref": ref}).encode())
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            actions.append(answer["action"])
            assert f'id = "{answer["id"]}"' in blog.read_text()
        process.stdin.close()
    assert actions == ["added", "added", "unchanged", "unchanged", "unchanged"]


def test_ctrl_c_stops_a_stream_and_what_was_answered_is_in_the_file(blog: Path) -> None:
    command = ["add", "--jsonl", "-f", str(blog)]
    with Fork(
        *command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(_lines(*[{"headline": f"Number {n}"} for n in range(50)]).encode())
        process.stdin.flush()
        answered = [json.loads(process.stdout.readline())["id"]]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    answered += [json.loads(line)["id"] for line in out.splitlines()]
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert set(answered) <= {e.id for e in _entries(blog)}


def test_a_reader_that_goes_away_does_not_stop_the_entries(blog: Path) -> None:
    text = _lines(*[{"headline": f"Number {n}"} for n in range(2_000)])
    command = ["add", "--jsonl", "-f", str(blog)]
    with Fork(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(text.encode())
        process.stdin.close()
        assert process.wait(30) == 7
    assert len(_entries(blog)) == 2_000


def test_streams_at_once_with_the_same_refs_make_one_entry_of_each(blog: Path) -> None:
    text = _lines(*[{"headline": f"Number {n}", "ref": f"r{n}"} for n in range(200)])
    command = ["add", "--jsonl", "-f", str(blog)]
    feed = blog.with_name("feed.jsonl")
    feed.write_text(text)
    running = [Fork(*command, str(feed), stdout=subprocess.PIPE) for _ in range(4)]
    answers = [json.loads(line) for p in running for line in p.communicate()[0].splitlines()]
    assert [p.returncode for p in running] == [0] * 4
    refs = [e.ref for e in _entries(blog)]
    assert (len(refs), len(set(refs))) == (200, 200)
    assert sum(a["action"] == "added" for a in answers) == 200
    assert {a["id"] for a in answers} == {e.id for e in _entries(blog)}


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["--jsonl", "none.jsonl"], 3, "none.jsonl: no such file"),
        (["--jsonl", "."], 1, "is a folder"),
        (["--jsonl", "a", "b"], 2, "--jsonl takes a file"),
        (["--jsonl", "--tag", "x"], 2, "fields stand in the lines"),
        (["--atomic", "words"], 2, "--atomic"),
    ],
)
def test_wrong_usage_is_one_line(
    blog: Path, args: list[str], status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = blog.read_bytes()
    assert cli.main(["add", *args, "-f", str(blog)]) == status
    assert words in capsys.readouterr().err
    assert blog.read_bytes() == before


def _cut(chunks: Iterable[bytes]) -> list[tuple[int, bytes | None]]:
    reading, writing = os.pipe()
    try:
        for chunk in chunks:
            os.write(writing, chunk)
        os.close(writing)
        return [(line.number, line.data) for batch in lines.batches(reading) for line in batch]
    finally:
        os.close(reading)


def test_lines_are_the_same_however_they_are_cut_into_chunks() -> None:
    text = b"a\n\nbb\n  \nccc"
    whole = [(1, b"a"), (3, b"bb"), (5, b"ccc")]
    assert all(_cut([text[:n], text[n:]]) == whole for n in range(1, len(text)))


def test_a_slow_writer_does_not_hold_up_what_is_there() -> None:
    """A batch is handed on while its writer still has the pipe open."""
    reading, writing = os.pipe()
    os.write(writing, b"a\nb")
    assert next(lines.batches(reading)) == [lines.Line(1, b"a")]
    os.close(writing)
    os.close(reading)


def test_a_sender_that_breaks_off_loses_no_line_that_came_whole(blog: Path) -> None:
    """A connection that is reset. The half line is no entry, and why there are no more is true."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        sender = socket.create_connection(server.getsockname())
        desk = server.accept()[0]
    sender.sendall(b'{"headline": "A"}\n{"headline": "B"}\n{"headline": "C"')
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sender.close()
    with desk:
        done = processes.run("add", "--jsonl", "-", "-f", str(blog), stdin=desk.fileno())
    assert [json.loads(line)["line"] for line in done.stdout.splitlines()] == [1, 2]
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: no more lines can be read: Connection reset by peer\n")
    assert [e["headline"] for e in tomli.loads(blog.read_text())["entries"]] == ["A", "B"]


def test_the_file_is_toml_for_everybody(blog: Path) -> None:
    _stream(blog, _lines({"headline": '"""', "body": "[[entries]]\nid = 'x'\n"}))
    assert len(tomli.loads(blog.read_text())["entries"]) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_long_input_shows_its_progress_on_a_terminal(blog: Path) -> None:
    """On stderr; the answers on stdout stay JSON lines."""
    import pty

    ours, theirs = pty.openpty()
    command = ["add", "--jsonl", "-f", str(blog)]
    with Fork(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=theirs) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(_lines({"headline": "One"}).encode())
        process.stdin.flush()
        # It comes after a second, while the pipe is still open.
        drawn = b"".join(os.read(ours, 4096) for _ in range(3))
        process.stdin.close()
        answers = process.stdout.read().splitlines()
    os.close(theirs)
    os.close(ours)
    assert b"add" in drawn
    assert [json.loads(line)["action"] for line in answers] == ["added"]


def test_a_line_may_retract_an_entry_by_its_ref_alone(blog: Path) -> None:
    """A wire's kill notice says no more than which entry it means; of an unknown one it is refused."""
    _stream(blog, _lines({"ref": "dpa:1", "headline": "Smoke over pier 4"}))
    notices = [{"ref": name, "status": "retracted"} for name in ("dpa:1", "dpa:2")]
    status, answers, _ = _stream(blog, _lines(*notices))
    assert status == 1
    assert answers[0]["action"] == "edited"
    assert "needs a headline" in answers[1]["error"]
    (entry,) = _entries(blog)
    assert (entry.headline, entry.status) == ("Smoke over pier 4", "retracted")
