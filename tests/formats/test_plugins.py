"""A format from another package, with the same interface as the built-in ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from feeds import AWKWARD

MODULE = '''
"""Headlines, one a line."""

FILENAME = "headlines.txt"
MEDIA_TYPE = "text/plain"


def render(edition, settings):
    return "".join(f"{i.time:%H:%M} {i.title}\\n" for i in edition.items[: settings.limit])
'''
METADATA = "Metadata-Version: 2.1\nName: liveblog-headlines\nVersion: 1.0\n"


def test_a_plugin_exports_like_a_built_in_format(tmp_path: Path) -> None:
    """Installed as pip lays a package out: a module, its metadata, an entry point."""
    install(tmp_path)
    done = liveblog(tmp_path, "export", "headlines", "--limit", "2", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "06:31 Quotes, code and hard breaks\n06:30 Five thousand words\n"


def test_a_plugin_is_suggested_like_a_built_in_format(tmp_path: Path) -> None:
    install(tmp_path)
    done = liveblog(tmp_path, "export", "headline", "-o", "-")
    assert done.returncode == 2
    assert "did you mean headlines?" in done.stderr.replace("`", "").replace("'", "")


def install(folder: Path) -> None:
    (folder / "liveblog_headlines.py").write_text(MODULE, encoding="utf-8")
    info = folder / "liveblog_headlines-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(METADATA, encoding="utf-8")
    points = "[liveblog.formats]\nheadlines = liveblog_headlines\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


def liveblog(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "LIVEBLOG_NOW": "2024-11-12T08:00:00+01:00",
        "LIVEBLOG_FILE": str(AWKWARD),
    }
    command = [sys.executable, "-m", "liveblog_cli", *words]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
