"""`export --watch` as a real process: one round for each change, and nothing stops it but a signal."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from types import SimpleNamespace
from typing import Any

import pytest
from exporting import blog_at, entry, installed_plugin, photo

from liveblog_cli.model.values import Entry, Media
from liveblog_cli.publish.fingerprints import FingerprintReader

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


@contextmanager
def watching(
    folder: Path, *args: str, before: Sequence[str] = (), out: Any = subprocess.PIPE
) -> Iterator[subprocess.Popen[str]]:
    """`export plain --watch`. `before` is a command that runs it, `out` where its stdout goes."""
    environment = {k: v for k, v in os.environ.items() if k != "LIVEBLOG_NOW"}
    environment["PYTHONPATH"] = str(installed_plugin(folder / "packages"))
    command = ["export", "plain", "--watch", "--json", "-f", str(folder / "liveblog.toml"), *args]
    process = subprocess.Popen(
        [*before, sys.executable, "-m", "liveblog_cli", *command],
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    silence = Timer(30, process.kill)  # a round that never comes fails the test
    silence.start()
    try:
        yield process
    finally:
        silence.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def next_round(process: subprocess.Popen[str]) -> Any:
    """What the next round says; fails where the process ends instead."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.stderr.read() if process.stderr else ""
    return json.loads(line)


def eventually(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(1500):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("it never was")


def shows(path: Path, words: str) -> bool:
    return path.is_file() and words in path.read_text()


def changed(answer: Any) -> bool:
    return any(item["changed"] for item in answer["files"])


def test_each_change_is_a_round(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    with watching(tmp_path) as process:
        assert next_round(process)["entries"] == 1
        blog_file.add([entry("b2")])
        answer = next_round(process)
        assert answer["entries"] == 2
        assert changed(answer)
        assert "News b2" in (tmp_path / "public/plain.txt").read_text()


def test_a_burst_is_few_rounds(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    with watching(tmp_path) as process:
        next_round(process)
        for number in range(40):
            blog_file.add([entry(f"n{number}")])
        rounds = 1
        while next_round(process)["entries"] < 41:
            rounds += 1
        assert rounds <= 20


def test_a_scheduled_entry_comes_in_at_its_time(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    with watching(tmp_path) as process:
        assert next_round(process)["entries"] == 1
        soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
        blog_file.add([entry("later", time=soon), entry("b2")])
        while (answer := next_round(process))["entries"] == 2:
            assert datetime.fromisoformat(answer["now"]) < soon
        assert answer["entries"] == 3
        assert datetime.fromisoformat(answer["now"]) >= soon


def test_a_broken_file_is_said_and_the_pages_stay(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    page = tmp_path / "public/plain.txt"
    with watching(tmp_path) as process:
        next_round(process)
        before, sound = page.read_bytes(), blog_file.path.read_text()
        blog_file.path.write_text(f'{sound}[[entries]]\nid = "b1"\ntime = "soon"\n\n')
        assert process.stderr is not None
        while "--skip-broken" not in (line := process.stderr.readline()):
            assert line
        assert page.read_bytes() == before
        blog_file.path.write_text(sound.replace("News a1", "News from the pier"))
        assert changed(next_round(process))
        assert b"News from the pier" in page.read_bytes()


def test_images_and_themes_are_watched(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "pictures/a.jpg"),)))
    text = (tmp_path / "liveblog.toml").read_text()
    (tmp_path / "liveblog.toml").write_text(text.replace('"a.jpg"', '"pictures/a.jpg"'))
    (tmp_path / "theme").mkdir()
    with watching(tmp_path, "--theme", str(tmp_path / "theme")) as process:
        assert len(next_round(process)["media"]) == 3
        photo(tmp_path / "pictures/a.jpg", (300, 200))
        assert len(next_round(process)["media"]) == 1
        (tmp_path / "theme/page.css").write_text("p {}")
        assert next_round(process)["entries"] == 1


def test_what_is_taken_back_goes_with_its_pictures(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "a.jpg", (300, 200)),)))
    with watching(tmp_path) as process:
        [copy] = [item["path"] for item in next_round(process)["media"]]
        blog_file.change("a1", Entry.retract, blog_file.stamp("retract"))
        assert next_round(process)["deleted"] == [copy]
        blog_file.change("a1", Entry.restore, blog_file.stamp("restore"))
        assert [item["path"] for item in next_round(process)["media"]] == [copy]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: int, status: int) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    with watching(tmp_path) as process:
        next_round(process)
        blog_file.add([entry("b2")])
        next_round(process)
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == status
        assert errors.count("the blog has no address") == 1
        assert errors.splitlines()[-1] == "stopped"
        assert "Traceback" not in errors
        assert [p.name for p in (tmp_path / "public").iterdir()] == ["plain.txt"]


def test_without_a_blog_it_does_not_begin(tmp_path: Path) -> None:
    with watching(tmp_path) as process:
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 3
        assert "no such file" in errors


def test_a_reader_that_goes_away_does_not_end_it(tmp_path: Path) -> None:
    """`export --watch | head -1` ended with 0, and no later entry reached readers."""
    blog_file = blog_at(tmp_path, entry("a1"))
    page = tmp_path / "public/plain.txt"
    with watching(tmp_path) as process:
        next_round(process)
        assert process.stdout
        process.stdout.close()
        for name in ("b2", "c3", "d4"):
            blog_file.add([entry(name)])
            eventually(lambda: shows(page, f"News {name}"))  # noqa: B023 - called at once
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        errors = process.stderr.read()
        assert process.wait(20) == 0
    assert errors.count("the export goes on") == 1
    assert "Traceback" not in errors


def test_a_full_disk_for_its_messages_does_not_end_it(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    with open("/dev/full", "w") as full, watching(tmp_path, out=full) as process:
        for name in ("a1", "b2", "c3"):
            blog_file.add([entry(f"{name}x")])
            eventually(lambda: shows(tmp_path / "public/plain.txt", f"News {name}x"))  # noqa: B023 - called at once
        assert process.poll() is None


def test_nobody_at_all_to_tell_does_not_end_it(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    page = tmp_path / "public/plain.txt"
    with watching(tmp_path) as process:
        next_round(process)
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stderr.close()
        for name in ("b2", "c3"):
            blog_file.add([entry(name)])
            eventually(lambda: shows(page, f"News {name}"))  # noqa: B023 - called at once
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_what_others_remove_or_damage_is_made_anew(tmp_path: Path) -> None:
    blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "a.jpg", (600, 400)),)))
    public = tmp_path / "public"
    page = public / "plain.txt"
    with watching(tmp_path) as process:
        [copy] = [
            Path(item["path"]) for item in next_round(process)["media"] if "-600" in item["path"]
        ]
        picture = copy.read_bytes()
        page.unlink()
        eventually(lambda: shows(page, "News a1"))
        page.write_text("cut")
        eventually(lambda: shows(page, "News a1"))
        copy.write_bytes(picture[:-1] + b"!")
        eventually(lambda: copy.read_bytes() == picture)
        shutil.rmtree(public)
        eventually(lambda: copy.is_file() and shows(page, "News a1"))
        assert copy.read_bytes() == picture
        assert process.poll() is None


def test_a_backup_by_hard_links_is_no_reason_to_make_pictures_anew(tmp_path: Path) -> None:
    """It changes when the file's record was last changed, and nothing else."""
    blog_file = blog_at(tmp_path, entry("a1", media=(photo(tmp_path / "a.jpg", (600, 400)),)))
    with watching(tmp_path) as process:
        first = next_round(process)
        for item in (*first["media"], *first["files"]):
            os.link(item["path"], f"{item['path']}.backup")
        time.sleep(1.5)
        blog_file.add([entry("b2")])
        while (answer := next_round(process))["entries"] == 1:
            assert answer["media"] == []
        assert answer["media"] == []


def test_its_own_files_do_not_wake_it(tmp_path: Path) -> None:
    """Each round would else cause the next; what is removed is one round, not many."""
    blog_file = blog_at(tmp_path, entry("a1"))
    with watching(tmp_path) as process:
        next_round(process)
        (tmp_path / "public/plain.txt").unlink()
        assert changed(next_round(process))
        time.sleep(1.5)
        blog_file.add([entry("b2")])
        assert next_round(process)["entries"] == 2


def test_a_folder_in_the_place_of_a_page_is_said_once_and_waited_for(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    page = tmp_path / "public/plain.txt"
    with watching(tmp_path) as process:
        next_round(process)
        page.unlink()
        page.mkdir()
        assert process.stderr
        while "plain.txt" not in (line := process.stderr.readline()):
            assert line
        blog_file.add([entry("b2")])
        time.sleep(1.5)
        page.rmdir()
        eventually(lambda: shows(page, "News b2"))
        process.send_signal(signal.SIGTERM)
        assert "it is a folder" not in process.stderr.read()


def test_a_change_of_equal_size_and_time_is_seen(tmp_path: Path) -> None:
    """`cp -p`, `touch -d` and some sync tools set the time back to what it was."""
    blog_file = blog_at(tmp_path, entry("a1", "Three ships"))
    page = tmp_path / "public/plain.txt"
    with watching(tmp_path) as process:
        next_round(process)
        before = blog_file.path.stat()
        text = blog_file.path.read_text().replace("Three ships", "Eight ships")
        blog_file.path.write_text(text)
        os.utime(blog_file.path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert blog_file.path.stat().st_size == before.st_size
        eventually(lambda: shows(page, "Eight ships"))
        assert process.poll() is None


def test_another_picture_of_equal_size_and_time_is_seen(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "a.png"
    Image.new("RGB", (20, 20), "red").save(picture, compress_level=0)
    before = picture.stat()
    blog_at(tmp_path, entry("a1", media=(Media(file="a.png", alt="x"),)))
    with watching(tmp_path) as process:
        first = next_round(process)["media"]
        Image.new("RGB", (20, 20), "blue").save(picture, compress_level=0)
        os.utime(picture, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert picture.stat().st_size == before.st_size
        assert next_round(process)["media"] != first


@pytest.mark.parametrize("way", ["removed", "a folder", "its folder renamed"])
def test_a_blog_that_goes_away_is_said_once_and_taken_up_again(tmp_path: Path, way: str) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    (tmp_path / "packages").mkdir()
    blog_file = blog_at(home, entry("a1"))
    text = blog_file.path.read_text()
    with watching(home, "-o", str(tmp_path / "out")) as process:
        next_round(process)
        if way == "its folder renamed":
            home.rename(tmp_path / "moved")
        else:
            blog_file.path.unlink()
        if way == "a folder":
            blog_file.path.mkdir()
        assert process.stderr
        said = []
        while "Error" not in (line := process.stderr.readline()):
            assert line
            said.append(line)
        time.sleep(1.5)
        if way == "its folder renamed":
            (tmp_path / "moved").rename(home)
        elif way == "a folder":
            blog_file.path.rmdir()
        blog_file.path.write_text(text.replace("News a1", "News again"))
        eventually(lambda: shows(tmp_path / "out/plain.txt", "News again"))
        process.send_signal(signal.SIGTERM)
        said += [line, *process.stderr]
        assert len(said) == len(set(said))


def test_a_file_that_is_being_saved_is_not_exported_by_halves(tmp_path: Path) -> None:
    """An editor that saves in place empties the file, and writes it in parts."""
    blog_file = blog_at(tmp_path, *[entry(f"n{number}") for number in range(6)])
    whole = blog_file.path.read_text()
    half = whole.index('[[entries]]\nid = "n3"')
    with watching(tmp_path) as process:
        assert next_round(process)["entries"] == 6
        with blog_file.path.open("w") as file:
            for part in (whole[:half], whole[half:].replace("News n5", "News of five")):
                time.sleep(0.15)
                file.write(part)
                file.flush()
        assert next_round(process)["entries"] == 6
        assert shows(tmp_path / "public/plain.txt", "News of five")
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        assert "Error" not in process.stderr.read()


def test_a_link_to_the_blog_may_lead_elsewhere_later(tmp_path: Path) -> None:
    """As deployments and mounted configurations replace a file: by another link."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    blog_at(tmp_path / "one", entry("a1"))
    blog_at(tmp_path / "two", entry("b2"))
    (tmp_path / "liveblog.toml").symlink_to("one/liveblog.toml")
    with watching(tmp_path, "-o", str(tmp_path / "out")) as process:
        next_round(process)
        (tmp_path / "new").symlink_to("two/liveblog.toml")
        (tmp_path / "new").rename(tmp_path / "liveblog.toml")
        eventually(lambda: shows(tmp_path / "out/plain.txt", "News b2"))
        assert process.poll() is None


def test_half_an_entry_is_said_once_while_it_is_typed(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    (tmp_path / "theme").mkdir()
    with watching(tmp_path, "--theme", str(tmp_path / "theme")) as process:
        next_round(process)
        with blog_file.path.open("a") as file:
            file.write('\n[[entries]]\nid = "t1"\nheadline = "Half')
        assert next_round(process)["entries"] == 1
        for number in range(2):
            (tmp_path / f"theme/{number}.css").write_text("p {}")
            assert next_round(process)["entries"] == 1
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        assert process.stderr.read().count("left out") == 1


def test_an_order_that_would_destroy_its_blog_is_refused_at_once(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    before = blog_file.path.read_bytes()
    with watching(tmp_path, "-o", str(blog_file.path)) as process:
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 1
    assert "the blog file itself" in errors
    assert blog_file.path.read_bytes() == before


def test_a_closed_terminal_ends_it_cleanly_unless_it_runs_under_nohup(tmp_path: Path) -> None:
    blog_file = blog_at(tmp_path, entry("a1"))
    with watching(tmp_path) as process:
        next_round(process)
        process.send_signal(signal.SIGHUP)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 129
        assert errors.splitlines()[-1] == "stopped"
    shutil.rmtree(tmp_path / "packages")
    with watching(tmp_path, before=["nohup"]) as process:
        next_round(process)
        process.send_signal(signal.SIGHUP)
        blog_file.add([entry("b2")])
        assert next_round(process)["entries"] == 2


def test_two_programs_that_want_the_last_word_do_not_keep_a_machine_busy() -> None:
    """What others change is written again at once, and then ever later."""
    from liveblog_cli.publish.watched_export import _Brake

    brake = _Brake()
    assert brake.is_free()
    brake.press()
    assert brake.is_free()
    brake.press()
    assert not brake.is_free()


def test_marks_differ_also_where_a_file_system_counts_in_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT: a second change within two seconds leaves inode, size and times as they were."""
    real = os.stat

    def coarse(path: Any, **more: Any) -> Any:
        found = real(path, **more)
        return SimpleNamespace(
            st_dev=found.st_dev,
            st_ino=found.st_ino,
            st_mode=found.st_mode,
            st_size=found.st_size,
            st_mtime_ns=step,
            st_ctime_ns=step,
        )

    step = time.time_ns()
    monkeypatch.setattr(os, "stat", coarse)
    path = tmp_path / "a"
    path.write_text("one")
    eyes = FingerprintReader()
    before = eyes.look([path])
    assert eyes.look([path]) == before
    path.write_text("two")
    assert eyes.look([path]) != before
    path.unlink()
    assert eyes.look([path]) == {path: None}
