"""The long run: `python -m tests.torture [KILLS]`, about ten minutes for 1,000."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from torture import crowd, editing, kills, people, room, typing


def main(rounds: int) -> int:
    """Print a line of figures for each trial; 1 where anything was lost."""
    os.environ["LIVEBLOG_AUTHOR"] = "torture"
    trials: dict[str, Callable[[Path], dict[str, int] | None]] = {
        "60 writers and 8 streams at once": lambda f: crowd.run(f, 60, 8, 50),
        f"{rounds} kills": lambda f: kills.run(f, rounds),
        "killed at every system call": kills.at_every_step,
        "a limit at every 7th byte": lambda f: room.limited(f, range(0, 1600, 7)),
        "a full disk": room.full,
        "somebody else's folder": room.read_only,
        "users who share a folder": lambda _: people.run(each=6),
        "a typist whose editor saves on its own": lambda f: typing.run(f, 12),
        "deaths around an editor": lambda f: editing.run(f, 42),
    }
    worst = 0
    for name, trial in trials.items():
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            figures = trial(Path(folder))
        took = f"{time.monotonic() - begun:.0f} s"
        said = ", ".join(f"{k} {v}" for k, v in figures.items()) if figures else "not possible here"
        sys.stdout.write(f"{name:34} {took:>6}  {said}\n")
        sys.stdout.flush()
        bad = ("lost", "moved away", "broken", "unclear", "changed all the same")
        worst += sum((figures or {}).get(key, 0) for key in bad)
    return 1 if worst else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
