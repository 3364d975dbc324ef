"""Nothing that an export is made from, and no other blog, is ever written over by a command."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from exporting import AFTERNOON, blog_at, entry, installed_plugin, photo, plain_format

from liveblog_cli import cli, formats, open_blog
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Media
from liveblog_cli.storage import guard

posix = pytest.mark.skipif(os.name != "posix", reason="links and devices of POSIX")


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEBLOG_NOW", AFTERNOON)


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a blog that has a picture in a draft, a lock, torn bytes and a theme."""
    folder = tmp_path / "blog"
    folder.mkdir()
    photo(folder / "pictures/draft.jpg", (300, 200))
    photo(folder / "pictures/earlier.jpg", (200, 200))
    photo(folder / "pictures/shown.jpg", (200, 300))
    blog_file = blog_at(
        folder,
        entry("a1", media=(Media(file="pictures/shown.jpg", alt="x"),)),
        entry("a2", status="draft", media=(Media(file="pictures/draft.jpg", alt="x"),)),
        entry("a3", media=(Media(file="pictures/earlier.jpg", alt="x"),)),
    )
    open_blog(blog_file.path).edit("a3", headline="Without a picture", media=())
    (folder / "liveblog.toml.torn-1").write_text('[[entries]]\nid = "t1"\nheadl')
    (folder / "theme").mkdir()
    (folder / "theme/page.css").write_text("p {}")
    (folder / "sub").mkdir()
    (folder / "other.toml").write_text('title = "Another"\n')
    monkeypatch.chdir(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@contextmanager
def refused(
    folder: Path, capsys: pytest.CaptureFixture[str], target: str, kept: str
) -> Iterator[None]:
    """What is run inside fails in one line that names both, and every file is as it was."""
    before = contents(folder)
    capsys.readouterr()
    yield
    said = capsys.readouterr()
    assert said.out == ""
    [error] = [line for line in said.err.splitlines() if line.startswith("Error")]
    assert target in error
    assert kept in error
    assert contents(folder) == before


INPUTS = {
    "liveblog.toml": "the blog file itself",
    "sub/../liveblog.toml": "the blog file itself",
    ".liveblog.toml.lock": "lock",
    "liveblog.toml.torn-1": "liveblog.toml.torn-1",
    "liveblog.toml.torn-7": "torn bytes",
    "pictures/shown.jpg": "pictures/shown.jpg",
    "pictures/draft.jpg": "pictures/draft.jpg",
    "pictures/earlier.jpg": "pictures/earlier.jpg",
    "theme/page.css": "theme",
    "theme/new.html": "theme",
    "other.toml": "a blog file",
}


@pytest.mark.parametrize("target", INPUTS)
def test_no_input_is_written_over(
    blog: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    """`export json -o liveblog.toml` destroyed the blog; so did every other way to name an input."""
    with refused(blog, capsys, target, INPUTS[target]):
        assert cli.main(["export", "html", "-o", target, "--theme", "theme"]) == 1


@posix
@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("kept", ["liveblog.toml", ".liveblog.toml.lock", "pictures/draft.jpg"])
def test_a_link_to_an_input_is_the_input(
    blog: Path,
    capsys: pytest.CaptureFixture[str],
    link: Callable[[Path, Path], None],
    kept: str,
) -> None:
    link(blog / kept, blog / "page.json")
    with refused(blog, capsys, "page.json", kept):
        assert cli.main(["export", "json", "-o", "page.json"]) == 1
    (blog / "public").mkdir()
    link(blog / kept, blog / "public/feed.json")
    with refused(blog, capsys, "public/feed.json", kept):
        assert cli.main(["export"]) == 1


@posix
def test_a_lock_that_is_not_there_yet_is_kept_by_its_name(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (blog / ".liveblog.toml.lock").unlink()
    for target in (".liveblog.toml.lock", ".other.toml.lock", ".liveblog.toml.lock/index.html"):
        with refused(blog, capsys, target, "lock"):
            assert cli.main(["export", "html", "-o", target]) == 1


def test_a_name_is_kept_however_its_letters_are_composed(tmp_path: Path) -> None:
    """macOS takes `ö` and `o` with a trema for one name, and `Ö` as well."""
    (tmp_path / "blög.toml").write_text('title = "x"\n')
    kept = guard.Guard(guard.list_companions(tmp_path / "blög.toml"))
    for letter in ("ö", "o\u0308", "O\u0308"):
        assert kept.keeps(tmp_path / f".bl{letter}g.toml.lock"), letter
    assert not kept.keeps(tmp_path / ".blog.toml.lock")


def test_python_refuses_the_same(blog: Path) -> None:
    before = contents(blog)
    for target in ("liveblog.toml", "other.toml", "pictures/draft.jpg"):
        with pytest.raises(LiveblogError, match=target):
            open_blog("liveblog.toml").export("json", folder=target)
    assert contents(blog) == before


def test_the_configuration_and_what_is_trusted_are_inputs(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(blog / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(blog / "state"))
    (blog / "state/liveblog/trusted").mkdir(parents=True)
    with refused(blog, capsys, "state/liveblog/trusted/x.json", "trusted"):
        assert cli.main(["export", "json", "-o", "state/liveblog/trusted/x.json"]) == 1
    (blog / "state/liveblog/drafts").mkdir()
    with refused(blog, capsys, "state/liveblog/drafts/x.json", "drafts"):
        assert cli.main(["export", "json", "-o", "state/liveblog/drafts/x.json"]) == 1
    (blog / "config/liveblog").mkdir(parents=True)
    for _ in range(2):
        with refused(blog, capsys, "config/liveblog/config.toml", "configuration"):
            assert cli.main(["export", "json", "-o", "config/liveblog/config.toml"]) == 1
        (blog / "config/liveblog/config.toml").write_text('author = "Ada"\n')


@pytest.mark.parametrize("name", ["../liveblog.toml", "/tmp/x.txt", "", "a\0b", "a/../b", ".", 7])
def test_a_plugin_names_a_file_in_the_folder_and_no_other(
    blog: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: object,
) -> None:
    monkeypatch.syspath_prepend(installed_plugin(tmp_path / "packages", name))
    monkeypatch.delitem(sys.modules, "plainformat", raising=False)
    with refused(blog, capsys, "plain", "file"):
        assert cli.main(["export", "plain"]) == 1


def test_a_plugin_whose_file_is_a_folder_or_an_input_is_refused(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_format", lambda _: plain_format("pictures"))
    with refused(blog, capsys, "pictures", "folder"):
        assert cli.main(["export", "plain", "-o", "."]) == 1
    monkeypatch.setattr(formats, "find_format", lambda _: plain_format("liveblog.toml"))
    with refused(blog, capsys, "liveblog.toml", "the blog file itself"):
        assert cli.main(["export", "plain", "-o", "."]) == 1


def test_all_or_nothing_also_where_the_last_file_is_an_input(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (blog / "public").mkdir()
    shutil.copy(blog / "liveblog.toml", blog / "public/atom.xml")
    with refused(blog, capsys, "public/atom.xml", "a blog file"):
        assert cli.main(["export"]) == 1


@pytest.mark.parametrize("output", ["theme", "theme/out", "./theme/../theme"])
def test_no_export_goes_into_its_theme(
    blog: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    """The next export would take the files for templates."""
    with refused(blog, capsys, "theme", "the theme's folder"):
        assert cli.main(["export", "-o", f"{output}/", "--theme", "theme"]) == 1


def test_a_theme_may_stand_in_the_folder_of_the_export(blog: Path) -> None:
    shutil.move(blog / "theme", blog / "public/theme")
    assert cli.main(["export", "--theme", "public/theme"]) == 0
    assert (blog / "public/theme/page.css").read_text() == "p {}"


def test_pictures_of_entries_that_cannot_be_read_are_kept_too(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo(blog / "pictures/broken.jpg")
    with (blog / "liveblog.toml").open("a") as file:
        file.write(
            '\n[[entries]]\nid = "b9"\ntime = "soon"\nmedia = [{ file = "pictures/broken.jpg" }]\n'
        )
    with refused(blog, capsys, "pictures/broken.jpg", "image"):
        assert cli.main(["export", "json", "--skip-broken", "-o", "pictures/broken.jpg"]) == 1


AN_ENTRY = b'[[entries]]\nid = "a1"\ntime = 2024-11-12T14:05:00Z\nbody = "x"\n'
BLOGS = [
    b'title = "x"\n',
    b'\xef\xbb\xbf# ours\n\nformat = 1\ntitle = "x"\n',
    b'title = "x\n[[entries]]\nid',
    b'[[entries]]\nid = "a1"\n',
    b'<<<<<<< ours\ntitle = "x"\n=======\ntitle = "y"\n>>>>>>> theirs\n\n[[entries]]\n',
    'format = 1\ntitle = "x"\n'.encode("utf-16"),
    b'format = 9\nname = "of a later version"\n',
    b"# a long licence\n" * 6000 + b'language = "en"\nformat = 1\n',
    b'language = "en"\nsummary = """\n' + b"words\n" * 6000 + b'"""\n' + AN_ENTRY,
    b"\n" * 99999 + AN_ENTRY,
    b'title = "x\nlanguage = "en"\n',
    b'title = "x"\nentries = []\n',
    ('format = 1\ntitle = "x"\n').encode("utf-32"),
    ('format = 1\ntitle = "ä"\n').encode("utf-16-le"),
    ('format = 1\ntitle = "ä"\n').encode("utf-16-be"),
    b"\0" * 4096 + b'format = 1\ntitle = "x"\n',
    b'tit\nformat = 1\ntitle = "x"\n' + AN_ENTRY,
    b"$ liveblog list\n" + AN_ENTRY,
    b'--- a/liveblog.toml\n+++ b/liveblog.toml\ntitle = "x"\n\n' + AN_ENTRY,
]
OTHERS = [
    b"",
    b"\x1f\x8b\x08\x00",
    b'{"title": "x"}',
    b"---\ntitle: x\n---\n\nformat = 1\n\n[[entries]]\n",
    b"<!doctype html>\nformat = 1\n[[entries]]\n",
    b"[package]\nname = 'x'\n",
    b'+++\ntitle = "x"\n+++\n',
    b"---\ntitle: x\n---\n\n```\n" + AN_ENTRY * 2 + b"```\n",
    b"<div>\n" + AN_ENTRY * 2,
    b"Notes about [[entries]]\n\n[[entries]]\n",
]


@pytest.mark.parametrize("data", BLOGS)
def test_what_reads_as_a_blog_is_kept_also_when_it_is_broken(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(LiveblogError, match="a blog file"):
        guard.Guard().refuse(tmp_path / "x")


@pytest.mark.parametrize("data", OTHERS)
def test_what_is_no_blog_is_replaced_as_ever(blog: Path, data: bytes) -> None:
    """No text in an entry can make its own export look like a blog, and so stop the next one."""
    (blog / "page.gz").write_bytes(data)
    assert cli.main(["export", "html", "-o", "page.gz"]) == 0
    assert (blog / "page.gz").read_bytes().startswith(b"<!")


def test_the_next_blog_takes_no_place_that_is_kept(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (blog / ".liveblog.toml.lock").unlink()
    for name in (".liveblog.toml.lock", "liveblog.toml.torn-2"):
        with refused(blog, capsys, name, "liveblog.toml"):
            assert cli.main(["rollover", name]) == 1
        with refused(blog, capsys, name, "liveblog.toml"):
            assert cli.main(["new", "Next", "-f", name]) == 1
        with refused(blog, capsys, name, "liveblog.toml"):
            assert cli.main(["theme", "init", name]) == 1
    assert not (blog / ".liveblog.toml.lock").is_dir()


@posix
def test_a_link_that_leads_nowhere_is_there_already(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever put it there would else choose where the next blog is written."""
    (blog / "next.toml").symlink_to(blog / "elsewhere.toml")
    with refused(blog, capsys, "next.toml", "exists already"):
        assert cli.main(["rollover", "next.toml"]) == 1
    with refused(blog, capsys, "next.toml", "exists already"):
        assert cli.main(["new", "Next", "-f", "next.toml"]) == 1
    (blog / "theme/page.html").symlink_to(blog / "elsewhere.html")
    with refused(blog, capsys, "page.html", "exists already"):
        assert cli.main(["theme", "init", "theme"]) == 1


@posix
def test_what_makes_a_file_takes_no_place_of_a_pipe_or_a_device(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(blog / "pipe")
    os.mkfifo(blog / "sub/page.html")
    for command in (["new", "Next", "-f", "pipe"], ["rollover", "pipe"], ["theme", "init", "pipe"]):
        with refused(blog, capsys, "pipe", "exists already"):
            assert cli.main(command) == 1
    with refused(blog, capsys, "sub/page.html", "exists already"):
        assert cli.main(["theme", "init", "sub"]) == 1
    assert (blog / "pipe").is_fifo()
    assert (blog / "sub/page.html").is_fifo()


def test_a_file_that_cannot_be_looked_at_is_not_replaced(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows whether it is a blog."""
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("no file here that not even root can read")
    (blog.parent / "page.html").symlink_to("/proc/self/mem")
    with refused(blog, capsys, "page.html", "can't be read"):
        assert cli.main(["export", "html", "-o", "../page.html"]) == 1
