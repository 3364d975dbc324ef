"""The folder that a command is run in. It may be gone: another terminal removed or replaced it."""

from __future__ import annotations

import os
from pathlib import Path

from liveblog_cli.errors import NotFound


def find_folder() -> Path:
    """The working folder.

    Raises:
        NotFound: it is gone.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise explain_gone() from None


def shorten(path: Path) -> str:
    """A path as it is said to the user: relative to the working folder if it lies below that."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return str(path)
    absolute = here / path
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(path)


def quote(path: Path) -> str:
    """A path quoted for a command line that the user can paste; it is never taken for an option."""
    import shlex

    text = str(path)
    return shlex.quote(f"./{text}" if text.startswith("-") else text)


def is_gone() -> bool:
    """Whether the working folder was removed. (An error alone does not tell: it carries no name.)"""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def explain_gone() -> NotFound:
    """The error to raise if the working folder is needed and gone."""
    return NotFound(
        "the folder that this command was run in is gone",
        "go to one that is there (cd), or give paths in full: -f /…/liveblog.toml",
    )
