"""The console that previews are drawn on. It draws what it gets: callers pass texts through `controls.make_printable`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from liveblog_cli.runtime import streams

if TYPE_CHECKING:
    from rich.console import Console

Color = Literal["auto", "always", "never"]

NO_WRAP = 1_000_000
"""Columns of what is not a terminal: nothing is ever wrapped there."""


def make_console(color: Color = "auto") -> Console:
    """A console for stdout: plain and never wrapping unless stdout is a terminal.

    `color` overrides what the terminal and `NO_COLOR` (https://no-color.org) say.
    """
    from rich.console import Console

    terminal = sys.stdout.isatty()
    bare = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
    return Console(
        file=streams.open_for_drawing(sys.stdout),
        force_terminal=terminal or color == "always",
        color_system=_choose_colors(terminal, color),
        no_color=bare,
        width=None if terminal else NO_WRAP,
        markup=False,
        emoji=False,
        highlight=False,
    )


@contextmanager
def open_console(color: Color = "auto", pager: bool = False) -> Iterator[Console]:
    """The console, through a pager where one is asked for and stdout is a terminal."""
    drawn = make_console(color)
    if not (pager and sys.stdout.isatty()):
        yield drawn
        return
    os.environ.setdefault("LESS", "-RFX")
    with drawn.pager(styles=not drawn.no_color):
        yield drawn


def _choose_colors(terminal: bool, color: Color) -> Literal["auto", "standard"] | None:
    if color == "always" and not terminal:
        return "standard"
    return "auto" if terminal else None
