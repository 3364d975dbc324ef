"""What is on disk: nothing acknowledged is lost, nothing half written is believed."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from liveblog_cli.errors import InvalidFile, LiveblogError, LockBusy, NotFound
from liveblog_cli.model.values import Blog, Change, Entry
from liveblog_cli.storage import codec, disk, lock, lock_file
from liveblog_cli.storage.blogfile import BlogFile

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
BODY = 'Text, "quoted"\n\n[[entries]]\nid = "x"\nand ünïcode 😀'


class LoggedBlog:
    """A blog of three entries, and what was logged (`said`)."""

    def __init__(self, folder: Path, log: pytest.LogCaptureFixture) -> None:
        self.log = log
        self.file = self.open(folder / "liveblog.toml")
        self.file.create(Blog(title="t"))
        self.added = [self.add(f"h{n}") for n in range(3)]

    def open(self, path: Path, **more: float) -> BlogFile:
        return BlogFile(path, now=lambda: NOW, **more)

    @property
    def said(self) -> list[str]:
        return self.log.messages

    @property
    def path(self) -> Path:
        return self.file.path

    def add(self, headline: str) -> Entry:
        return self.file.add([Entry(id="", time=NOW, headline=headline, body=BODY)])[0]

    def edit(self, name: str) -> Entry:
        return self.file.change(name, lambda e: replace(e, label="L"), Change(at=NOW))


@pytest.fixture
def desk(memory: Path, caplog: pytest.LogCaptureFixture) -> LoggedBlog:
    return LoggedBlog(memory, caplog)


def lie_untouched(path: Path, seconds: float = 61) -> None:
    """As if nobody had saved the file for so long."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - int(seconds * 1e9)))


def _around(desk: LoggedBlog) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in desk.path.parent.iterdir() if p.suffix != ".lock"}


def test_a_file_cut_anywhere_in_its_last_two_blocks_is_mended_and_takes_more(
    desk: LoggedBlog,
) -> None:
    """Also without a lock file, as in a copy: what the file alone can tell is told."""
    whole = desk.path.read_bytes()
    memory = lock_file.path_of(desk.path).read_bytes()
    first = whole.index(b"[[entries]]", whole.index(b"[[entries]]") + 5)
    for cut in range(first, len(whole)):
        for keep_lock in (True, False):
            for other in desk.path.parent.iterdir():
                other.unlink()
            if keep_lock:
                lock_file.path_of(desk.path).write_bytes(memory)
            desk.path.write_bytes(whole[:cut])
            lie_untouched(desk.path)
            desk.log.clear()
            new = desk.add("after")
            loaded = desk.file.load()
            ids = [e.id for e in loaded.blog.entries]
            assert ids[0] == desk.added[0].id
            assert ids[-1] == new.id
            rest = [p for p in desk.path.parent.iterdir() if ".torn-" in p.name]
            torn = b"".join(p.read_bytes() for p in rest)
            assert desk.path.read_bytes().startswith(whole[: cut - len(torn)])
            assert whole[cut - len(torn) : cut] == torn
            assert bool(desk.said) >= bool(torn)
            told_by_memory = keep_lock and cut > whole.rindex(b"[[entries]]")
            assert not (loaded.problems and told_by_memory)


def test_a_file_cut_at_the_end_of_a_block_is_told_by_the_lock_files_memory(
    desk: LoggedBlog,
) -> None:
    whole = desk.path.read_bytes()
    desk.path.write_bytes(whole[: whole.rindex(b"[[entries]]")])
    desk.add("after")
    assert desk.added[2].id in desk.said[0]
    assert "no longer in the file" in desk.said[0]
    desk.add("told once")
    assert len(desk.said) == 1


def test_zeros_at_the_end_are_kept_beside_the_file(desk: LoggedBlog) -> None:
    whole = desk.path.read_bytes()
    desk.path.write_bytes(whole[:-60] + bytes(60))
    lie_untouched(desk.path)
    assert [e.id for e in desk.file.read().entries] == [e.id for e in desk.added[:2]]
    assert desk.path.read_bytes() == whole[:-60] + bytes(60)
    new = desk.add("more").id
    assert "torn bytes" in desk.said[1]
    kept = desk.path.with_name("liveblog.toml.torn-1").read_bytes()
    assert kept == (whole[:-60] + bytes(60))[-len(kept) :]
    assert new in [e.id for e in desk.file.read().entries]


def test_nothing_is_cut_from_a_file_that_is_not_utf8(desk: LoggedBlog) -> None:
    """What can't be read for certain is left as it is: it may be a text of another encoding."""
    whole = desk.path.read_bytes().replace(b"h0", b"h\xff\xfe")[:-30]
    desk.path.write_bytes(whole)
    lie_untouched(desk.path)
    for act in (desk.file.read, lambda: desk.add("h"), lambda: desk.edit("last")):
        with pytest.raises(InvalidFile, match="not UTF-8"):
            act()
    assert _around(desk) == {"liveblog.toml": whole}


def test_a_kill_in_the_middle_of_an_append_leaves_nothing_of_it(desk: LoggedBlog) -> None:
    """Also where the part that was written would be an entry by itself."""
    whole = desk.path.read_bytes()
    data = (
        b'\n[[entries]]\nid = "killed"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\nbody = "b"\n'
    )
    part = data[: data.index(b"body")]
    with lock.hold(desk.path) as held:
        held.note(held.memory.begin_append(len(whole), data))
        disk.append(os.open(desk.path, os.O_RDWR), len(whole), part)
    assert [e.id for e in desk.file.read().entries] == [e.id for e in desk.added]
    assert desk.path.read_bytes() == whole + part
    assert "left out" in desk.said[0]
    new = desk.add("after")
    assert [e.id for e in desk.file.read().entries] == [*(e.id for e in desk.added), new.id]
    assert desk.path.read_bytes().startswith(whole)
    assert desk.path.with_name("liveblog.toml.torn-1").read_bytes() == part


def test_what_a_person_saved_after_a_kill_is_not_taken_for_the_killed_append(
    desk: LoggedBlog,
) -> None:
    whole = desk.path.read_bytes()
    with lock.hold(desk.path) as held:
        killed = b'\n[[entries]]\nid = "killed"\n' + b"x" * 500
        held.note(held.memory.begin_append(len(whole), killed))
    own = b'\n[[entries]]\nid = "mine"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\n'
    desk.path.write_bytes(whole + own)
    desk.add("after")
    assert desk.path.read_bytes().startswith(whole + own)
    assert not desk.said


@pytest.mark.parametrize(
    "garbage", [b"", b"\0\xff{", b"[1]", b'{"append": "x", "ids": 3}', b"9" * 9999]
)
def test_a_lock_file_of_garbage_stops_nobody(desk: LoggedBlog, garbage: bytes) -> None:
    lock_file.path_of(desk.path).write_bytes(garbage)
    desk.add("one")
    desk.edit("last")
    lock_file.path_of(desk.path).unlink()
    desk.add("two")
    assert len(desk.file.read().entries) == 5


def test_an_editor_that_saves_an_older_text_is_found_out(desk: LoggedBlog) -> None:
    opened = desk.path.read_text()
    new = desk.add("by a script")
    desk.path.write_text(opened.replace("h0", "mended by hand"))
    desk.add("next")
    assert new.id in desk.said[0]
    assert "saved an older text over them" in desk.said[0]


def test_an_append_goes_into_the_file_that_an_editor_put_there_meanwhile(
    desk: LoggedBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.append

    def saved_over(fd: int, size: int, data: bytes) -> None:
        monkeypatch.setattr(disk, "append", real)
        other = desk.path.with_suffix(".new")
        other.write_bytes(desk.path.read_bytes().replace(b"h0", b"by hand"))
        other.replace(desk.path)
        real(fd, size, data)

    monkeypatch.setattr(disk, "append", saved_over)
    new = desk.add("by a script")
    entries = desk.file.read().entries
    assert [e.headline for e in entries] == ["by hand", "h1", "h2", "by a script"]
    assert [e.id for e in entries].count(new.id) == 1


def test_an_append_that_was_saved_over_does_not_go_into_half_an_entry(
    desk: LoggedBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor saved what somebody is typing at that moment; it stays as it is."""
    real = disk.append
    typed = desk.path.read_bytes() + b'\n[[entries]]\nid = "typed"\nbody = """\nby ha'

    def saved_over(fd: int, size: int, data: bytes) -> None:
        monkeypatch.setattr(disk, "append", real)
        real(fd, size, data)
        desk.path.write_bytes(typed)

    monkeypatch.setattr(disk, "append", saved_over)
    with pytest.raises(LockBusy, match="nothing was changed"):
        desk.open(desk.path, lock_timeout=0).add([Entry(id="", time=NOW, headline="h")])
    assert desk.path.read_bytes() == typed
    assert not list(desk.path.parent.glob("*.torn-*"))


def test_nothing_goes_into_a_file_that_an_editor_has_just_emptied_to_write_it(
    desk: LoggedBlog,
) -> None:
    desk.path.write_bytes(b"")
    with pytest.raises(LockBusy, match="emptied a moment ago: nothing was changed"):
        desk.open(desk.path, lock_timeout=0).add([Entry(id="", time=NOW, headline="h")])
    assert desk.path.read_bytes() == b""
    os.utime(desk.path, (1, 1))
    desk.add("h")
    assert b"h" in desk.path.read_bytes()


def test_a_change_is_made_anew_where_an_editor_saved_meanwhile(desk: LoggedBlog) -> None:
    seen: list[str] = []

    def edit(entry: Entry) -> Entry:
        if not seen:
            desk.path.write_bytes(desk.path.read_bytes().replace(b"h1", b"by hand"))
        seen.append(entry.headline)
        return replace(entry, key=True)

    answer = desk.file.change(desk.added[1].id, edit, Change(at=NOW))
    assert seen == ["h1", "by hand"]
    assert desk.file.entry(answer.id) == answer
    assert (answer.headline, answer.key) == ("by hand", True)


def test_a_lock_that_is_kept_names_its_holder(desk: LoggedBlog) -> None:
    before = _around(desk)
    other = desk.open(desk.path, lock_timeout=0.05)
    with lock.hold(desk.path):
        with pytest.raises(LockBusy, match=f"process {os.getpid()} on .* over 0.05 s") as caught:
            other.add([Entry(id="", time=NOW, headline="h")])
        assert caught.value.status == 5
        assert len(other.read().entries) == 3
    assert _around(desk) == before


def test_a_lock_file_removed_while_we_wait_is_not_the_one_we_get(desk: LoggedBlog) -> None:
    with lock.hold(desk.path):
        lock_file.path_of(desk.path).unlink()
        with lock.hold(desk.path) as second:
            assert os.path.samestat(os.fstat(second._fd), lock_file.path_of(desk.path).stat())


def test_a_note_of_a_dead_process_holds_nobody_up(desk: LoggedBlog) -> None:
    lock_file.path_of(desk.path).write_text(json.dumps({"pid": 1, "host": "elsewhere"}))
    assert desk.open(desk.path, lock_timeout=0).add([Entry(id="", time=NOW, headline="h")])


def test_a_file_deleted_meanwhile_is_said_and_not_made_anew(desk: LoggedBlog) -> None:
    desk.path.unlink()
    for act in (lambda: desk.add("h"), lambda: desk.edit("last"), desk.file.read):
        with pytest.raises(NotFound, match="no such file"):
            act()
    assert _around(desk) == {}


def test_a_clock_set_back_changes_nothing_but_the_times(desk: LoggedBlog) -> None:
    early = BlogFile(desk.path, now=lambda: datetime(1990, 1, 1, tzinfo=UTC))
    early.add([Entry(id="", time=NOW, headline="early")])
    early.change("last", lambda e: replace(e, label="x"), early.stamp("edit"))
    assert [e.headline for e in desk.file.read().entries] == ["h0", "h1", "h2", "early"]


@pytest.mark.parametrize("room", [0, 1, 40, 100])
def test_a_full_disk_leaves_the_file_as_it_was(
    desk: LoggedBlog, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """Each write may stop half way: neither the file nor anything beside it changes."""
    before = _around(desk)
    real, left = os.write, [room]

    def write(fd: int, data: bytes) -> int:
        if os.fstat(fd).st_ino != desk.path.stat().st_ino:
            return real(fd, data)
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(fd, bytes(data)[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(LiveblogError, match="nothing was added: No space left"):
        desk.add("h")
    assert _around(desk) == before


def test_a_change_keeps_the_files_rights(desk: LoggedBlog) -> None:
    desk.path.chmod(0o640)
    desk.edit("last")
    assert desk.path.stat().st_mode & 0o777 == 0o640


def test_a_pipe_a_folder_and_a_device_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        for act in (BlogFile(path).read, BlogFile(path).head, lambda p=path: BlogFile(p).add([])):
            with pytest.raises(LiveblogError, match="not a"):
                act()


def test_the_head_is_read_without_the_rest_of_the_file(
    desk: LoggedBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.path.write_bytes(desk.path.read_bytes() + b'\n[[entries]]\nbody = """' + b"x\n" * 90_000)
    monkeypatch.setattr(type(desk.file.reader), "read", lambda self: pytest.fail("read it all"))
    assert desk.file.head().title == "t"


def test_an_entry_that_an_unclosed_string_hides_can_be_changed(desk: LoggedBlog) -> None:
    text = desk.path.read_text().replace(
        '"h0"\nbody = """', '"h0"\nbody = """unclosed"\nkicker = """'
    )
    broken = text.replace('ünïcode 😀"""', "ünïcode 😀", 1)
    desk.path.write_text(broken)
    answer = desk.edit(desk.added[1].id)
    assert answer.label == "L"
    assert len(codec.load(desk.file.reader.read()).problems) == 1


def test_a_blog_is_made_also_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    desk = LoggedBlog(tmp_path, caplog)
    with pytest.raises(LiveblogError, match="exists already"):
        desk.file.create(Blog(title="again"))
    assert desk.file.head().title == "t"
    assert [p.suffix for p in sorted(tmp_path.iterdir())] == [".lock", ".toml"]
