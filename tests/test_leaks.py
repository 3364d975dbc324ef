"""What readers may not see is in no file of any export, whatever is asked for.

Every text field of every entry that is a draft, retracted or scheduled, everything that a change
replaced, who typed it and what only the desk knows holds a word of its own; all files are searched
for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from exporting import AFTERNOON, NOON, blog_at, entry, installed_plugin
from msgspec.structs import replace
from PIL import Image

from liveblog_cli import cli, formats
from liveblog_cli.blogfile import BlogFile
from liveblog_cli.model import Added, Change, Entry, Hook, Media, Note, Publisher, Source

SECRET = re.compile(rb"leak\d+", re.IGNORECASE)
_numbers = count(1000)


def word() -> str:
    """A word that no export may hold."""
    return f"leak{next(_numbers)}"


def picture(folder: Path, *, alt: str, caption: str, credit: str) -> Media:
    """An image whose name and metadata are secret."""
    name = f"{word()}.jpg"
    exif = Image.Exif()
    exif[0x010E] = word()
    Image.linear_gradient("L").rotate(next(_numbers)).convert("RGB").save(
        folder / name, exif=exif, comment=word().encode()
    )
    return Media(file=name, alt=alt, caption=caption, credit=credit)


def secret_entry(folder: Path, **more: Any) -> Entry:
    """An entry with a secret word in every field."""
    filled = entry(
        word(),
        word(),
        body=f"{word()} **{word()}** [{word()}](https://{word()}.example/)",
        authors=(word(),),
        tags=("harbour", word()),
        label=word(),
        sources=(Source(name=word(), url=f"https://{word()}.example/"),),
        notes=("hidden",),
        ref=word(),
        media=(
            picture(folder, alt=word(), caption=word(), credit=word()),
            Media(url=f"https://{word()}.example/a.jpg", alt=word(), caption=word()),
            Media(url=f"https://{word()}.example/video", caption=word()),
        ),
    )
    return replace(filled, **more)


def secret_change(**more: Any) -> Change:
    """A change that replaced texts, by somebody, for a reason that readers are not told."""
    was = {
        "headline": word(),
        "body": word(),
        "authors": [word()],
        "tags": [word()],
        "label": word(),
        "sources": [{"name": word(), "url": f"https://{word()}.example/"}],
        "ref": word(),
        "media": [{"file": f"{word()}.jpg", "alt": word(), "caption": word(), "credit": word()}],
    }
    at = NOON + timedelta(minutes=30)
    return replace(Change(at=at, by=word(), batch=word(), note=word(), was=was), **more)


def secret_blog(folder: Path, **head: Any) -> BlogFile:
    """A blog with one public entry, everything around it secret."""
    public = entry(
        "public",
        "The seen headline",
        body="The seen body",
        tags=("harbour",),
        ref=word(),
        added=Added(at=NOON, by=word(), batch=word()),
        media=(picture(folder, alt="Seen alt", caption="Seen caption", credit="Seen credit"),),
        history=(
            secret_change(),
            secret_change(kind="correction", note="The seen correction", at=NOON.replace(hour=13)),
            secret_change(minor=True),
        ),
    )
    later, retracted = NOON + timedelta(days=2), {"at": NOON.replace(hour=14), "action": "retract"}
    hidden = [
        secret_entry(folder, status="draft"),
        secret_entry(folder, status="draft", pinned=True, key=True, history=(secret_change(),)),
        secret_entry(folder, time=later),
        secret_entry(folder, time=later, pinned=True, key=True, history=(secret_change(),)),
        secret_entry(folder, status="retracted"),
        secret_entry(
            folder,
            id="gone",  # that something stood here readers do learn, from a tombstone
            status="retracted",
            history=(secret_change(), secret_change(was={}, absent=("status",), **retracted)),
        ),
    ]
    blog_file = blog_at(
        folder,
        *hidden[:3],
        public,
        *hidden[3:],
        authors=("Desk",),
        summary="The seen summary",
        publisher=Publisher(name="The Seen Paper", url="https://news.example/"),
        ended=later,
        closing=word(),
        checks_off=(word(),),
        hooks=(Hook(run=f"notify {word()}", on=("add",)),),
        notes=(Note(id="hidden", title=word(), text=word()),),
        history=(
            Change(
                at=NOON,
                by=word(),
                action="set",
                note=word(),
                was={"title": word(), "summary": word(), "kicker": word(), "closing": word()},
            ),
        ),
        **head,
    )
    typed = blog_file.path.read_text()
    assert len(set(SECRET.findall(typed.encode()))) > 150
    assert blog_file.read().title == "Harbour fire"
    return blog_file


def all_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


@pytest.fixture(autouse=True)
def _plugin_and_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEBLOG_NOW", AFTERNOON)
    monkeypatch.syspath_prepend(str(installed_plugin(tmp_path / "packages")))


def every_format() -> list[str]:
    """Built in and from plugins, the one of this test among them."""
    found = formats.names()
    assert {*formats.STANDARD, "sitemap", "ninjs", "plain"} <= set(found)
    return found


@pytest.mark.parametrize("url", ["", "https://news.example/fire"])
@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--as-of", "2024-07-20T14:30:00+00:00"],
        ["--now", "2024-07-21T12:00:00+00:00"],
        ["--limit", "1"],
        ["--tag", "harbour"],
        ["--since", "2024-07-20T11:00:00+00:00"],
        ["--grep", "leak|seen", "-i"],
    ],
    ids=lambda args: args[0] if args else "whole",
)
def test_no_file_of_any_format_holds_what_readers_may_not_see(
    tmp_path: Path, args: list[str], url: str
) -> None:
    blog_file = secret_blog(tmp_path, url=url)
    out = tmp_path / "out"
    assert (
        cli.main(["export", *every_format(), "-f", str(blog_file.path), "-o", str(out), *args]) == 0
    )
    written = dict(all_files(out))
    assert len(written) == len(every_format()) + len(list((out / "media").iterdir()))
    assert b"The seen headline" in b"".join(written.values())
    for name, data in written.items():
        assert not SECRET.search(name.encode())
        assert not SECRET.search(data), name
    assert len(list((out / "media").iterdir())) == 1, "the images of others are not copied"


@pytest.mark.parametrize("args", [["html", "--fragment"], ["html", "--csp"]])
def test_the_fragment_and_the_policy_hold_nothing_secret(
    tmp_path: Path, args: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    blog_file = secret_blog(tmp_path)
    assert cli.main(["export", *args, "-f", str(blog_file.path), "-o", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert not SECRET.search((said.out + said.err).encode())
    for name, data in all_files(tmp_path / "out"):
        assert not SECRET.search(data), name


def test_stdout_holds_nothing_secret(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    blog_file = secret_blog(tmp_path)
    for name in every_format():
        assert cli.main(["export", name, "-f", str(blog_file.path), "-o", "-"]) == 0
        said = capsysbinary.readouterr()
        assert said.out, name
        assert not SECRET.search(said.out + said.err), name


def test_as_of_holds_nothing_of_what_came_later(tmp_path: Path) -> None:
    """Texts, tags, boxes and pictures of later edits, a later title, and entries added later."""
    now = iter(range(0, 600, 10))
    blog_file = blog_at(tmp_path, entry("first", "The seen headline"))
    blog_file.now = lambda: NOON + timedelta(hours=2, minutes=next(now))
    secret = secret_entry(tmp_path, id="first", notes=())
    blog_file.change("first", lambda _: secret, blog_file.stamp("edit"))
    blog_file.set(
        lambda b: replace(b, title=word(), summary=word(), kicker=word()), blog_file.stamp("set")
    )
    blog_file.add([secret_entry(tmp_path, notes=())])
    out = tmp_path / "out"
    moment = ["--as-of", "2024-07-20T13:00:00+00:00"]
    assert (
        cli.main(["export", *every_format(), "-f", str(blog_file.path), "-o", str(out), *moment])
        == 0
    )
    written = dict(all_files(out))
    assert b"The seen headline" in written["index.html"]
    for name, data in written.items():
        assert not SECRET.search(data), name


def test_what_is_retracted_vanishes_with_its_pictures(tmp_path: Path) -> None:
    """After a retraction no file says it any more, and `--prune` takes its pictures away."""
    blog_file = blog_at(
        tmp_path, entry("first"), replace(secret_entry(tmp_path), id="second", notes=())
    )
    out = tmp_path / "out"
    export = ["export", *every_format(), "-f", str(blog_file.path), "-o", str(out)]
    assert cli.main(export) == 0
    assert any(SECRET.search(data) for _, data in all_files(out))
    assert len(list((out / "media").iterdir())) == 1
    retract = blog_file.stamp("retract")
    blog_file.change("second", lambda e: replace(e, status="retracted"), retract)
    assert cli.main([*export, "--prune"]) == 0
    for name, data in all_files(out):
        assert not SECRET.search(data), name
    assert list((out / "media").iterdir()) == []
