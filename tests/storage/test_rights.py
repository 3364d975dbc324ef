"""Owner, group, mode, access lists: who could write a blog still can, and nobody else ever could."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from reporter import Reporter
from shared_folders import (
    CASES,
    Case,
    blog_of,
    folder_of,
    own,
    place,
    private,
    roots_lock_in_a_sticky_folder,
    sticky,
)
from users import (
    ANNA,
    BEN,
    CARLA,
    DESK,
    MALLORY,
    ROOT,
    User,
    access,
    acting_as,
    give_list,
    needs_root,
)

from liveblog_cli.errors import LiveblogError, LockBusy
from liveblog_cli.model.values import Blog, Change, Entry
from liveblog_cli.publish import output
from liveblog_cli.storage import lock, lock_file, rights
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import Guard

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)


def _write(path: Path, user: User, umask: int = 0o022) -> None:
    """What a user does in a day: add, add to, change, and again."""
    with acting_as(user, umask):
        blog = BlogFile(path, now=lambda: NOW, lock_timeout=1)
        added = blog.add([Entry(id="", time=NOW, headline=f"by {user.name}")])[0]
        blog.change(added.id, lambda e: replace(e, label="L"), Change(at=NOW))
        blog.set(lambda head: replace(head, kicker=added.id), Change(at=NOW))


@needs_root
@pytest.mark.parametrize("umask", [0o022, 0o077], ids="umask {:03o}".format)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.make.__name__)
def test_writers_of_a_blog_keep_its_rights_and_lock_no_other_out(case: Case, umask: int) -> None:
    """Whoever writes first: owner, group, mode and list are the same, and the next one can write."""
    for turn in range(len(case.writers)):
        order = (*case.writers[turn:], *case.writers[:turn], case.writers[turn])
        with place() as folder:
            path = case.make(folder)
            before, may = rights.read_rights(path), access(path)
            for user in order:
                _write(path, user, umask)
                assert rights.read_rights(path) == before
                assert access(path) == may
                for name, found in access(lock_file.path_of(path)).items():
                    assert "r" in may[name] or not found, f"{name} may open the lock file"
            assert len(BlogFile(path).read().entries) == len(order)
            names = sorted(p.name for p in folder.iterdir())
            assert names == [".liveblog.toml.lock", "liveblog.toml"]


@needs_root
def test_a_strangers_lock_in_a_sticky_folder_is_used_but_never_written_into() -> None:
    """He could read there what a private blog says. Adding needs no more than the lock."""
    with place() as folder:
        path = sticky(folder)
        theirs = lock_file.path_of(path)
        theirs.touch()
        theirs.chmod(0o666)
        os.chown(theirs, MALLORY.uid, MALLORY.uid)
        _write(path, ANNA)
        with acting_as(BEN):
            blog = BlogFile(path, now=lambda: NOW)
            added = blog.add([Entry(id="", time=NOW, headline="by Ben")])[0]
            with pytest.raises(LiveblogError, match="lock can't be written: nothing was") as caught:
                blog.change(added.id, lambda e: replace(e, label="L"), Change(at=NOW))
        assert f"it is user {MALLORY.uid}'s" in caught.value.hint
        assert theirs.read_bytes() == b""
        assert sorted(p.name for p in folder.iterdir()) == [theirs.name, "liveblog.toml"]


@needs_root
def test_a_lock_that_may_only_be_read_still_keeps_writers_apart() -> None:
    with place() as folder:
        path = roots_lock_in_a_sticky_folder(folder)
        with lock.hold(path), acting_as(ANNA), pytest.raises(LockBusy):
            BlogFile(path, lock_timeout=0.05).add([Entry(id="", time=NOW, headline="h")])
        with acting_as(ANNA), lock.hold(path, timeout=1), acting_as(ROOT), pytest.raises(LockBusy):
            BlogFile(path, lock_timeout=0.05).add([Entry(id="", time=NOW, headline="h")])


@needs_root
def test_a_lock_file_that_may_not_be_opened_is_named_with_its_owner_and_the_way_out() -> None:
    with place() as folder:
        path = own(folder)
        lock_file.path_of(path).touch(0o600)
        with acting_as(ANNA), pytest.raises(LiveblogError, match="can't be opened") as caught:
            BlogFile(path).add([Entry(id="", time=NOW, headline="h")])
        assert caught.value.hint.startswith("it is root's: their next change mends it")
        _write(path, ROOT)
        _write(path, ANNA)


@needs_root
def test_a_change_in_a_folder_that_may_not_be_written_is_refused_with_the_reason() -> None:
    """An addition needs only the file and its lock."""
    with place() as folder:
        path = blog_of(folder_of(folder, ROOT, 0, 0o755), ANNA, ANNA.uid, 0o644)
        with acting_as(ANNA), pytest.raises(LiveblogError, match="lock can't be made") as caught:
            BlogFile(path).add([Entry(id="", time=NOW, headline="h")])
        assert "rights" in caught.value.hint
        _write(path, ROOT)
        before = path.stat().st_size
        with acting_as(ANNA):
            added = BlogFile(path).add([Entry(id="", time=NOW, headline="h")])[0]
            with pytest.raises(LiveblogError, match="nothing was changed: Permission") as caught:
                BlogFile(path).change(added.id, lambda e: replace(e, label="L"), Change(at=NOW))
        assert "rights" in caught.value.hint
        assert path.stat().st_size > before


@needs_root
def test_a_blog_that_may_only_be_read_is_not_replaced_either() -> None:
    """Though the folder would allow it."""
    with place() as folder:
        path = blog_of(folder_of(folder, ANNA, DESK, 0o775), ANNA, DESK, 0o640)
        with acting_as(BEN), pytest.raises(LiveblogError, match="Permission denied"):
            BlogFile(path).set(lambda head: replace(head, kicker="k"), Change(at=NOW))
        assert [p.name for p in folder.iterdir()] == ["liveblog.toml"]


@needs_root
@pytest.mark.parametrize("lists", [True, False], ids=["lists", "no lists"])
@pytest.mark.parametrize("owner", [ANNA, CARLA, ROOT], ids=lambda u: u.name)
def test_an_export_gives_nobody_more_than_the_file_before(
    monkeypatch: pytest.MonkeyPatch, owner: User, lists: bool
) -> None:
    """Nor less, where the file system has access lists. Only whoever exports owns it now."""
    if not lists:
        monkeypatch.setattr(os, "setxattr", _no_lists)
    for owning_group in (DESK, ANNA.uid, MALLORY.uid):
        for mode in (0o600, 0o640, 0o644, 0o660, 0o604):
            with place() as folder:
                path = folder_of(folder, ANNA, DESK, 0o777) / "index.html"
                path.write_text("old")
                os.chown(path, owner.uid, owning_group)
                path.chmod(mode)
                before = access(path)
                with acting_as(BEN):
                    _export(path, readable="r" in before["ben"])
                after = access(path)
                for user in (ANNA, CARLA, MALLORY):
                    assert set(after[user.name]) <= set(before[user.name])
                    assert after[user.name] == before[user.name] or not lists


def _export(path: Path, readable: bool) -> None:
    """What can't be read might be anything, also a blog."""
    if readable:
        output.write(path.parent, {path.name: b"new"}, Guard())
        return
    with pytest.raises(LiveblogError, match="Permission denied"):
        output.write(path.parent, {path.name: b"new"}, Guard())


def _no_lists(*_: object, **__: object) -> None:
    raise OSError(errno.ENOTSUP, "Operation not supported")


@needs_root
def test_what_is_new_has_the_rights_that_its_folder_gives() -> None:
    """Group and default list of the folder, and what the umask leaves."""
    with place() as folder:
        folder_of(folder, ANNA, DESK, 0o2777)
        with acting_as(BEN, umask=0o027):
            output.write(folder, {"index.html": b"x"}, Guard())
            BlogFile(folder / "b.toml").create(Blog(title="t"))
        for name in ("index.html", "b.toml"):
            found = rights.read_rights(folder / name)
            assert (found.group, found.mode) == (DESK, 0o640)
        give_list(folder, f"d:u:{CARLA.uid}:rw")
        with acting_as(BEN, umask=0o077):
            output.write(folder, {"page.html": b"x"}, Guard())
        assert access(folder / "page.html")["carla"] == "rw"


def test_the_next_blog_of_a_private_one_is_as_private(reporter: Reporter) -> None:
    """It takes over its notes and pinned entries. Whose file it is, root's cron doesn't change."""
    reporter.file.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(reporter.file, ANNA.uid, DESK)
    reporter.done("rollover", "next.toml")
    assert rights.read_rights(reporter.folder / "next.toml") == rights.read_rights(reporter.file)


def test_a_name_too_long_for_a_lock_file_is_refused_before_a_blog_is_made(
    reporter: Reporter,
) -> None:
    result = reporter.refused("new", "Titel", "-f", "n" * 248 + ".toml")
    assert "give the file a shorter name" in result.err
    os.rename(reporter.file, reporter.folder / ("n" * 248 + ".toml"))
    result = reporter.refused("add", "Meldung", "-f", "n" * 248 + ".toml")
    assert "give the file a shorter name" in result.err


@needs_root
def test_torn_bytes_are_kept_as_private_as_the_blog() -> None:
    with place() as folder:
        path = private(folder)
        with open(path, "ab") as file:
            file.write(b'[[entries]]\nid = "torn')
        os.utime(path, (1, 1))
        _write(path, ROOT)
        kept = rights.read_rights(folder / "liveblog.toml.torn-1")
        assert kept == rights.read_rights(path)


def test_attributes_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "liveblog.toml"
    BlogFile(path).create(Blog(title="t"))
    try:
        os.setxattr(path, "user.desk", b"politics")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    _as_it_is(path)
    assert os.getxattr(path, "user.desk") == b"politics"


def _as_it_is(path: Path) -> None:
    BlogFile(path).set(lambda head: replace(head, kicker="k"), Change(at=NOW))


def _half_rewritten(path: Path, user: User, whole: bytes) -> Path:
    """A blog as a user leaves it whose change is killed half way."""
    version = path.with_name(".liveblog.toml.rewrite-0123456789abcdef")
    with acting_as(user):
        version.write_bytes(whole)
        os.chown(version, -1, DESK if DESK in user.groups else user.uid)
    with lock.hold(path) as held:
        held.note(replace(held.memory, rewrite=version.name))
    path.write_bytes(path.read_bytes()[:30])
    return version


@needs_root
def test_a_killed_change_of_a_colleague_is_finished_also_in_a_sticky_folder() -> None:
    """Where what he left can't be removed."""
    with place() as folder:
        path = sticky(folder)
        _write(path, BEN)
        before = path.read_bytes()
        version = _half_rewritten(path, BEN, before.replace(b"by ben", b"by him"))
        with acting_as(ANNA):
            assert BlogFile(path).read().entries[0].headline == "by him"
        _write(path, ANNA)
        headlines = [e.headline for e in BlogFile(path).read().entries]
        assert headlines == ["by him", "by anna"]
        assert version.exists()
        assert (folder / "liveblog.toml.torn-1").read_bytes() == before[:30]


@needs_root
def test_a_version_that_a_stranger_planted_is_named_and_not_believed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with place() as folder:
        path = sticky(folder)
        _write(path, BEN)
        before = path.read_bytes()
        version = _half_rewritten(path, MALLORY, b"planted")
        path.write_bytes(before)
        with acting_as(ANNA):
            blog = BlogFile(path)
            assert blog.read().entries[0].headline == "by ben"
            blog.add([Entry(id="", time=NOW, headline="h")])
        assert path.read_bytes().startswith(before)
        assert [version.name in line for line in caplog.messages] == [True]


@needs_root
@pytest.mark.parametrize("planter", [MALLORY, ANNA, ROOT], ids=lambda u: u.name)
def test_a_strangers_link_to_a_blog_in_a_folder_for_everybody_is_not_followed(
    planter: User,
) -> None:
    """Also one in the middle of the way, and behind another link. One's own and root's are."""
    with place() as folder:
        path = blog_of(folder_of(folder, ANNA, DESK, 0o755), ANNA, ANNA.uid, 0o644)
        shared = folder.parent / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        for name, target in (("b.toml", path), ("desk", folder)):
            (shared / name).symlink_to(target)
            os.chown(shared / name, planter.uid, planter.uid, follow_symlinks=False)
        (folder / "own.toml").symlink_to(shared / "b.toml")
        for way in (shared / "b.toml", shared / "desk" / path.name, folder / "own.toml"):
            if planter is MALLORY:
                with pytest.raises(LiveblogError, match=f"link of user {MALLORY.uid}'s in a"):
                    _write(way, ANNA)
            else:
                _write(way, ANNA)
        assert len(BlogFile(path).read().entries) == (0 if planter is MALLORY else 3)
