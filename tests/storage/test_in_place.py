"""Files that can't be replaced: hard links, mounts, files of others. Written into, and never half."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog, Change, Entry
from liveblog_cli.storage import disk, in_place, lock, lock_file
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.ref_index import RefIndex
from liveblog_cli.storage.upsert import upsert_of

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)


class Linked:
    """A blog of three entries with a second name, and what was logged (`said`)."""

    def __init__(self, folder: Path, log: pytest.LogCaptureFixture) -> None:
        self._log = log
        self.path = folder / "liveblog.toml"
        self.other = folder / "other.toml"
        self.blog = BlogFile(self.path, now=lambda: NOW)
        self.blog.create(Blog(title="t"))
        entries = [Entry(id="", time=NOW, headline=f"h{n}", body="text\n" * 99) for n in range(3)]
        self.ids = [e.id for e in self.blog.add(entries)]
        os.link(self.path, self.other)

    @property
    def said(self) -> list[str]:
        return self._log.messages

    def label(self, text: str, number: int = 0) -> None:
        self.blog.change(self.ids[number], lambda e: replace(e, label=text), Change(at=NOW))

    def labels(self) -> list[str]:
        return [e.label for e in self.blog.read().entries]

    def beside(self) -> list[str]:
        usual = {"liveblog.toml", "other.toml", ".liveblog.toml.lock"}
        return sorted(p.name for p in self.path.parent.iterdir() if p.name not in usual)


@pytest.fixture
def linked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Linked:
    return Linked(tmp_path, caplog)


def test_a_blog_with_two_names_keeps_both(linked: Linked) -> None:
    for label in ("long" * 99, "short"):
        linked.label(label)
        linked.blog.set(lambda head, k=label: replace(head, kicker=k), Change(at=NOW))
        assert linked.path.samefile(linked.other)
        assert linked.labels()[0] == label
    assert linked.beside() == []


def test_a_link_to_a_blog_stays_a_link(linked: Linked, tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(linked.other)
    blog = BlogFile(tmp_path / "link.toml", now=lambda: NOW)
    blog.change(linked.ids[0], lambda e: replace(e, label="L"), Change(at=NOW))
    assert (tmp_path / "link.toml").is_symlink()
    assert linked.labels()[0] == "L"


STEPS = ("open", "write", "fsync", "rename", "unlink", "ftruncate", "lseek")


@pytest.mark.parametrize("label", ["", "much longer than before" * 99])
def test_a_kill_at_any_step_leaves_the_blog_as_before_or_after_the_change(
    tmp_path: Path, label: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Readers see one or the other at once, and the next writer finishes or forgets the change."""
    before = "before" * 99
    for step in range(1, 200):
        folder = tmp_path / str(step)
        folder.mkdir()
        linked = Linked(folder, caplog)
        linked.label(before)
        killed = _killed_at(step, partial(linked.label, label))
        assert linked.labels()[0] in (before, label)
        linked.label("next", 1)
        assert linked.labels()[0] in (before, label)
        assert linked.labels()[1] == "next"
        assert linked.path.samefile(linked.other)
        left = [name for name in linked.beside() if ".new-" not in name and ".torn-" not in name]
        assert left == []
        if not killed:
            assert step > 10
            assert linked.labels()[0] == label
            return
    pytest.fail("it did not come to an end")


def _killed_at(step: int, act: Callable[[], None]) -> bool:
    """Whether `act`, in a process of its own, was killed before its `step`-th system call."""
    pid = os.fork()
    if not pid:
        left = [step]

        def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **more: Any) -> Any:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **more)

            return call

        for name in STEPS:
            setattr(os, name, wrapped(getattr(os, name)))
        try:
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def test_a_change_broken_off_half_way_is_finished_and_what_stood_there_is_kept(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk may fail in the midst of it. Somebody may have typed into the file since."""
    linked.label("before")
    real = os.fsync

    def fsync(fd: int) -> None:
        if os.path.samestat(os.fstat(fd), linked.path.stat()):
            os.pwrite(fd, b"half", 0)
            monkeypatch.setattr(os, "fsync", failing)
        real(fd)

    def failing(fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(LiveblogError, match="is written only in part: Input/output error"):
        linked.label("after")
    monkeypatch.setattr(os, "fsync", real)
    linked.path.write_bytes(b"half " + linked.path.read_bytes())
    assert linked.labels()[0] == "after"
    linked.label("more", 1)
    assert linked.labels()[:2] == ["after", "more"]
    assert "broken off half way is finished" in linked.said[0]
    assert linked.beside() == ["liveblog.toml.torn-1"]
    assert (linked.path.parent / "liveblog.toml.torn-1").read_bytes().startswith(b"half ")


def test_no_room_leaves_a_blog_with_two_names_as_it_was(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = linked.path.read_bytes(), os.write

    def write(fd: int, data: bytes) -> int:
        if os.path.samestat(os.fstat(fd), linked.path.stat()):
            real(fd, bytes(data)[:5])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(LiveblogError, match="nothing was changed: No space left"):
        linked.label("longer " * 99)
    assert linked.path.read_bytes() == before
    assert linked.beside() == []


def test_readers_see_no_half_of_a_version_while_it_is_being_written(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    real = os.fsync

    def fsync(fd: int) -> None:
        if os.path.samestat(os.fstat(fd), linked.path.stat()):
            before = linked.path.read_bytes()
            linked.path.write_bytes(before[:100])
            seen.append([linked.blog.head().title, *linked.labels()])
            linked.path.write_bytes(before)
        real(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    linked.label("after")
    assert seen == [["t", "after", "", ""]] * 2


@pytest.mark.parametrize(
    "name", ["other.toml", "../x", ".liveblog.toml.rewrite-0123456789abcdef", 7, None, ["x"]]
)
def test_a_lock_file_that_names_what_is_no_version_of_the_blog_is_not_believed(
    linked: Linked, name: object, tmp_path: Path
) -> None:
    """Such as a link or a hard link that somebody planted."""
    (tmp_path / ".liveblog.toml.rewrite-0123456789abcdef").symlink_to(linked.other)
    file = lock_file.path_of(linked.path)
    file.write_text(json.dumps({**json.loads(file.read_text()), "rewrite": name}))
    linked.label("L")
    assert linked.labels() == ["L", "", ""]
    assert lock.peek(linked.path).rewrite is None


def test_a_version_of_which_a_deleted_lock_file_knew_is_named(linked: Linked) -> None:
    """People delete lock files after a crash."""
    left = linked.path.with_name(".liveblog.toml.rewrite-0123456789abcdef")
    left.write_bytes(linked.path.read_bytes())
    lock_file.path_of(linked.path).unlink()
    linked.label("L")
    linked.label("M")
    assert [left.name in said for said in linked.said] == [True]
    assert left.exists()


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A blog file that is mounted alone, as containers do; skipped where that can't be done."""
    blog = BlogFile(tmp_path / "liveblog.toml", now=lambda: NOW)
    blog.create(Blog(title="t"))
    path = tmp_path / "container" / "liveblog.toml"
    path.parent.mkdir()
    path.touch()
    mount = ["mount", "--bind", str(blog.path), str(path)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip(f"only root can mount: {done.stderr.decode().strip()}")
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)


def test_a_blog_that_is_mounted_alone_is_added_to_and_changed(mounted: Path) -> None:
    """Renaming over it gives EBUSY."""
    blog = BlogFile(mounted, now=lambda: NOW)
    added = blog.add([Entry(id="", time=NOW, headline="h")])[0]
    blog.change(added.id, lambda e: replace(e, label="L"), Change(at=NOW))
    blog.set(lambda head: replace(head, kicker="k"), Change(at=NOW))
    outside = BlogFile(mounted.parent.parent / "liveblog.toml").read()
    assert (outside.kicker, outside.entries[0].label) == ("k", "L")
    names = sorted(p.name for p in mounted.parent.iterdir())
    assert names == [".liveblog.toml.lock", "liveblog.toml"]


def test_an_export_to_a_file_that_is_mounted_alone_is_refused_with_the_reason(
    mounted: Path, tmp_path: Path
) -> None:
    from liveblog_cli.publish import output
    from liveblog_cli.storage.guard import Guard

    before = mounted.read_bytes()
    mounted.write_bytes(b"# page\n")
    with pytest.raises(LiveblogError, match="resource busy") as caught:
        output.write(mounted.parent, {mounted.name: b"new"}, Guard())
    assert caught.value.hint.startswith("nothing was exported; it is mounted by itself")
    assert mounted.read_bytes() == b"# page\n"
    assert [p.name for p in mounted.parent.iterdir()] == ["liveblog.toml"]
    mounted.write_bytes(before)


def test_an_export_that_fails_at_the_last_step_says_what_is_new(mounted: Path) -> None:
    from liveblog_cli.publish import output
    from liveblog_cli.storage.guard import Guard

    mounted.write_bytes(b"# page\n")
    files = {"index.html": b"new", mounted.name: b"new"}
    with pytest.raises(LiveblogError, match=r"liveblog\.toml can't be written") as caught:
        output.write(mounted.parent, files, Guard())
    assert caught.value.hint.startswith("new is only: index.html; ")
    assert (mounted.parent / "index.html").read_bytes() == b"new"


def test_the_copy_of_a_version_is_made_from_the_blogs_own_folder(linked: Linked) -> None:
    """So that it has room and rights there before a byte of the blog is touched."""
    version = in_place.prepare(linked.path, [b"new"])
    assert version.path.parent == linked.path.parent
    assert version.alike
    assert disk.state_at(version.path).size == 3


def test_a_stream_finds_its_entries_again_after_an_edit_that_was_written_into_the_file(
    linked: Linked,
) -> None:
    """The file stays the same one, but what stands behind the edited entry has moved."""
    refs = RefIndex()

    def put(ref: str, headline: str) -> str:
        entry = Entry(id="", time=NOW, headline=headline, ref=ref)
        (outcome,) = linked.blog.put([upsert_of(entry)], refs=refs)
        assert not isinstance(outcome, LiveblogError), outcome.message
        return outcome.action

    assert [put("a", "a"), put("b", "b")] == ["added", "added"]
    assert put("a", "much longer than before") == "edited"
    assert put("b", "bb") == "edited"
    assert [e.headline for e in linked.blog.read().entries[3:]] == ["much longer than before", "bb"]
