"""The images of an export: copied beside the page, only those that readers may see, made once."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from exporting import NOON, blog_at, entry, photo

from liveblog_cli import images
from liveblog_cli.edition.edition import Edition
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Media
from liveblog_cli.publish.publication import Publication, publish
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.storage.blogfile import BlogFile

URL = "https://news.example/fire"


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEBLOG_NOW", (NOON + timedelta(hours=3)).isoformat())


def exported(folder: Path, *media: Media, url: str = URL) -> Publication:
    """A blog of one entry with those media, published without any page."""
    blog_file = blog_at(folder, entry("a1", media=media), url=url)
    return publish(blog_file, ExportRequest(names={}, folder=folder / "public"))


def shown(edition: Edition) -> list[str]:
    return [p.src for item in edition.items for p in item.media]


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "public").rglob("*.*"))


def test_an_image_is_copied_in_the_sizes_of_screens(tmp_path: Path) -> None:
    done = exported(tmp_path, photo(tmp_path / "a.jpg", (2000, 1000)))
    [picture] = done.edition.items[0].media
    stem = picture.src.removesuffix("-1600.jpg")
    assert picture.sizes == ((f"{stem}-480.jpg", 480), (f"{stem}-960.jpg", 960))
    assert (picture.width, picture.height) == (1600, 800)
    assert picture.url == f"{URL}/{picture.src}"
    assert picture.media_type == "image/jpeg"
    assert picture.length == (tmp_path / "public" / picture.src).stat().st_size
    assert picture.alt == "Smoke over the harbour"
    for name, width in (*picture.sizes, (picture.src, 1600)):
        assert images.measure(tmp_path / "public" / name) == (width, width // 2)


@pytest.mark.parametrize("earlier", [False, True])
def test_a_smaller_size_that_weighs_more_is_not_offered(tmp_path: Path, earlier: bool) -> None:
    """Made smaller, a drawing of sharp lines gets soft ones, which compress badly."""
    from PIL import Image, ImageDraw

    drawing = Image.new("RGB", (1600, 900), "white")
    for right in range(900, 1200, 9):
        ImageDraw.Draw(drawing).ellipse((right - 900, 0, right, 890), outline="red")
    drawing.save(tmp_path / "a.png")
    blog_file = blog_at(tmp_path, entry("a1", media=(Media(file="a.png", alt="x"),)), url=URL)
    for _ in range(1 + earlier):
        done = publish(blog_file, ExportRequest(names={}, folder=tmp_path / "public"))
    [picture] = done.edition.items[0].media
    weights = [(tmp_path / "public" / name).stat().st_size for name, _ in picture.sizes]
    assert len(weights) < 2
    assert all(weight < picture.length for weight in weights)


def test_a_blog_without_an_address_has_no_addresses_of_images(tmp_path: Path) -> None:
    done = exported(tmp_path, photo(tmp_path / "a.jpg"), url="")
    assert done.edition.items[0].media[0].url == ""


def test_an_address_of_an_image_stays_and_another_becomes_a_link(tmp_path: Path) -> None:
    done = exported(
        tmp_path,
        Media(url="https://cdn.example/a.jpeg?w=9", alt="x"),
        Media(url="https://video.example/watch/7"),
    )
    first, second = done.edition.items[0].media
    assert (first.src, first.is_image, first.media_type) == (
        "https://cdn.example/a.jpeg?w=9",
        True,
        "image/jpeg",
    )
    assert (second.is_image, second.media_type) == (False, "")
    assert copies(tmp_path) == []


def test_a_name_follows_the_content(tmp_path: Path) -> None:
    """The same picture twice is one file; another picture of the same name is another file."""
    first = photo(tmp_path / "a.png", (300, 200))
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes())
    done = exported(tmp_path, first, Media(file="b.png"))
    one, same = shown(done.edition)
    assert one == same
    photo(tmp_path / "a.png", (301, 200))
    (tmp_path / "liveblog.toml").unlink()
    other, _ = shown(exported(tmp_path, first, Media(file="b.png")).edition)
    assert other != one


def test_what_was_made_before_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog_file = blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "a.jpg"),)))
    order = ExportRequest(names={}, folder=tmp_path / "public")
    before = publish(blog_file, order)
    assert len(before.media) == 3

    def never(*args: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(images, "versions", never)
    after = publish(blog_file, order)
    assert after.media == ()
    assert after.edition == before.edition


def test_images_of_what_readers_may_not_see_are_not_even_read(tmp_path: Path) -> None:
    """A draft's image that is missing does not matter, and one that is there is not copied."""
    gone, secret = Media(file="gone.jpg"), photo(tmp_path / "secret.jpg")
    blog_file = blog_at(
        tmp_path,
        entry("draft", status="draft", media=(gone, secret)),
        entry("retracted", status="retracted", media=(gone, secret)),
        entry("scheduled", time=NOON + timedelta(days=1), media=(gone, secret)),
        entry("other", tags=("x",), media=(gone, secret)),
        entry("seen", tags=("y",)),
    )
    order = ExportRequest(names={}, folder=tmp_path / "public", filter_options={"tags": ["y"]})
    done = publish(blog_file, order)
    assert [i.id for i in done.edition.items] == ["seen"]
    assert copies(tmp_path) == []


def test_every_image_that_fails_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(LiveblogError) as caught:
        exported(
            tmp_path, photo(tmp_path / "a.jpg"), Media(file="gone.jpg"), Media(file="empty.jpg")
        )
    assert len(caught.value.message.splitlines()) == 2
    assert "gone.jpg: no such file" in caught.value.message
    assert "empty.jpg is empty" in caught.value.message
    assert copies(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_only_files_are_read(tmp_path: Path) -> None:
    """A blog file from someone else can't make an export wait at a pipe, or copy what is no image."""
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(LiveblogError, match=r"pipe\.jpg: is not a file"):
        exported(tmp_path, Media(file="pipe.jpg"))
    (tmp_path / "liveblog.toml").unlink()
    with pytest.raises(LiveblogError, match="is not an image"):
        exported(tmp_path, Media(file="/etc/passwd"))


def test_copies_that_no_entry_shows_are_told(tmp_path: Path) -> None:
    """After a picture was replaced or retracted, where copies are to be kept."""
    done = exported(tmp_path, photo(tmp_path / "a.jpg", (300, 200)))
    assert unused(tmp_path) == []
    (tmp_path / "public/media/mine.jpg").touch()
    (tmp_path / "liveblog.toml").unlink()
    blog_at(tmp_path)
    assert unused(tmp_path) == [done.media[0].path.name]


def unused(folder: Path, *args: str) -> list[str]:
    """The names in `media/` that an export of the blog there would delete."""
    names = dict(arg.split("=") for arg in args)
    order = ExportRequest(names=names, folder=folder / "public", unused="keep")
    return [p.name for p in publish(BlogFile(folder / "liveblog.toml"), order).unused]


def test_clearing_spares_what_this_program_did_not_make(tmp_path: Path) -> None:
    """A picture from elsewhere may have a hexadecimal name, and be waiting for its entry."""
    done = exported(tmp_path, photo(tmp_path / "a.jpg", (300, 200)))
    copy = done.media[0].path
    (tmp_path / "liveblog.toml").unlink()
    blog_at(tmp_path)
    for name in ("0123456789abcdef-480.jpg", "0123456789abcdef0123-480.jpg", "mine.jpg"):
        photo(copy.parent / name, (20, 20))
    assert unused(tmp_path) == [copy.name]
    kept = copy.rename(tmp_path / "elsewhere.jpg")
    copy.symlink_to(kept)
    assert unused(tmp_path) == []


@pytest.mark.parametrize("status", [None, "draft"])
def test_clearing_spares_pictures_that_an_entry_names(
    tmp_path: Path, status: Literal["draft"] | None
) -> None:
    """Somebody took a published copy for the picture of an entry; a hard link of it too."""
    done = exported(tmp_path, photo(tmp_path / "a.jpg", (300, 200)))
    copy = done.media[0].path
    os.link(copy, tmp_path / "b.jpg")
    for name in (f"public/media/{copy.name}", "b.jpg"):
        (tmp_path / "liveblog.toml").unlink()
        blog_at(tmp_path, entry("a2", "Later", status=status, media=(Media(file=name, alt="x"),)))
        assert unused(tmp_path) == []
    (tmp_path / "liveblog.toml").unlink()
    blog_at(tmp_path)
    assert copy.name in unused(tmp_path)


def test_clearing_spares_what_another_page_of_the_folder_shows(tmp_path: Path) -> None:
    """The page of another blog, or a feed that was not exported this time."""
    done = exported(tmp_path, photo(tmp_path / "a.jpg", (300, 200)))
    copy = done.media[0].path.name
    (tmp_path / "liveblog.toml").unlink()
    blog_at(tmp_path, entry("a2"))
    (tmp_path / "public/other.html").write_text(f'<img src="media/{copy}">')
    (tmp_path / "public/feed.json").write_text(f'"media/{copy}"')
    os.mkfifo(tmp_path / "public/pipe")
    assert unused(tmp_path) == []
    (tmp_path / "public/other.html").unlink()
    assert unused(tmp_path) == []
    assert unused(tmp_path, "json=feed.json") == [copy]


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "webp", "avif"])
def test_a_copy_that_was_cut_short_is_made_anew(tmp_path: Path, ending: str) -> None:
    picture = photo(tmp_path / f"a.{ending}", (300, 200))
    blog_file = blog_at(tmp_path, entry("a1", media=(picture,)))
    order = ExportRequest(names={}, folder=tmp_path / "public")
    [copy] = publish(blog_file, order).media
    whole = copy.path.read_bytes()
    assert publish(blog_file, order).media == ()
    for damaged in (whole[:-1], whole[: len(whole) // 2], b""):
        copy.path.write_bytes(damaged)
        assert [item.path for item in publish(blog_file, order).media] == [copy.path]
        assert copy.path.read_bytes() == whole
