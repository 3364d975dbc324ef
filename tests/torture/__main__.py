"""The standing attack: `python -m tests.torture [short]`.

The long run takes about twenty minutes, the short one, which CI runs, less than three.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("", "drivers", "builders"))

from torture import crowd, editing, kills, people, room, suites, tabs, typing

Figures = dict[str, int]
Trial = Callable[[Path], Figures | None]

BAD = ("lost", "moved away", "broken", "unclear", "changed all the same", "ran", "typed", "failed")
"""Figures that have to be 0."""

EDITORS = ("emacs", "nano", "vim")


class Size(NamedTuple):
    """How much of each trial; `suites` says whether those of the tests run too."""

    writers: int
    streams: int
    lines: int
    kills: int
    every_byte: int
    people: int
    typists: int
    deaths: int
    blogs: int
    suites: bool


LONG = Size(60, 8, 50, 1000, 7, 6, 12, 42, 15, suites=True)
SHORT = Size(20, 4, 20, 60, 70, 1, 6, 7, 2, suites=False)


def trials(size: Size) -> Iterator[tuple[str, Trial, str]]:
    """Each trial with its name, and what it needs where it can't be tried everywhere."""
    crowded = partial(crowd.run, writers=size.writers, streams=size.streams, lines=size.lines)
    yield f"{size.writers} writers and {size.streams} streams at once", crowded, ""
    yield f"{size.kills} kills", partial(kills.run, kills=size.kills), ""
    yield "killed at every system call", kills.at_every_step, ""
    limits = range(0, 1600, size.every_byte)
    yield f"a limit at every {size.every_byte}th byte", partial(room.limited, limits=limits), ""
    yield "a full disk", room.full, "root, to mount a small file system"
    yield "somebody else's folder", room.read_only, "root, to become somebody else"
    sharing = partial(people.run, each=size.people)
    yield "users who share a folder", lambda _: sharing(), "root, to become somebody else"
    typed = partial(typing.run, writers=size.typists)
    yield "a typist whose editor saves on its own", typed, ""
    there = [name for name in EDITORS if shutil.which(name)]
    if gone := [name for name in EDITORS if name not in there]:
        sys.stdout.write(f"  left out: {', '.join(gone)}, not installed\n")
    deaths = partial(editing.run, rounds=size.deaths)
    yield f"deaths around {', '.join(there) or 'an editor'}", deaths, "an editor"
    for shell in ("zsh", "bash", "fish"):
        yield f"Tab in {shell}", partial(tabs.run, shell=shell, blogs=size.blogs), shell
    if size.suites:
        for name, files in suites.SUITES.items():
            yield name, lambda _, files=files: suites.run(files), ""


def main(size: Size) -> int:
    """Print a line of figures for each trial; 1 where anything was lost, ran, or failed."""
    os.environ["LIVEBLOG_AUTHOR"] = "torture"
    logging.getLogger("liveblog_cli").setLevel(logging.ERROR)  # thousands of repairs
    worst = 0
    for name, trial, need in trials(size):
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            figures = trial(Path(folder))
        took = f"{time.monotonic() - begun:.0f} s"
        said = ", ".join(f"{k} {v}" for k, v in (figures or {}).items())
        sys.stdout.write(f"{name:38} {took:>6}  {said or f'left out: it needs {need}'}\n")
        sys.stdout.flush()
        worst += sum((figures or {}).get(key, 0) for key in BAD)
    return 1 if worst else 0


if __name__ == "__main__":
    raise SystemExit(main(SHORT if sys.argv[1:] == ["short"] else LONG))
