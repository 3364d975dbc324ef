"""The lock file's memory: the same line of JSON for every version, and nothing in it is believed blindly."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liveblog_cli.model.values import Blog, Change, Entry
from liveblog_cli.storage import lock_file, lock_memory
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.disk import State
from liveblog_cli.storage.lock_memory import Append, LockMemory

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)

WHOLE = {
    "pid": 7,
    "host": "desk",
    "blog": "b",
    "state": [1, 2, 3],
    "ids": ["a1", "b2"],
    "last": [0, 3, "x"],
    "latest": "2024-01-01T12:00:00+00:00",
    "append": [3, 9, "\n[[entries]]\n"],
    "rewrite": ".liveblog.toml.rewrite-0123456789abcdef",
}


def test_the_line_that_an_added_and_an_edited_entry_leave_is_that_of_earlier_versions(
    tmp_path: Path,
) -> None:
    blog = BlogFile(tmp_path / "liveblog.toml", now=lambda: NOW)
    blog.create(Blog(title="t"))
    file = lock_file.path_of(blog.path)

    def left() -> str:
        known = {"pid": os.getpid(), "host": os.uname().nodename}
        start = json.dumps(known, separators=(",", ":")).removesuffix("}")
        status = blog.path.stat()
        state = f"{status.st_ino},{status.st_mtime_ns},{status.st_size}"
        return file.read_text().replace(start, "{KNOWN").replace(state, "STATE")

    entry = blog.add([Entry(id="k7m2q", time=NOW, headline="h")])[0]
    text = (
        r"\n[[entries]]\nid = \"k7m2q\"\ntime = 2024-01-01T12:00:00+00:00\nheadline = \"h\"\n"
        r"added = { at = 2024-01-01T12:00:00+00:00 }\n"
    )
    length = len(json.loads(f'"{text}"'))
    before = blog.path.stat().st_size - length
    assert left() == (
        '{KNOWN,"blog":"","state":[STATE],"ids":["k7m2q"],'
        f'"last":[{before},{length},"{text}"],"latest":"2024-01-01T12:00:00+00:00"}}\n'
    )
    blog.change(entry.id, Entry.pin, Change(at=NOW, action="pin"))
    assert left() == (
        '{KNOWN,"blog":"","state":[STATE],"ids":["k7m2q"],'
        '"latest":"2024-01-01T12:00:00.000001+00:00"}\n'
    )


def test_all_that_is_remembered_is_read() -> None:
    memory = lock_memory.decode(json.dumps(WHOLE).encode() + b"\nleft over of a longer line")
    assert memory == LockMemory(
        7,
        "desk",
        "b",
        State(1, 2, 3),
        ["a1", "b2"],
        Append(0, 3, "x"),
        "2024-01-01T12:00:00+00:00",
        Append(3, 9, "\n[[entries]]\n"),
        ".liveblog.toml.rewrite-0123456789abcdef",
    )


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("value", [[], {}, 1.5, True, ["x", 1, 2], [1], 1 << 80])
def test_a_value_that_cannot_be_read_spoils_no_other(name: str, value: object) -> None:
    memory = lock_memory.decode(json.dumps({"newer": [1], **WHOLE, name: value}).encode())
    whole = lock_memory.decode(json.dumps(WHOLE).encode())
    for other in set(WHOLE) - {name}:
        assert getattr(memory, other) == getattr(whole, other)


@pytest.mark.parametrize("garbage", ["x", 7, [], ["a", "b", "c"], {}])
def test_an_unreadable_append_or_version_still_says_that_a_write_was_broken_off(
    garbage: object,
) -> None:
    state = State(1, 2, 3)
    known = {"state": [1, 2, 3]}
    assert lock_memory.decode(json.dumps(known).encode()).is_as_left(state)
    memory = lock_memory.decode(json.dumps({**known, "append": garbage}).encode())
    assert not memory.is_as_left(state)
    assert memory.append
    assert memory.append.start_of_part(b"abc") is None
    if garbage != "x":
        memory = lock_memory.decode(json.dumps({**known, "rewrite": garbage}).encode())
        assert memory.rewrite is not None


def test_what_was_remembered_of_another_blog_is_forgotten() -> None:
    """Also where the id of that blog can't be read."""
    memory = lock_memory.decode(json.dumps(WHOLE).encode())
    assert memory.about(b'id = "b"\n\n[[entries]]\n') == memory
    assert memory.about(b'id = "c"\n') == LockMemory(blog="c")
    unread = lock_memory.decode(json.dumps({**WHOLE, "blog": 7}).encode())
    assert unread.about(b'id = "b"\n') == LockMemory(blog="b")
