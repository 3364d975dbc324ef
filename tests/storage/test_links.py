"""What another user planted beside a file is never followed, and never stops a change."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from exporting import photo
from reporter import Reporter

from liveblog_cli.storage import disk


def _names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.fixture
def entry(reporter: Reporter) -> str:
    """The id of an entry of the reporter's blog."""
    return reporter.done("add", "Erste Meldung").id


@pytest.mark.parametrize("name", [".liveblog.toml.new", ".liveblog.toml.new-{pid}"])
def test_a_link_planted_under_a_name_of_earlier_versions_is_not_followed(
    reporter: Reporter, entry: str, name: str
) -> None:
    """Neither is its target written to, nor does the blog become a link to it."""
    theirs = reporter.folder / "theirs"
    theirs.write_text("mine\n")
    planted = reporter.folder / name.format(pid=os.getpid())
    planted.symlink_to(theirs)
    reporter.done("edit", entry, "--label", "Analyse")
    reporter.done("set", "--kicker", "Live")
    assert theirs.read_text() == "mine\n"
    assert not reporter.file.is_symlink()
    assert planted.is_symlink()


def test_a_link_planted_for_an_export_is_not_followed(reporter: Reporter, entry: str) -> None:
    theirs = reporter.folder / "theirs"
    theirs.write_text("mine\n")
    public = reporter.folder / "public"
    public.mkdir()
    for name in (f".liveblog.md.liveblog-new-{os.getpid()}", ".liveblog.md.new"):
        (public / name).symlink_to(theirs)
    reporter.done("export", "md")
    assert theirs.read_text() == "mine\n"
    assert not (public / "liveblog.md").is_symlink()


def test_a_link_planted_where_torn_bytes_go_is_not_followed(reporter: Reporter, entry: str) -> None:
    """Also one that leads nowhere."""
    os.utime(reporter.file, (1, 1))
    whole = reporter.file.read_bytes()
    (reporter.folder / "liveblog.toml.torn-1").symlink_to(reporter.folder / "nowhere")
    (reporter.folder / ".liveblog.toml.lock").unlink()
    reporter.file.write_bytes(whole + b'[[entries]]\nid = "torn')
    os.utime(reporter.file, (1, 1))
    reporter.done("add", "Zweite Meldung")
    assert not (reporter.folder / "nowhere").exists()
    assert (reporter.folder / "liveblog.toml.torn-2").read_bytes() == b'[[entries]]\nid = "torn'


@pytest.mark.parametrize(
    "name", [".liveblog.toml.new", ".liveblog.toml.new-7", ".liveblog.toml.new-0123456789abcdef"]
)
def test_what_a_killed_change_left_is_swept_away_when_it_is_old(
    reporter: Reporter, entry: str, name: str
) -> None:
    left = reporter.folder / name
    left.write_text("half")
    reporter.done("edit", entry, "--label", "A")
    assert left.exists()
    os.utime(left, (1, 1))
    reporter.done("edit", entry, "--label", "B")
    assert _names(reporter.folder) == [".liveblog.toml.lock", "liveblog.toml"]


def test_what_this_program_did_not_make_is_not_swept_away(reporter: Reporter, entry: str) -> None:
    """Other names, links, folders, and what belongs to another blog or, run by root, another user."""
    names = [
        ".liveblog.toml.new-0123456789ABCDEF",
        ".liveblog.toml.new.bak",
        "liveblog.toml.new",
        ".other.toml.new-0123456789abcdef",
    ]
    for name in names:
        (reporter.folder / name).write_text("theirs")
    (reporter.folder / ".liveblog.toml.new-1111111111111111").mkdir()
    (reporter.folder / ".liveblog.toml.new-2222222222222222").symlink_to("liveblog.toml")
    if os.geteuid() == 0:
        theirs = reporter.folder / ".liveblog.toml.new-3333333333333333"
        theirs.write_text("theirs")
        os.chown(theirs, 4711, 4711)
    for path in reporter.folder.glob(".*.new*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    before = _names(reporter.folder)
    reporter.done("edit", entry, "--label", "A")
    assert _names(reporter.folder) == before


def test_the_name_of_a_temporary_file_cannot_be_foreseen_and_is_never_too_long(
    tmp_path: Path,
) -> None:
    path = tmp_path / ("ü" * 127 + "x")
    made = [disk.create_beside(path) for _ in range(3)]
    assert len({beside for _, beside in made}) == 3
    for fd, beside in made:
        assert beside.parent == tmp_path
        assert os.fstat(fd).st_mode & 0o777 == 0o600
        assert not os.get_inheritable(fd)
        os.close(fd)


def test_a_file_whose_name_is_as_long_as_can_be_is_exported(reporter: Reporter, entry: str) -> None:
    name = "n" * 252 + ".md"
    for _ in range(2):
        reporter.done("export", "md", "-o", name)
        reporter.done("add", "Noch eine")
    assert (reporter.folder / name).exists()


@pytest.mark.parametrize("kind", ["link", "link to nowhere", "pipe", "device", "folder"])
def test_what_is_planted_where_the_lock_has_to_be_is_not_touched(
    reporter: Reporter, kind: str
) -> None:
    """No change is made, nobody waits for ever, and the line says what to do. Reading needs no lock."""
    theirs = reporter.folder / "theirs"
    theirs.write_text("mine\n")
    planted = reporter.folder / ".liveblog.toml.lock"
    _plant(kind, planted, theirs)
    for words in (("add", "Meldung"), ("set", "--kicker", "Live")):
        result = reporter.refused(*words)
        assert ".liveblog.toml.lock is" in result.err
        assert "then delete it" in result.err
    reporter.done("list")
    reporter.done("export", "md")
    assert theirs.read_text() == "mine\n"
    assert not (reporter.folder / "nowhere").exists()


def _plant(kind: str, planted: Path, theirs: Path) -> None:
    if kind == "pipe":
        os.mkfifo(planted)
    elif kind == "folder":
        planted.mkdir()
    elif kind == "device":
        try:
            os.mknod(planted, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("only root can make a device")
    else:
        planted.symlink_to(theirs if kind == "link" else "nowhere")


def test_a_hard_link_planted_as_the_lock_is_replaced_and_not_written_into(
    reporter: Reporter,
) -> None:
    theirs = reporter.folder / "theirs"
    theirs.write_text("mine\n")
    os.link(theirs, reporter.folder / ".liveblog.toml.lock")
    reporter.done("add", "Meldung")
    assert theirs.read_text() == "mine\n"
    assert (reporter.folder / ".liveblog.toml.lock").stat().st_nlink == 1


def owned_by_a_stranger(path: Path) -> None:
    try:
        os.chown(path, 12345, 12345, follow_symlinks=False)
    except PermissionError:
        pytest.skip("only root can give a file to another user")


@pytest.mark.parametrize("output", ["public", "public/feed.json"])
@pytest.mark.parametrize("planted", ["public/feed.json", "public"])
def test_a_link_of_another_user_is_not_followed_by_an_export(
    reporter: Reporter, entry: str, output: str, planted: str
) -> None:
    """`public/feed.json` leads to the desk's ~/.bashrc: whoever exports would overwrite that."""
    (reporter.folder / "mine").mkdir()
    (reporter.folder / "mine/feed.json").write_text("mine")
    if planted == "public":
        (reporter.folder / "public").symlink_to("mine")
    else:
        (reporter.folder / "public").mkdir()
        (reporter.folder / "public/feed.json").symlink_to("../mine/feed.json")
    owned_by_a_stranger(reporter.folder / planted)
    said = reporter.refused("export", "json", "-o", output)
    assert f"{planted} is a link of " in said.err
    assert (reporter.folder / "mine/feed.json").read_text() == "mine"
    os.chown(reporter.folder / planted, os.geteuid(), -1, follow_symlinks=False)
    reporter.done("export", "json", "-o", output)
    assert (reporter.folder / "mine/feed.json").read_text() != "mine"


def test_a_link_of_another_user_makes_nothing_a_part_of_the_blog(
    reporter: Reporter, entry: str
) -> None:
    """Whoever plants `liveblog.toml.torn-9` could else stop every export to a file of his choice."""
    reporter.done("export", "json", "-o", "feed.json")
    planted = reporter.folder / "liveblog.toml.torn-9"
    planted.symlink_to("feed.json")
    assert "a part of the blog" in reporter.refused("export", "json", "-o", "feed.json").err
    owned_by_a_stranger(planted)
    reporter.done("export", "json", "-o", "feed.json")


def test_a_folder_of_pictures_that_is_a_link_of_another_user_is_not_followed(
    reporter: Reporter,
) -> None:
    photo(reporter.folder / "a.jpg", (40, 30))
    reporter.done("add-entry", "Smoke", "--image", "a.jpg", "--alt", "x")
    (reporter.folder / "private").mkdir()
    (reporter.folder / "public").mkdir()
    (reporter.folder / "public/media").symlink_to("../private")
    owned_by_a_stranger(reporter.folder / "public/media")
    assert "public/media is a link of " in reporter.refused("export", "-o", "public").err
    assert list((reporter.folder / "private").iterdir()) == []


def test_a_pipe_of_another_user_stops_no_export_for_ever(reporter: Reporter, entry: str) -> None:
    """Its reader may hold it open and never read: nobody asked for a pipe there."""
    (reporter.folder / "public").mkdir()
    pipe = reporter.folder / "public/index.html"
    os.mkfifo(pipe)
    owned_by_a_stranger(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert "index.html is a pipe" in reporter.refused("export", "-o", "public").err
    finally:
        os.close(reader)
