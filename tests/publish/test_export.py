"""`liveblog export`: which files appear where, all or none of them, and what is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from exporting import AFTERNOON, NOON, blog_at, entry, photo, plain_format

from liveblog_cli import cli, formats

PLAIN = {"plain": plain_format(), "page": plain_format("page.html")}


@pytest.fixture(autouse=True)
def _plain_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats beside the built-in ones, and a fixed clock."""
    monkeypatch.setenv("LIVEBLOG_NOW", AFTERNOON)
    builtin = formats.find_format
    monkeypatch.setattr(formats, "find_format", lambda name: PLAIN.get(name) or builtin(name))


def export(folder: Path, *args: str) -> int:
    return cli.main(["export", "-f", str(folder / "liveblog.toml"), *args])


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_files_go_to_a_folder_beside_the_blog(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog_at(tmp_path, entry("a1"), url="https://news.example/fire")
    assert export(tmp_path, "plain", "page") == 0
    assert sorted(files(tmp_path / "public")) == ["page.html", "plain.txt"]
    said = capsys.readouterr()
    assert [line.split("  ")[1].split(",")[0] for line in said.out.splitlines()[:2]] == [
        "written",
        "written",
    ]
    assert said.out.splitlines()[-1] == "1 entry as of 2024-07-20 15:00:00 +00:00"
    assert said.err == ""


def test_what_is_unchanged_is_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog_at(tmp_path, entry("a1"))
    export(tmp_path, "plain")
    path = tmp_path / "public/plain.txt"
    os.utime(path, (1, 1))
    before = path.stat().st_ino
    capsys.readouterr()
    assert export(tmp_path, "plain") == 0
    assert (path.stat().st_ino, path.stat().st_mtime) == (before, 1)
    assert "unchanged" in capsys.readouterr().out


def test_the_same_file_and_time_give_the_same_bytes(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "a.jpg"),)))
    assert export(tmp_path, "plain", "-o", str(tmp_path / "one")) == 0
    assert export(tmp_path, "plain", "-o", str(tmp_path / "two")) == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_one_format_goes_to_a_named_file(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1"))
    assert export(tmp_path, "plain", "-o", str(tmp_path / "out/fire.txt")) == 0
    assert list(files(tmp_path / "out")) == ["fire.txt"]
    assert "'fire.txt'" in (tmp_path / "out/fire.txt").read_text(), "the format knows its name"


@pytest.mark.parametrize("name", ["out", "out/", "news.example"])
def test_one_format_goes_into_a_folder_that_is_there_or_has_no_ending(
    tmp_path: Path, name: str
) -> None:
    blog_at(tmp_path, entry("a1"))
    (tmp_path / "news.example").mkdir()
    assert export(tmp_path, "plain", "-o", f"{tmp_path}/{name}") == 0
    assert (tmp_path / name / "plain.txt").is_file()


def test_a_dash_writes_to_stdout_and_nothing_else(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    blog_at(tmp_path, entry("a1", "Löscharbeiten"))
    before = files(tmp_path)
    assert export(tmp_path, "plain", "-o", "-") == 0
    assert "Löscharbeiten".encode() in capsysbinary.readouterr().out
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["plain", "page", "-o", "-"], 2, "one format, not 2"),
        (["plain", "-o", "-", "--json"], 2, "would both write to stdout"),
        (["plain", "--now", "14:00", "--as-of", "14:00"], 2, "are two times"),
        (["plain", "--watch", "-o", "-"], 2, "--watch needs a folder"),
        (["plain", "--watch", "--now", "14:00"], 2, "goes with the clock"),
        (["plain", "--csp"], 2, "--csp is for html"),
        (["plain", "--fragment"], 2, "--fragment is for html"),
        (["plain", "--prune", "--tag", "x"], 2, "needs the whole blog"),
        (["plain", "page", "-o", "x.html"], 2, "name of a file, but there are 2 formats"),
        (["no-such"], 2, "no format 'no-such'"),
        (["plain", "--limit", "0"], 2, "--limit"),
        (["plain", "--now", "soon"], 1, "'soon' is not a time"),
        (["plain", "--grep", "("], 2, "no regular expression"),
        (["plain", "--theme", "no-such"], 1, "theme no-such: no such folder"),
    ],
)
def test_wrong_usage_is_said_and_nothing_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    status: int,
    words: str,
) -> None:
    blog_at(tmp_path, entry("a1"))
    monkeypatch.chdir(tmp_path)
    before = files(tmp_path)
    assert export(tmp_path, *args) == status
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert files(tmp_path) == before


@pytest.mark.parametrize("args", [["plain", "page"], ["plain"]])
def test_a_folder_that_is_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str]
) -> None:
    blog_at(tmp_path, entry("a1"))
    (tmp_path / "public").write_text("mine")
    assert export(tmp_path, *args) == 1
    assert "is a file, not a folder" in capsys.readouterr().err
    assert export(tmp_path, "plain", "page", "-o", str(tmp_path / "public")) == 1
    assert "is a file, but 2 formats need a folder" in capsys.readouterr().err
    assert (tmp_path / "public").read_text() == "mine"


def test_a_folder_that_may_not_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog_at(tmp_path, entry("a1"))
    (tmp_path / "public").mkdir(mode=0o500)
    folder = "/proc/self" if os.geteuid() == 0 else str(tmp_path / "public")  # not even root can
    assert export(tmp_path, "plain", "-o", folder) == 1
    assert "plain.txt can't be written" in capsys.readouterr().err


def test_a_trial_address_takes_the_place_of_the_blogs_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog_at(tmp_path, entry("a1"))
    before = (tmp_path / "liveblog.toml").read_bytes()
    assert export(tmp_path, "rss", "--url", "https://staging.example/b/") == 0
    assert "<link>https://staging.example/b/</link>" in (tmp_path / "public/feed.xml").read_text()
    assert export(tmp_path, "rss", "--url", "staging") == 1
    assert "not a web address" in capsys.readouterr().err
    assert (tmp_path / "liveblog.toml").read_bytes() == before


def test_a_limit_holds_for_every_format(tmp_path: Path) -> None:
    blog_at(tmp_path, *[entry(f"a{n}") for n in range(5)])
    assert export(tmp_path, "html", "json", "md", "--limit", "2") == 0
    page = (tmp_path / "public/index.html").read_text()
    assert page.count('<li id="a') == 2
    assert (tmp_path / "public/feed.json").read_text().count('"content_html"') == 2


def test_a_failing_format_leaves_all_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    export(tmp_path, "plain", "page")
    before = files(tmp_path / "public")
    blog_file.add([entry("a2")])

    def broken(edition: Any, settings: Any) -> str:
        raise RuntimeError("a plugin's bug")

    monkeypatch.setitem(PLAIN, "page", SimpleNamespace(FILENAME="page.html", render=broken))
    assert export(tmp_path, "plain", "page") == 1
    assert files(tmp_path / "public") == before


def test_a_full_disk_leaves_all_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second file can't be written: the first, already on disk, is not put in place either."""
    blog_file = blog_at(tmp_path, entry("a1"))
    export(tmp_path, "plain", "page")
    before = files(tmp_path / "public")
    blog_file.add([entry("a2")])
    real, calls = os.fsync, []

    def fsync(fd: int) -> None:
        calls.append(fd)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    assert export(tmp_path, "plain", "page") == 1
    assert "No space left on device" in capsys.readouterr().err
    assert files(tmp_path / "public") == before


def test_what_a_killed_export_left_behind_is_swept_away(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    export(tmp_path, "plain")
    left = tmp_path / "public/.plain.txt.liveblog-new-123"
    left.write_text("half")
    os.utime(left, (1, 1))
    blog_file.add([entry("a2")])
    export(tmp_path, "plain")
    assert list(files(tmp_path / "public")) == ["plain.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1"))
    (tmp_path / "public").mkdir()
    (tmp_path / "public/plain.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert export(tmp_path, "plain") == 0
    assert (tmp_path / "public/plain.txt").is_symlink()
    assert (tmp_path / "elsewhere.txt").is_file()


def test_a_broken_file_is_not_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page from which an entry has silently vanished is worse than an old page."""
    blog_file = blog_at(tmp_path, entry("a1"))
    text = blog_file.path.read_text()
    blog_file.path.write_text(text + '[[entries]]\nid = "b1"\ntime = "soon"\n\n')
    assert export(tmp_path, "plain") == 4
    assert "--skip-broken" in capsys.readouterr().err
    assert not (tmp_path / "public").exists()
    assert export(tmp_path, "plain", "--skip-broken") == 0
    assert "left out: " in capsys.readouterr().err
    assert "News a1" in (tmp_path / "public/plain.txt").read_text()


def test_no_blog_file_is_status_3(tmp_path: Path) -> None:
    assert export(tmp_path, "plain") == 3


def test_what_is_missing_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from msgspec.structs import replace

    silent = replace(photo(tmp_path / "a.jpg"), alt="")
    blog_at(tmp_path, entry("a1", media=(silent,)), entry("b2", media=(silent,)))
    assert export(tmp_path, "plain", "page") == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "the blog has no address, so links begin with urn",
        "images without alt text",
    ]
    assert "b2, a1" in lines[1]


def test_the_answer_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "a.jpg", (500, 300)),)))
    assert export(tmp_path, "plain", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    path = tmp_path / "public/plain.txt"
    assert answer["files"] == [
        {"format": "plain", "path": str(path), "changed": True, "bytes": path.stat().st_size}
    ]
    assert [Path(m["path"]).parent.name for m in answer["media"]] == ["media"]
    assert answer["entries"] == 1
    assert answer["now"] == "2024-07-20T15:00:00+00:00"


def test_now_brings_scheduled_entries_in(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1", time=NOON + timedelta(hours=5)))
    path = tmp_path / "public/plain.txt"
    export(tmp_path, "plain", "--now", "2024-07-20T16:59:59+00:00")
    assert "News a1" not in path.read_text()
    export(tmp_path, "plain", "--now", "2024-07-20T17:00:00+00:00")
    assert "News a1" in path.read_text()


def test_as_of_gives_the_blog_as_readers_saw_it(tmp_path: Path) -> None:
    from msgspec.structs import replace

    blog_file = blog_at(tmp_path, entry("a1", "Old words"))
    blog_file.now = lambda: NOON + timedelta(hours=1)
    blog_file.change("a1", lambda e: replace(e, headline="New words"), blog_file.stamp("edit"))
    export(tmp_path, "plain", "--as-of", "2024-07-20T12:30:00+00:00")
    text = (tmp_path / "public/plain.txt").read_text()
    assert "Old words" in text
    assert "New words" not in text


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--tag", "fire"], "a"),
        (["--author", "Ann"], "b"),
        (["--key"], "c"),
        (["--since", "2024-07-20T12:30:00+00:00"], "d"),
        (["--until", "2024-07-20T11:30:00+00:00"], "e"),
        (["--source", "Fire brigade"], "f"),
        (["--grep", "news G", "-i"], "g"),
    ],
)
def test_filters_pick_entries(tmp_path: Path, args: list[str], found: str) -> None:
    from liveblog_cli.model.values import Source

    blog_at(
        tmp_path,
        entry("a", tags=("fire",)),
        entry("b", authors=("Ann",)),
        entry("c", key=True),
        entry("d", time=NOON + timedelta(hours=1)),
        entry("e", time=NOON - timedelta(hours=1)),
        entry("f", sources=(Source(name="Fire brigade"),)),
        entry("g"),
    )
    assert export(tmp_path, "plain", *args) == 0
    text = (tmp_path / "public/plain.txt").read_text()
    assert [name for name in "abcdefg" if f"News {name}'" in text] == [found]


def test_a_filter_that_is_not_about_key_events_keeps_them(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a", tags=("fire",), key=True), entry("b", tags=("fire",)))
    assert export(tmp_path, "plain", "--tag", "fire") == 0
    text = (tmp_path / "public/plain.txt").read_text()
    assert [name for name in "ab" if f"News {name}'" in text] == ["a", "b"]


def test_a_theme_is_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blog_at(tmp_path, entry("a1"))
    theme = tmp_path / "theme"
    (theme / "parts").mkdir(parents=True)
    (theme / "parts/entry.html").write_text("<hr>")
    (theme / ".swp").write_bytes(b"\xff")
    assert export(tmp_path, "plain", "--theme", str(theme)) == 0
    assert "{'parts/entry.html': '<hr>'}" in (tmp_path / "public/plain.txt").read_text()
    (theme / "photo.jpg").write_bytes(b"\xff\xd8")
    assert export(tmp_path, "plain", "--theme", str(theme)) == 1
    assert "photo.jpg: not UTF-8 text" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """`liveblog export json -o - | head -c 10`."""
    blog_at(tmp_path, *[entry(f"n{number}", body="x" * 10_000) for number in range(50)])
    command = [sys.executable, "-m", "liveblog_cli", "export", "json", "-o", "-"]
    with subprocess.Popen(
        [*command, "-f", str(tmp_path / "liveblog.toml")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(1) == b"{"
        process.stdout.close()
        errors = process.stderr.read().decode()
        assert process.wait(30) == 0
    assert "Error" not in errors
    assert "Traceback" not in errors


def test_a_wrong_template_is_named_and_the_page_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog_at(tmp_path, entry("a1"))
    assert export(tmp_path, "html") == 0
    before = files(tmp_path / "public")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/page.html").write_text("<html>\n{% if %}\n")
    assert export(tmp_path, "html", "--theme", str(tmp_path / "theme")) == 1
    assert "page.html, line 2" in capsys.readouterr().err
    assert files(tmp_path / "public") == before


def test_a_fragment_does_not_take_the_place_of_the_page(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1"))
    assert export(tmp_path, "html") == 0
    page = (tmp_path / "public/index.html").read_bytes()
    assert export(tmp_path, "--fragment") == 0
    assert sorted(files(tmp_path / "public")) == ["fragment.html", "index.html"]
    assert (tmp_path / "public/index.html").read_bytes() == page
    assert b"<html" not in (tmp_path / "public/fragment.html").read_bytes()


def test_the_policy_is_printed_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blog_at(tmp_path, entry("a1"))
    assert export(tmp_path, "html", "--csp") == 0
    policy = capsys.readouterr().out.splitlines()[-1]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert export(tmp_path, "html", "--csp", "--json") == 0
    assert json.loads(capsys.readouterr().out)["csp"] == policy
