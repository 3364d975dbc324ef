"""Real editors: their commands, the drafts that they leave, and what runs below them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def editor(name: str) -> str:
    """The command of an editor without anybody's settings; the test is skipped where it is missing."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return {"vim": "vim --clean", "nano": "nano -I", "emacs": "emacs -nw -Q"}[name]


def kept_drafts() -> list[Path]:
    """The drafts that lie in the user's folder of drafts."""
    folder = Path(os.environ["XDG_STATE_HOME"], "liveblog", "drafts")
    return sorted(folder.glob("draft-*.md")) if folder.exists() else []


def children(process: int) -> list[int]:
    """The processes that a process started. Linux tells them."""
    return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
