"""What readers must not see is in no export: not in a word, not in an address, not as a file."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from PIL import Image
from reporter import Reporter

from liveblog_cli import formats
from liveblog_cli.edition.edition import Edition
from liveblog_cli.rendering.settings import Settings

FIELDS = (
    ("headline", ["--headline", "{}Headline"]),
    ("body", ["--body", "{}Body with *{}Emphasis* and [{}Link](https://{}link.example/)"]),
    ("author", ["--author", "{}Author"]),
    ("tag", ["--tag", "{}Tag"]),
    ("label", ["--label", "{}Label"]),
    ("source", ["--source", "{}Source <https://{}source.example/>"]),
    ("alt", ["--alt", "{}Alt"]),
    ("caption", ["--caption", "{}Caption"]),
    ("credit", ["--credit", "{}Credit"]),
    ("ref", ["--ref", "{}Ref"]),
    ("box", ["--note", "{}Box"]),
)
"""The fields of an entry, each with a word that is found again."""

SECRETS = ("Draftword", "Laterword", "Goneword", "Oldword", "Undoneword", "Typistword")


def picture(folder: Path, name: str, color: str) -> str:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(held, "PNG")
    path = folder / f"{name}.png"
    path.write_bytes(held.getvalue())
    return str(path)


def words(secret: str, folder: Path) -> list[str]:
    colors = dict(zip(SECRETS, ("red", "green", "blue", "yellow", "black", "white"), strict=True))
    image = ["--image", picture(folder, f"{secret}file", colors[secret])]
    return [word.replace("{}", secret) for _, option in FIELDS for word in option] + image


@pytest.fixture
def full(desk: Reporter) -> Reporter:
    """A blog in which everything that readers must not see has a word of its own."""
    desk.done(
        "set", "--url", "https://news.example/live", "--summary", "Oldword summary", by="Typistword"
    )
    desk.done("set", "--summary", "Teaser", by="Typistword")
    for secret in ("Draftword", "Laterword", "Goneword", "Oldword"):
        desk.done("note", "add", f"{secret}Box", f"{secret}Boxtext", "--title", f"{secret}Boxtitle")
    desk.done("add-entry", *words("Draftword", desk.folder), "--draft", by="Typistword")
    desk.done("add-entry", *words("Laterword", desk.folder), "--at", "2024-11-12T20:00:00+01:00")
    gone = desk.add(*words("Goneword", desk.folder))
    desk.done("retract", gone)
    edited = desk.add(*words("Oldword", desk.folder), by="Typistword")
    new = picture(desk.folder, "public", "gray")
    plain = ["--body", "Public", "--author", "Ann", "--tag", "t", "--label", "", "--source", "dpa"]
    plain += ["--note", ""]
    media = ["--image", new, "--alt", "a", "--caption", "c", "--credit", "d"]
    desk.done("edit", edited, "--headline", "Public", *plain, *media)
    desk.done("edit", edited, "--body", "Undoneword", "--correction", "Undoneword correction")
    desk.done("undo")
    desk.done("set", "--kicker", "Undoneword")
    desk.done("undo")
    desk.done("note", "add", "unused", "Undoneword box")
    return desk


class Everything:
    """A plugin's format that writes all it is given."""

    FILENAME = "everything.txt"
    MEDIA_TYPE = "text/plain"

    @staticmethod
    def render(edition: Edition, settings: Settings) -> str:
        return repr(msgspec.structs.asdict(edition)) + repr(settings)


def plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    real = metadata.entry_points
    point = SimpleNamespace(name="everything", value="e", dist=None, load=lambda: Everything)

    def points(**asked: Any) -> Any:
        return [point] if asked == {"group": "liveblog.formats"} else real(**asked)

    monkeypatch.setattr(metadata, "entry_points", points)


def leaks(folder: Path) -> list[tuple[str, str]]:
    texts = {p.name: p.read_bytes().lower() for p in folder.rglob("*") if p.is_file()}
    return [
        (name, secret)
        for name, text in texts.items()
        for secret in SECRETS
        if secret.lower().encode() in text + name.lower().encode()
    ]


def test_no_format_leaks_anything_that_readers_must_not_see(
    full: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every format there is, a plugin's among them, with all fields, media and histories."""
    plugin(monkeypatch)
    names = formats.list_names()
    assert {"html", "md", "json", "rss", "atom", "everything"} <= set(names)
    full.done("export", *names, "-o", "out")
    written = {p.name for p in (full.folder / "out").iterdir()}
    assert len(written) >= len(names)
    assert leaks(full.folder / "out") == []


@pytest.mark.parametrize(
    "picked",
    [
        ["--tag", "DraftwordTag"],
        ["--author", "LaterwordAuthor"],
        ["--source", "GonewordSource"],
        ["--grep", "OldwordBody"],
        ["--since", "2024-11-01"],
        ["--fragment"],
    ],
    ids=" ".join,
)
def test_no_filter_finds_what_readers_must_not_see(
    full: Reporter, monkeypatch: pytest.MonkeyPatch, picked: list[str]
) -> None:
    plugin(monkeypatch)
    names = ["html"] if picked == ["--fragment"] else formats.list_names()
    full.done("export", *names, *picked, "-o", "out")
    assert leaks(full.folder / "out") == []


def test_no_picture_of_theirs_is_copied(full: Reporter) -> None:
    full.done("export", "-o", "out")
    copies = list((full.folder / "out").rglob("*.png"))
    assert copies
    shown = {Image.open(p).convert("RGB").getpixel((0, 0)) for p in copies}
    assert shown == {(128, 128, 128)}


def test_the_words_would_be_found_if_they_were_there(full: Reporter) -> None:
    """The same search over an export of the evening, when what was scheduled is out."""
    full.now = full.now.replace(hour=21)
    full.done("export", "-o", "evening")
    found = leaks(full.folder / "evening")
    assert {secret for _, secret in found} == {"Laterword"}
    assert {"index.html", "liveblog.md", "feed.json", "feed.xml", "atom.xml"} <= {
        n for n, _ in found
    }


def test_the_preview_leaks_nothing_either(full: Reporter) -> None:
    out = full.done("show").out
    assert [s for s in SECRETS if s.lower() in out.lower()] == []
