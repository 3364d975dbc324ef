"""`export --watch` as a real process: one round for each change, and nothing stops it but a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from exporting import blog_at, entry, installed_plugin, photo

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


@contextmanager
def watching(folder: Path, *args: str) -> Iterator[subprocess.Popen[str]]:
    environment = {k: v for k, v in os.environ.items() if k != "LIVEBLOG_NOW"}
    environment["PYTHONPATH"] = str(installed_plugin(folder / "packages"))
    command = ["export", "plain", "--watch", "--json", "-f", str(folder / "liveblog.toml"), *args]
    process = subprocess.Popen(
        [sys.executable, "-m", "liveblog_cli", *command],
        stdout=subprocess.PIPE,
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
            assert pipe is not None
            pipe.close()


def next_round(process: subprocess.Popen[str]) -> Any:
    """What the next round says; fails where the process ends instead."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.stderr.read() if process.stderr else ""
    return json.loads(line)


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
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=10)
    blog_at(tmp_path, entry("a1"), entry("later", time=soon))
    with watching(tmp_path) as process:
        assert next_round(process)["entries"] == 1
        answer = next_round(process)
        assert answer["entries"] == 2
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
