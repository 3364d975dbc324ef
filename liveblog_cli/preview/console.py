"""The console that previews are drawn on, and text that is safe to draw there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import Console

Color = Literal["auto", "always", "never"]

NO_WRAP = 1_000_000
"""Columns of what is not a terminal: nothing is ever wrapped there."""

_LINE_ENDS = {0x0A: "\n", 0x09: "    ", 0x0D: "", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_UPPER_CONTROLS = dict.fromkeys(range(128, 160), "�")
_BIDI = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")
_SAFE = _CONTROLS | _UPPER_CONTROLS | _BIDI | _LINE_ENDS


def printable(text: str) -> str:
    """`text` that can't steer a terminal: control characters as pictures, no bidi marks.

    Line breaks stay and a tab is four blanks. An escape sequence becomes visible (`␛[31m`).
    """
    return text if text.isprintable() and text.isascii() else text.translate(_SAFE)


def console(color: Color = "auto") -> Console:
    """A console for stdout: plain and never wrapping unless stdout is a terminal.

    `color` overrides what the terminal and `NO_COLOR` (https://no-color.org) say.
    """
    from rich.console import Console

    terminal = sys.stdout.isatty()
    bare = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
    return Console(
        file=sys.stdout,
        force_terminal=terminal or color == "always",
        color_system=_color_system(terminal, color),
        no_color=bare,
        width=None if terminal else NO_WRAP,
        markup=False,
        emoji=False,
        highlight=False,
    )


@contextmanager
def output(color: Color = "auto", pager: bool = False) -> Iterator[Console]:
    """The console, through a pager where one is asked for and stdout is a terminal."""
    drawn = console(color)
    if not (pager and sys.stdout.isatty()):
        yield drawn
        return
    os.environ.setdefault("LESS", "-RFX")
    with drawn.pager(styles=not drawn.no_color):
        yield drawn


def _color_system(terminal: bool, color: Color) -> Literal["auto", "standard"] | None:
    if color == "always" and not terminal:
        return "standard"
    return "auto" if terminal else None
