"""What is taken back goes: copies of pictures that no entry shows, and nothing else, with the next export."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from exporting import AFTERNOON, NOON, blog_at, entry, photo
from PIL import Image

from liveblog_cli import cli, open_blog
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Entry, Media
from liveblog_cli.options.reports import Rounds
from liveblog_cli.publish import output, unused
from liveblog_cli.publish.publication import publish
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.storage.blogfile import BlogFile


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEBLOG_NOW", AFTERNOON)


class Site:
    """A blog of two entries, a picture each, in a folder of its own, and commands on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.public = folder / "public"
        self._capsys = capsys
        blog_at(
            folder,
            entry("a1", media=(picture(folder / "kept.jpg"),), tags=("kept",)),
            entry("b1", media=(picture(folder / "gone.jpg"),), tags=("gone",)),
        )
        self.err = ""

    def run(self, *words: str, status: int = 0) -> str:
        """A command that must end so; its answer."""
        assert cli.main([words[0], "-f", str(self.folder / "liveblog.toml"), *words[1:]]) == status
        out, self.err = self._capsys.readouterr()
        return out

    def copies(self, folder: str = "public") -> set[str]:
        """Which of the pictures lie in `media/`, by the first words of their copies' names."""
        stems = {unused.pictures.read_stem(p): p.stem for p in self.folder.glob("*.jpg")}
        found = (self.folder / folder / "media").glob("*")
        return {stems.get(p.name.partition("-")[0], p.name) for p in found}

    def copy(self, original: str = "gone.jpg") -> Path:
        stem = unused.pictures.read_stem(self.folder / original)
        [path] = (self.public / "media").glob(f"{stem}-*")
        return path


def picture(path: Path) -> Media:
    """A photo that differs from others by its name."""
    return photo(path, (300, 200 + sum(path.stem.encode()) % 90))


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Site:
    return Site(tmp_path, capsys)


def test_a_retracted_entrys_pictures_go_with_the_next_export(site: Site) -> None:
    site.run("export")
    path = site.copy()
    site.run("retract", "b1")
    answer = site.run("export")
    assert f"{path}  deleted" in answer
    assert (site.copies(), site.err.count("--prune")) == ({"kept"}, 0)
    assert path.name not in site.run("export")


def test_undo_and_an_export_bring_them_back(site: Site) -> None:
    site.run("export")
    site.run("retract", "b1")
    site.run("export")
    site.run("undo")
    site.run("export")
    assert site.copies() == {"kept", "gone"}


@pytest.mark.parametrize("how", ["replaced", "removed", "overwritten", "drafted", "postponed"])
def test_whatever_takes_a_picture_from_the_page_takes_its_copies(site: Site, how: str) -> None:
    """Not only `retract`: an edit, another image under the same name, a status written by hand."""
    site.run("export")
    old = site.copy()
    file = site.folder / "liveblog.toml"
    if how == "replaced":
        picture(site.folder / "new.jpg")
        site.run("edit", "b1", "--image", str(site.folder / "new.jpg"), "--alt", "x")
    elif how == "removed":
        site.run("edit", "b1", "--image", "")
    elif how == "overwritten":
        photo(site.folder / "gone.jpg", (301, 100))
    else:
        line = 'status = "draft"' if how == "drafted" else "time = 2099-01-01T00:00:00Z"
        text = file.read_text()
        head, at, entry_text = text.rpartition('id = "b1"')
        if how == "postponed":
            entry_text = "".join(
                x for x in entry_text.splitlines(keepends=True) if not x.startswith("time")
            )
        file.write_text(f"{head}{line}\n{at}{entry_text}")
    site.run("export")
    assert not old.exists()


def test_pictures_can_be_kept(site: Site) -> None:
    """A page in a cache still names them; and they are gone with an export that does not keep them."""
    site.run("export")
    site.run("retract", "b1")
    assert "deleted" not in site.run("export", "--keep-pictures")
    assert "has 1 copy of an image that nothing shows now" in site.err
    assert site.copies() == {"kept", "gone"}
    site.run("export")
    assert site.copies() == {"kept"}
    site.run("export", "--keep-pictures", "--prune", status=2)


def test_scripts_are_told_what_went(site: Site) -> None:
    site.run("export")
    path = site.copy()
    site.run("retract", "b1")
    assert json.loads(site.run("export", "--json"))["deleted"] == [str(path)]


def test_python_does_as_the_command_does(site: Site) -> None:
    blog = open_blog(site.folder / "liveblog.toml")
    blog.export("html", folder=site.public)
    blog.retract("b1")
    blog.export("html")
    blog.export("html", folder=site.public, keep_pictures=True)
    assert site.copies() == {"kept", "gone"}
    blog.export("html", folder=site.public)
    assert site.copies() == {"kept"}


@pytest.mark.parametrize("args", [["html", "-o", "-"], ["html", "-o", "/dev/stdout"]])
def test_an_export_that_is_no_folder_deletes_nothing(site: Site, args: list[str]) -> None:
    site.run("export", "html")
    site.run("retract", "b1")
    site.run("export", *args)
    assert site.copies() == {"kept", "gone"}


# What a page still shows


@pytest.mark.parametrize(
    "args",
    [
        ["html", "--tag", "kept"],
        ["html", "--now", "2024-07-20T11:00Z"],
        ["html", "--as-of", "2024-07-20T11:00Z"],
        ["html", "--since", "2024-07-20T13:00Z"],
        ["html", "--limit", "1"],
    ],
)
@pytest.mark.parametrize("first", [["html"], ["html", "json"]])
def test_an_export_of_some_entries_keeps_the_pictures_of_the_others(
    site: Site, args: list[str], first: list[str]
) -> None:
    """Readers may see them at this moment, also where no page of the folder shows them just now."""
    site.run("export", *first)
    site.run("export", *args)
    assert site.copies() == {"kept", "gone"}


def test_an_export_of_some_entries_deletes_what_is_taken_back(site: Site) -> None:
    """A folder may hold a page of one tag and nothing else."""
    site.run("export", "--tag", "gone")
    site.run("retract", "b1")
    site.run("export", "--tag", "gone")
    assert site.copies() == set()


def test_a_look_at_the_past_shows_what_is_taken_back_and_the_next_export_does_not(
    site: Site,
) -> None:
    site.run("retract", "b1")
    site.run("export", "html", "--as-of", "2024-07-20T12:00Z", "-o", str(site.folder / "then"))
    assert site.copies("then") == {"kept", "gone"}
    site.run("export", "html", "-o", str(site.folder / "then"))
    assert site.copies("then") == {"kept"}


def test_an_original_that_is_missing_keeps_the_copies_where_only_some_entries_are_meant(
    site: Site,
) -> None:
    """Nobody knows then which copies are those of the other entries."""
    site.run("export")
    stem = site.copy().name
    (site.folder / "gone.jpg").unlink()
    for page in site.public.glob("*.*"):
        page.unlink()
    site.run("export", "html", "--tag", "kept")
    assert (site.public / "media" / stem).exists()
    assert "gone.jpg can't be searched" in site.err


@pytest.mark.parametrize(
    "page", ["other.html", "archive/2024/page.txt", "feed.json", ".index.html.new-0123456789abcdef"]
)
def test_what_any_page_of_the_folder_names_stays(site: Site, page: str) -> None:
    """That of another blog, of a plugin, of an earlier export, or one that is just being written."""
    site.run("export", "html")
    stem = site.copy().name.partition("-")[0]
    site.run("retract", "b1")
    (site.public / page).parent.mkdir(parents=True, exist_ok=True)
    (site.public / page).write_text(f"{'x' * 5000} media/{stem}-480.jpg")
    site.run("export", "html")
    assert site.copies() == {"kept", "gone"}
    (site.public / page).unlink()
    site.run("export", "html")
    assert site.copies() == {"kept"}


def test_two_blogs_in_one_folder_keep_each_others_pictures(
    site: Site, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Site(tmp_path_factory.mktemp("other"), capsys)
    (other.folder / "kept.jpg").rename(other.folder / "third.jpg")
    text = (other.folder / "liveblog.toml").read_text().replace("kept.jpg", "third.jpg")
    (other.folder / "liveblog.toml").write_text(text)
    photo(other.folder / "third.jpg", (310, 100))
    site.run("export", "html", "-o", str(site.public / "one.html"))
    other.run("export", "html", "-o", str(site.public / "two.html"))
    site.run("retract", "b1")
    site.run("export", "html", "-o", str(site.public / "one.html"))
    names = {p.name.partition("-")[0] for p in (site.public / "media").iterdir()}
    assert names == {
        unused.pictures.read_stem(p)
        for p in (site.folder / "kept.jpg", other.folder / "third.jpg", other.folder / "gone.jpg")
    }


def test_a_copy_that_another_blog_took_for_its_picture_stays(site: Site) -> None:
    site.run("export", "html")
    path = site.copy()
    other = site.folder / "sport.toml"
    other.write_text(
        'format = 1\ntitle = "Sport"\n[[entries]]\nid = "c1"\ntime = 2024-07-20T12:00:00Z\n'
        f'[[entries.media]]\nfile = "public/media/{path.name}"\n'
    )
    site.run("retract", "b1")
    site.run("export", "html")
    assert path.exists()


# What this program did not make


def retouched(path: Path) -> None:
    Image.open(path).transpose(Image.Transpose.ROTATE_180).save(path, quality=95)


def captioned(path: Path) -> None:
    Image.open(path).save(path, quality="keep", comment=b"(c) Ann")


def other_width(path: Path) -> None:
    photo(path, (299, 200), quality=82, optimize=True, progressive=True)


def no_image(path: Path) -> None:
    path.write_text("notes")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize("change", [retouched, captioned, other_width, no_image, cut])
def test_a_copy_that_somebody_changed_stays_and_is_named(site: Site, change: Any) -> None:
    """Its name alone does not prove that this program made it. `--prune` deletes it, as ever."""
    site.run("export", "html")
    path = site.copy()
    change(path)
    site.run("retract", "b1")
    assert "deleted" not in site.run("export", "html")
    assert path.exists()
    assert "they are not as this program made them); delete them with --prune" in site.err
    assert f"{path}  deleted" in site.run("export", "html", "--prune")


@pytest.mark.parametrize("ending", ["txt", "jpg.xmp", "webp"])
def test_a_file_beside_a_copy_stays(site: Site, ending: str) -> None:
    """Notes of an archive, or what a web server made from our copy."""
    site.run("export", "html")
    path = site.copy()
    beside = path.with_suffix(f".{ending}")
    Image.open(path).save(beside, format="WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")
    site.run("retract", "b1")
    site.run("export", "html")
    assert (path.exists(), beside.exists()) == (False, True)


def test_links_are_not_followed(site: Site) -> None:
    """Pages elsewhere may show what is in a folder that `media` leads to."""
    site.run("export", "html")
    path, shared = site.copy(), site.folder / "shared"
    (site.public / "media").rename(shared)
    (site.public / "media").symlink_to(shared)
    site.run("retract", "b1")
    site.run("export", "html")
    assert (shared / path.name).exists()
    assert "media is a link: pages elsewhere may show them" in site.err
    (site.public / "media").unlink()
    shared.rename(site.public / "media")
    elsewhere = path.rename(site.folder / "elsewhere.jpg")
    path.symlink_to(elsewhere)
    site.run("export", "html", "--prune")
    assert (path.is_symlink(), elsewhere.exists()) == (True, True)


# When something fails


def test_the_new_page_comes_first(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that dies between has deleted nothing that a page shows, and the next one goes on."""
    site.run("export", "html")
    stem = site.copy().name.partition("-")[0]
    site.run("retract", "b1")

    def die(files: Any) -> Any:
        assert files
        assert stem not in (site.public / "index.html").read_text()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(unused, "delete_copies", die)
        site.run("export", "html", status=130)
    assert site.copies() == {"kept", "gone"}
    site.run("export", "html")
    assert site.copies() == {"kept"}


def test_an_export_that_fails_deletes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.run("export", "html")
    site.run("retract", "b1")

    def full(*args: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.disk, "fill", full)
    site.run("export", "html", status=1)
    assert site.copies() == {"kept", "gone"}


def test_a_copy_that_cannot_be_deleted_fails_the_export(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever took something back must hear that it is still there; the page is new all the same."""
    site.run("export", "html")
    path = site.copy()
    site.run("retract", "b1")

    real = Path.unlink

    def busy(self: Path, **more: Any) -> None:
        if self == path:
            raise PermissionError(1, "Operation not permitted", str(self))
        real(self, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", busy)
        answer = site.run("export", "html", status=1)
        assert f"Error: {path} can't be deleted: Operation not permitted" in site.err
        with pytest.raises(LiveblogError, match="can't be deleted"):
            open_blog(site.folder / "liveblog.toml").export("html", folder=site.public)
    assert "index.html  written" in answer
    assert path.name.partition("-")[0] not in (site.public / "index.html").read_text()


def test_a_watch_tells_once_of_a_copy_that_cannot_be_deleted(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A round does not fail for it: the pages are new, and the watch goes on."""
    site.run("export", "html")
    site.run("retract", "b1")
    error = LiveblogError("a.jpg can't be deleted: Operation not permitted")
    monkeypatch.setattr(unused, "delete_copies", lambda files: ((), error))
    order = ExportRequest(names={"html": "index.html"}, folder=site.public)
    rounds = Rounds(as_json=False)
    for _ in range(2):
        done = publish(BlogFile(site.folder / "liveblog.toml"), order)
        rounds.report_round(done, ())
    assert capsys.readouterr().err.count("can't be deleted") == 1


def test_a_page_that_cannot_be_searched_keeps_all_and_is_named(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.run("export", "html")
    site.run("retract", "b1")
    monkeypatch.setattr(unused, "MOST_FILES", 2)
    for n in range(3):
        (site.public / f"{n}.html").touch()
    site.run("export", "html")
    assert "public can't be searched for names of pictures (it holds more than 2 files)" in site.err
    assert site.copies() == {"kept", "gone"}


def test_what_could_not_be_read_is_not_shown_and_comes_back_when_it_is_mended(site: Site) -> None:
    site.run("export", "html")
    file = site.folder / "liveblog.toml"
    sound = file.read_text()
    file.write_text(sound.replace('id = "b1"', 'id = "b1"\nkey = "no truth"'))
    site.run("export", "html", "--skip-broken")
    file.write_text(sound)
    site.run("export", "html")
    assert site.copies() == {"kept", "gone"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_no_pipe_is_waited_at(tmp_path: Path) -> None:
    """An entry that is not meant names a pipe in the place of its image."""
    first = blog_at(tmp_path, entry("a1", media=(picture(tmp_path / "a.jpg"),)))
    publish(first, ExportRequest(names={}, folder=tmp_path / "public"))
    (tmp_path / "liveblog.toml").unlink()
    os.mkfifo(tmp_path / "pipe.jpg")
    blog_file = blog_at(
        tmp_path,
        entry("b1", media=(Media(file="pipe.jpg"),)),
        Entry("c1", NOON - timedelta(1), "X"),
    )
    order = ExportRequest(
        names={}, folder=tmp_path / "public", filter_options={"until": "2024-07-20T11:00Z"}
    )
    done = publish(blog_file, order)
    assert "pipe.jpg can't be searched" in done.doubt
    assert done.removed == ()
