"""Bad input at the file and at what people type: one clear line, the status, no byte changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from reporter import Reporter

from liveblog_cli.errors import way_out

ENTRY = '\n[[entries]]\nid = "aaaaa"\ntime = 2024-11-12T08:00:00+01:00\nheadline = "h"\n'
HEAD = 'format = 1\ntitle = "t"\ntimezone = "Europe/Berlin"\n'

FAULTS = {
    "broken TOML": (HEAD + ENTRY + "tags = [1,, 2]\n", ":9:11: "),
    "an unclosed string": (HEAD + ENTRY + 'label = "x\n' + ENTRY.replace("aaaaa", "bbbbb"), ":9:"),
    "a wrong type": (HEAD + ENTRY.replace("2024-11-12T08:00:00+01:00", '"soon"'), ":7: time: "),
    "a naive time": (HEAD + ENTRY.replace("+01:00", ""), ":7: time: a time needs its offset"),
    "a time before all calendars": (
        HEAD + ENTRY.replace("2024-11-12T08:00:00+01:00", "0001-01-01T00:00:00+14:00"),
        ":5: entry aaaaa has a time",
    ),
    "ids twice": (HEAD + ENTRY + ENTRY, ":5: id 'aaaaa' is used 2 times"),
    "an unknown key": (
        HEAD + ENTRY + "hedline = 1\n",
        ":9: unknown key 'hedline': did you mean 'h",
    ),
    "an unknown key deep down": (
        HEAD + ENTRY + '\n[[entries.media]]\nfile = "a"\n[[entries.media]]\nfil = "b"\n',
        ":12: media: unknown key 'fil' ([1]): did you mean 'file'?",
    ),
    "an entry of nothing": (HEAD + ENTRY.replace('"h"', '" "'), ":5: entry aaaaa has no headline"),
    "NUL in a string": (HEAD + ENTRY + 'body = "\\u0000"\n', ":5: entry aaaaa holds a control"),
    "a character that XML forbids": (HEAD + ENTRY + 'body = "\ufffe"\n', ":5: entry aaaaa holds"),
    "a raw NUL": (HEAD + ENTRY + "label = \x00\n", ":9:9: "),
    "too long a number": (HEAD + ENTRY + f"key = {'9' * 10**6}\n", "a number here is too long"),
    "too deep": (HEAD + ENTRY + f"tags = {'[' * 10**5}{']' * 10**5}\n", ":"),
    "a status that is none": (HEAD + ENTRY + 'status = "drft"\n', ":9: status: 'drft' is none"),
    "an id that is none": (HEAD + ENTRY.replace("aaaaa", "1\\n"), ":6: id: an id begins with"),
}
HEADS = {
    "not a blog": ("name = 'x'\n[tool]\n", ":1: unknown key 'name'"),
    "not TOML": ("<html>\n", ":1:1: "),
    "empty": ("", ":1: title is missing"),
    "a newer format": (HEAD.replace("1", "2", 1), ":1: format 2 is newer than this program reads"),
    "a zone that is none": (HEAD.replace("Berlin", "Bonn"), ":3: 'Europe/Bonn' is not a time zone"),
    "a language that is none": (HEAD + 'language = "d_e"\n', ":4: 'd_e' is not a language tag"),
    "a box twice": (HEAD + '[[notes]]\nid = "n"\ntext = "x"\n' * 2, ":4: box 'n' is there twice"),
    "entries as a list": (HEAD + "entries = []\n", ":4: entries stand under [[entries]]"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_an_entry_is_named_with_its_line(reporter: Reporter, fault: str) -> None:
    text, words = FAULTS[fault]
    reporter.file.write_text(text)
    result = reporter.refused("export")
    assert result.status == 4
    assert f"{reporter.file}{words}" in result.err if words[0] == ":" else words in result.err
    assert len(result.err) < 1500


@pytest.mark.parametrize("fault", HEADS)
def test_a_fault_in_the_head_stops_every_command(reporter: Reporter, fault: str) -> None:
    text, words = HEADS[fault]
    for words_of_command in (("add", "h"), ("set", "--kicker", "k"), ("list",), ("export",)):
        reporter.file.write_text(text)
        reporter.file.with_name(".liveblog.toml.lock").unlink(missing_ok=True)
        result = reporter.refused(*words_of_command)
        assert result.status == 4
        assert f"{reporter.file}{words}" in result.err


def test_bytes_that_are_not_utf8_are_placed(reporter: Reporter) -> None:
    reporter.file.write_bytes((HEAD + ENTRY).encode() + b'label = "\xff"\n')
    for words in (("list",), ("export",), ("pin", "aaaaa")):
        result = reporter.refused(*words)
        assert result.status == 4
        assert f"{reporter.file}:9: not UTF-8 (byte 0xff)" in result.err


def test_an_entry_goes_in_behind_a_broken_one(reporter: Reporter) -> None:
    """A typing error of somebody else stops no reporter."""
    text = HEAD + ENTRY + "tags = [1,, 2]\n"
    reporter.file.write_text(text)
    reporter.done("add", "news")
    assert reporter.file.read_text().startswith(text)
    assert reporter.refused("pin", "aaaaa").status == 4
    reporter.done("pin", "last")


@pytest.mark.parametrize("text", ["a\0b", "a\x1b[31mb", "a\ufffeb", "a\x0bb"])
def test_characters_that_no_format_can_carry_are_refused(reporter: Reporter, text: str) -> None:
    reporter.done("add", "first")
    for words in (("add", text), ("add", "h", "-b", text), ("add", "h", "--tag", text)):
        result = reporter.refused(*words)
        assert result.status == 1
        assert "holds a character that no format can carry: U+" in result.err


def test_no_such_file_is_status_3(reporter: Reporter) -> None:
    for words in (("add", "h"), ("list",), ("pin", "last"), ("export",)):
        result = reporter.refused(*words, "-f", "none/such.toml")
        assert result.status == 3
        assert "no such file" in result.err


def test_a_folder_is_no_blog(reporter: Reporter) -> None:
    for words in (("add", "h"), ("list",), ("pin", "last")):
        assert "is a folder" in reporter.refused(*words, "-f", str(reporter.folder)).err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; see test_torture.py")
def test_an_unwritable_folder_is_said(reporter: Reporter) -> None:
    Path(reporter.folder).chmod(0o555)
    assert "can't be written" in reporter.refused("add", "h").err


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.EACCES, "rights"), (errno.EROFS, "rights"), (errno.ENOSPC, "room")]
)
def test_the_hint_names_what_is_missing(number: int, hint: str) -> None:
    """As root nothing is forbidden, so the system's answer is given here."""
    assert hint in way_out(OSError(number, os.strerror(number)))


def test_a_history_that_cannot_be_read_back_is_named(reporter: Reporter) -> None:
    history = "[[entries.history]]\nat = 2024-11-12T09:00:00+01:00\nwas = { headline = 5 }\n"
    reporter.file.write_text(HEAD + ENTRY + history)
    for words in (("undo", "aaaaa"), ("show", "aaaaa", "--as-of", "08:30")):
        result = reporter.run(*words)
        assert result.status == 4
        assert "the history of entry aaaaa can't be read back to before 2024-11-12T09" in result.err


def test_boxes_that_stand_behind_entries_are_known(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + ENTRY + '\n[[notes]]\nid = "box"\ntext = "x"\n')
    reporter.done("add", "h", "--note", "box")
    (reporter.folder / "in.jsonl").write_text('{"headline": "j", "notes": ["box"]}\n')
    reporter.done("add", "--jsonl", "in.jsonl")
    assert reporter.file.read_text().count('notes = ["box"]') == 2
