"""A progress bar: only on a terminal, only for work that takes long."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WORK = """
import sys, time
from liveblog_cli.preview import progress
progress.PATIENCE = {patience}
with progress.show_progress("export", 4) as advance:
    for _ in range(4):
        time.sleep(0.1)
        advance()
sys.stdout.write(str("rich" in sys.modules))
"""


def _on_terminal(patience: float) -> tuple[str, str]:
    """What the work writes to a terminal as stderr, and whether it imported Rich."""
    master, slave = os.openpty()
    code = WORK.format(patience=patience)
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=slave,
        text=True,
        check=True,
        env=environment,
    )
    os.close(slave)
    drawn = b""
    try:
        while part := os.read(master, 65536):
            drawn += part
    except OSError:  # Linux says so that the other end is closed
        pass
    os.close(master)
    return drawn.decode(), done.stdout


@pytest.mark.skipif(os.name != "posix", reason="terminals")
def test_long_work_draws_a_bar_and_takes_it_away() -> None:
    drawn, rich = _on_terminal(0.05)
    assert "export" in drawn
    assert drawn.rstrip().endswith("\x1b[2K"), "the line is empty again"
    assert rich == "True"


@pytest.mark.skipif(os.name != "posix", reason="terminals")
def test_short_work_draws_nothing_and_does_not_load_rich() -> None:
    assert _on_terminal(60) == ("", "False")


def test_nothing_is_drawn_where_there_is_no_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(patience=0.01)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("False", "")
