"""A file keeps its own line ends, whoever changes it and however (docs/file-format.md, Blocks)."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporter import Reporter

from liveblog_cli import open_blog
from liveblog_cli.storage import scanner, torn_tail
from liveblog_cli.storage.line_ends import find_line_end

TEXT = 'one\n\ntwo *three*\n\n[[entries]]\n\n<<<<<<< ours\n\nquote \\"'
"""A body that the file has to escape in several places, its last line end too."""

CHANGES = [
    ("add", "H", "-b", TEXT, "--image", "https://img.example/a.png"),
    ("add", "I", "--ref", "dpa:1"),
    ("add", "I", "-b", TEXT, "--ref", "dpa:1"),
    ("edit", "ref:dpa:1", "-b", f"{TEXT}\n\nmore", "--label", "L", "--correction", "c"),
    ("edit", "last", "--tag", "a", "--image", "https://img.example/b.png", "--alt", "x"),
    ("edit", "last", "--alt", "y", "--caption", "z"),
    ("pin", "last"),
    ("set", "--summary", TEXT, "--kicker", "k", "--publisher", "P <https://p.example>"),
    ("note", "add", "box", TEXT),
    ("note", "edit", "box", "other\n\ntext"),
    ("undo",),
    ("undo", "last"),
    ("redo", "last"),
    ("close", "That was it.\n\nThank you."),
    ("reopen",),
    ("retract", "last"),
]


HEAD = 'format = 1\ntitle = "t"\ntimezone = "UTC"\n'
ENTRY = '\n[[entries]]\nid = "aaaaa"\ntime = 2024-11-12T08:00:00Z\nheadline = "whole"\n'


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _has_only_crlf(path: Path) -> bool:
    data = path.read_bytes()
    return data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") > 0


def _text(path: Path) -> str:
    """The file with LF, and with ids by the order in which they stand there."""
    text = path.read_bytes().replace(b"\r\n", b"\n").decode()
    for number, name in enumerate(re.findall('^id = "([a-z0-9]{5})"$', text, re.MULTILINE)):
        text = text.replace(name, f"id-{number}")
    return text


def test_each_change_of_a_file_with_crlf_is_the_same_as_with_lf(reporter: Reporter) -> None:
    """No line end is of the other kind, none comes twice, and every text means what it meant."""
    plain, other = reporter.folder / "lf.toml", reporter.folder / "crlf.toml"
    plain.write_text(HEAD + ENTRY)
    other.write_bytes(_crlf(HEAD + ENTRY))
    for words in CHANGES:
        for path in (plain, other):
            assert "torn" not in reporter.done(*words, "-f", str(path)).err
        assert _has_only_crlf(other), words
        assert b"\r" not in plain.read_bytes()
        assert _text(other) == _text(plain), words


def test_json_lines_get_the_line_ends_of_the_file(reporter: Reporter) -> None:
    """In several batches, with a ref that comes again, and all or nothing."""
    reporter.file.write_bytes(_crlf(HEAD + ENTRY))
    lines = [{"ref": str(n % 3), "headline": f"H{n}", "body": TEXT} for n in range(6)]
    for words in (["add", "--jsonl"], ["add", "--atomic", "--jsonl"]):
        feed = "".join(f"{json.dumps(line)}\r\n" for line in lines)
        (reporter.folder / "feed.jsonl").write_text(feed)
        reporter.done(*words, "feed.jsonl")
        assert _has_only_crlf(reporter.file)
        lines[3] = {"ref": "0", "body": f"{TEXT}\r\nmore"}
    first, *_ = [e for e in reporter.data()["entries"] if e.get("ref") == "0"]
    assert first["body"] == f"{TEXT}\nmore"


def test_a_text_does_not_grow_when_it_is_edited_again(reporter: Reporter) -> None:
    reporter.file.write_bytes(_crlf(HEAD + ENTRY))
    for number in range(3):
        reporter.done("edit", "aaaaa", "-b", f"one\r\n\r\n{number}")
        assert reporter.data()["entries"][0]["body"] == f"one\n\n{number}"
        assert b"\r\r" not in reporter.file.read_bytes()
        assert _has_only_crlf(reporter.file)


def test_python_and_a_file_that_is_written_in_place_keep_them_too(reporter: Reporter) -> None:
    """A second name (a hard link) makes the program write into the file itself."""
    reporter.file.write_bytes(_crlf(HEAD + ENTRY))
    os.link(reporter.file, reporter.folder / "second.toml")
    blog = open_blog(reporter.file, by="anna")
    blog.edit("aaaaa", body=TEXT)
    blog.set(summary=TEXT)
    blog.add("H", TEXT)
    assert _has_only_crlf(reporter.file)
    assert (blog.read().summary, blog.entry("aaaaa").body) == (TEXT, TEXT)
    assert reporter.file.samefile(reporter.folder / "second.toml")


def test_an_unusual_block_that_is_written_anew_keeps_them(reporter: Reporter) -> None:
    """A key in another spelling can't be changed where it stands."""
    reporter.file.write_bytes(_crlf(HEAD + ENTRY.replace("headline", '"headl\\u0069ne"')))
    reporter.done("edit", "aaaaa", "--headline", "H", "-b", TEXT)
    assert b"u0069" not in reporter.file.read_bytes()
    assert _has_only_crlf(reporter.file)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (_crlf(HEAD) + ENTRY.encode(), b"\n"),
        (HEAD.encode() + _crlf(ENTRY), b"\r\n"),
        (HEAD.encode() + _crlf(ENTRY).removesuffix(b"\r\n"), b"\r\n"),
        (HEAD.encode() + _crlf(ENTRY) + b"# \xc3\xa4" * 5000, b"\r\n"),
        (b"\r\ntitle = 't'", b"\r\n"),
        (b"title = 't'", b"\n"),
    ],
)
def test_in_a_mixed_file_an_entry_ends_its_lines_as_the_last_line(
    reporter: Reporter, data: bytes, expected: bytes
) -> None:
    reporter.file.write_bytes(data)
    reporter.done("add", "H", "-b", TEXT)
    added = reporter.file.read_bytes().removeprefix(data)
    assert added.count(expected) == added.count(b"\n")
    assert added.count(b"\r") == expected.count(b"\r") * added.count(b"\n")


def test_in_a_mixed_file_a_change_ends_its_lines_as_the_line_above(reporter: Reporter) -> None:
    """A file of LF in which a colleague's Windows wrote one entry, and the other way round."""
    more = ENTRY.replace("aaaaa", "bbbbb")
    for data in (
        HEAD.encode() + _crlf(ENTRY) + more.encode(),
        _crlf(HEAD) + ENTRY.encode() + _crlf(more),
    ):
        reporter.file.write_bytes(data)
        reporter.done("edit", "aaaaa", "-b", TEXT)
        reporter.done("pin", "bbbbb")
        reporter.done("set", "--summary", TEXT)
        parts = re.split(rb"(?m)^(?=\[\[entries\]\])", reporter.file.read_bytes())
        assert [b"\r\n" in part for part in parts] == [
            b"\r\n" in part for part in re.split(rb"(?m)^(?=\[\[entries\]\])", data)
        ]
        for part in parts:
            own = part.rstrip(b"\r\n")  # the blank line below is the next block's writer's
            assert own.count(b"\r\n") in (0, own.count(b"\n"))


def test_an_entry_stands_behind_one_blank_line(reporter: Reporter) -> None:
    for end in (b"", b"\r\n", b"\r\n\r\n", b"\n\r\n"):
        whole = _crlf(HEAD + ENTRY).removesuffix(b"\r\n")
        reporter.file.write_bytes(whole + end)
        reporter.done("add", "H")
        added = reporter.file.read_bytes().removeprefix(whole).replace(b"\r\n", b"\n")
        assert added.startswith(b"\n\n[[entries]]"), end


@pytest.mark.parametrize(
    "half", ["[[ent", '[[entries]]\r\nid = "bb', '[[entries]]\r\nbody = """\r\nx', "\r"]
)
def test_a_torn_tail_takes_no_whole_entry_along(half: str) -> None:
    """A copy that broke off: half a header, a value, or the CR of a CRLF is all that is torn."""
    whole = _crlf(HEAD + ENTRY + "\n")
    data = whole + half.encode()
    assert torn_tail.find_tear(data, scanner.scan(data.decode())) == len(whole)


def test_a_line_end_cut_in_two_is_mended_by_the_next_writer(reporter: Reporter) -> None:
    whole = _crlf(HEAD + ENTRY)
    reporter.file.write_bytes(whole.removesuffix(b"\n"))
    os.utime(reporter.file, (0, 0))  # nobody is typing there
    reporter.done("list")
    reporter.done("add", "H")
    assert _has_only_crlf(reporter.file)
    assert [e["headline"] for e in reporter.data()["entries"]] == ["whole", "H"]


def test_entries_that_went_missing_are_named_in_a_file_with_crlf(reporter: Reporter) -> None:
    """An editor saved an older text over them."""
    reporter.file.write_bytes(_crlf(HEAD + ENTRY))
    name = reporter.done("add", "H").id
    reporter.file.write_bytes(_crlf(HEAD + ENTRY + "# saved\n"))
    assert name in reporter.done("add", "I").err


@given(st.lists(st.sampled_from(["a", "\n", "\r\n", "  b\n", "# c\r\n"])))
def test_the_line_end_above_is_found_wherever_it_stands(parts: list[str]) -> None:
    text = "".join(parts)
    above = text[: text.rfind("\n") + 1]
    assert find_line_end(text, len(text)) == ("\r\n" if above.endswith("\r\n") else "\n")
