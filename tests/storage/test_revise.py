"""Undo and redo on a file: one write, and only the blocks that change."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from liveblog_cli.model import undo as undoing
from liveblog_cli.storage.blogfile import BlogFile

TEXT = """\
format = 1
title = "Old"  # the desk's own words
timezone = "Europe/Berlin"

# about the first
[[entries]]
id = "abcde"
time = 2024-11-12T02:18:00+01:00
tags   = [ "x",   'y' ]   # odd spacing
headline = "One"  # kept
added = { at = 2024-11-12T02:18:00+01:00, by = "Ann" }

[[entries]]
id = "fghij"
headline = 'Two'
time = 2024-11-12 02:20:00+01:00
"""


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2024, 11, 12, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def blog_file(tmp_path: Path) -> BlogFile:
    path = tmp_path / "liveblog.toml"
    path.write_text(TEXT)
    return BlogFile(path, by="Ann", now=Clock())


def undo(blog_file: BlogFile) -> None:
    blog_file.revise(lambda blog: undoing.undo(blog, blog_file.stamp("undo")))


def test_undo_leaves_every_other_line_as_it_is(blog_file: BlogFile) -> None:
    blog_file.change("abcde", lambda e: replace(e, tags=("z",)), blog_file.stamp("edit"))
    undo(blog_file)
    text = blog_file.path.read_text()
    assert [line for line in TEXT.splitlines() if "tags" not in line and line not in text] == []
    assert blog_file.entry("abcde").tags == ("x", "y")


def test_an_edit_of_a_list_keeps_hand_made_lines(blog_file: BlogFile) -> None:
    """What was there is written to the history as it will be read, so no line is made anew."""
    blog_file.change("abcde", lambda e: replace(e, tags=("z",)), blog_file.stamp("edit"))
    assert 'headline = "One"  # kept' in blog_file.path.read_text()


def test_undo_of_the_head_and_of_an_entry_in_one_file(blog_file: BlogFile) -> None:
    blog_file.set(lambda b: replace(b, title="New"), blog_file.stamp("set"))
    blog_file.change("fghij", lambda e: replace(e, pinned=True), blog_file.stamp("pin"))
    undo(blog_file)
    undo(blog_file)
    blog = blog_file.read()
    assert (blog.title, [e.pinned for e in blog.entries]) == ("Old", [False, False])
    assert [c.action for c in blog.history] == ["set", "undo"]
    assert "# the desk's own words" in blog_file.path.read_text()


def test_head_and_entries_change_in_one_write(blog_file: BlogFile) -> None:
    def both(blog):  # type: ignore[no-untyped-def]  # short
        entries = tuple(replace(e, key=True) for e in blog.entries)
        return replace(blog, title="New", entries=entries), None

    blog_file.revise(both)
    again = blog_file.read()
    assert (again.title, [e.key for e in again.entries]) == ("New", [True, True])
    assert "# about the first" in blog_file.path.read_text()


def test_a_broken_block_does_not_stop_undo_elsewhere(blog_file: BlogFile) -> None:
    broken = '\n[[entries]]\nid = "broke"\ntime = "soon"\nheadline = "x"\n'
    blog_file.change("abcde", lambda e: replace(e, key=True), blog_file.stamp("edit"))
    blog_file.path.write_text(blog_file.path.read_text() + broken)
    undo(blog_file)
    assert blog_file.path.read_text().endswith(broken)
    assert not blog_file.entry("abcde").key
