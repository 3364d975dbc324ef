"""The examples are built by their scripts, and what is committed is what the scripts build."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


LENGTH = re.compile(r'(length="|fileSize="|size_in_bytes":\s?)\d+')


def _files(folder: Path) -> dict[str, str]:
    """Texts as they are, pictures by their names: each release of an encoder gives other bytes."""
    texts = [folder / "liveblog.toml", *sorted((folder / "public").glob("*.*"))]
    found = {str(p.relative_to(folder)): LENGTH.sub(r"\1", p.read_text("utf-8")) for p in texts}
    pictures = sorted((folder / "public" / "media").iterdir())
    return found | {str(p.relative_to(folder)): "" for p in pictures}


@pytest.mark.parametrize("name", ["ukraine", "moon-landing"])
def test_the_script_builds_exactly_what_is_committed(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    script = EXAMPLES / name / "build.sh"
    done = subprocess.run(
        ["bash", str(script), str(folder)], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    built, committed = _files(folder), _files(EXAMPLES / name)
    assert sorted(built) == sorted(committed)
    for path, content in built.items():
        assert content == committed[path], f"{path} differs: run examples/{name}/build.sh on itself"


def test_the_german_example_has_what_the_reference_page_has() -> None:
    from liveblog_cli.storage.blogfile import BlogFile

    blog = BlogFile(EXAMPLES / "ukraine" / "liveblog.toml").read()
    assert "++" in blog.title
    assert blog.kicker == "Liveblog"
    assert blog.summary
    assert len(blog.entries) >= 10
    assert any(n.applies_to == ("party-to-conflict",) for n in blog.notes)
    assert sum(bool(e.sources) for e in blog.entries) >= 5


def test_the_english_example_has_thirty_entries_and_every_kind_of_them() -> None:
    from liveblog_cli.storage.blogfile import BlogFile

    entries = BlogFile(EXAMPLES / "moon-landing" / "liveblog.toml").read().entries
    assert len(entries) >= 30
    assert {a for e in entries for a in e.authors} == {"Ada Miller", "Jon Reyes"}
    assert any(e.pinned for e in entries)
    assert any(e.key for e in entries)
    assert any(e.media for e in entries)
    assert any(e.status == "retracted" for e in entries)
    assert any(c.kind == "correction" for e in entries for c in e.history)
