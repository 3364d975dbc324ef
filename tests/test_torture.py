"""Nothing acknowledged is lost: the short version of `python -m tests.torture`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from torture import crowd, editing, kills, people, room, typing

pytestmark = pytest.mark.slow


def test_writers_and_streams_at_once_lose_nothing(memory: Path) -> None:
    figures = crowd.run(memory, writers=8, streams=2, lines=10)
    assert figures == {"processes": 10, "acknowledged": 60, "refused": 0, "lost": 0}


def test_kills_at_random_instants_lose_nothing(memory: Path) -> None:
    figures = kills.run(memory, kills=10)
    assert (figures["kills"], figures["lost"], figures["broken"]) == (10, 0, 0)


def test_a_kill_at_every_system_call_loses_nothing(memory: Path) -> None:
    """Half written entries are cut off and kept; what was answered is there."""
    figures = kills.at_every_step(memory)
    assert figures["lost"] == 0
    assert figures["kills"] > 20
    assert figures["mended"] >= 2


def test_a_limit_on_the_files_size_leaves_all_as_it_was(memory: Path) -> None:
    figures = room.limited(memory, range(0, 700, 97))
    assert figures["refused"] > 0
    assert (figures["changed all the same"], figures["unclear"]) == (0, 0)


def test_a_folder_of_somebody_else_is_read_and_left_alone() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        figures = room.read_only(Path(folder))
    if figures is None:
        pytest.skip("only root can become somebody else")
    assert figures == {"readable": True, "refused": True, "one line": 1, "same": True}


def test_users_who_write_one_blog_at_once_lose_nothing_and_see_no_half_of_it() -> None:
    """Whoever can't give the next version all rights of the file writes into it: see `in_place`."""
    figures = people.run(each=2, entries=2)
    if figures is None:
        pytest.skip("only root can become other users")
    assert figures["looks"] > 50
    assert (figures["refused"], figures["lost"], figures["broken"]) == (0, 0, 0)


def test_who_types_in_the_file_loses_nothing_and_holds_nobody_up(memory: Path) -> None:
    figures = typing.run(memory, writers=4)
    assert (figures["acknowledged"], figures["refused"]) == (24, 0)
    assert (figures["moved away"], figures["lost"]) == (0, 0)


def test_deaths_around_an_editor_lose_nothing_that_was_saved(memory: Path) -> None:
    figures = editing.run(memory, rounds=7)
    if figures is None:
        pytest.skip("none of vim, nano and emacs is installed")
    assert figures["in the blog"] > 0
    assert figures["kept"] > 0
    assert figures["lost"] == 0
