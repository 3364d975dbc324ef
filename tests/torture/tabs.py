"""Tab in a real shell, on blogs whose every field is code."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import shells
from shelltexts import CODE, blog_with

TEXTS = 100
"""Texts in one blog: as many as a shell lists at once."""


def run(folder: Path, shell: str, blogs: int) -> dict[str, int] | None:
    """Figures; `ran` counts blogs of which something ran, `typed` those of which more than an id got
    onto the command line. None where the shell is not installed."""
    if shells.missing(shell):
        return None
    chance = random.Random(17)
    ran = typed = 0
    with tempfile.TemporaryDirectory() as home, shells.session(shell, folder, Path(home)) as tab:
        for _ in range(blogs):
            texts = ["".join(chance.choices(CODE, k=chance.randint(1, 6))) for _ in range(TEXTS)]
            (folder / "liveblog.toml").write_text(blog_with(texts), encoding="utf-8")
            line = tab("liveblog pin ", 3).line
            typed += not re.fullmatch(r"liveblog pin ([A-Za-z][\w-]*)? ?", line)
            ran += [p.name for p in folder.iterdir()] != ["liveblog.toml"]
    return {"texts": blogs * TEXTS, "ran": ran, "typed": typed}
