"""One line for a person: to stdout what was asked for, to stderr what is worth knowing."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """One line for whoever called, on stdout. Terminal escapes in it are shown, not obeyed."""
    sys.stdout.write(_printable(text) + "\n")


def warn(text: str) -> None:
    """One line on stderr, as `say` writes it."""
    sys.stderr.write(_printable(text) + "\n")


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    from liveblog_cli.text.controls import make_printable

    return make_printable(text)
