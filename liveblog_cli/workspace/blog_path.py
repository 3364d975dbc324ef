"""Which blog file is meant: the one that is named, or the nearest one above the working folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from liveblog_cli.errors import LiveblogError, NotFound, WrongUsage
from liveblog_cli.runtime import streams, working_folder
from liveblog_cli.storage import lock
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace import user

FILE_NAME = "liveblog.toml"


def find_file(file: str | None) -> Path:
    """The blog file that a command means.

    Raises:
        NotFound: there is none, or a folder on the way up can't be looked into: a blog there must
            not be passed over for one above it.
        LiveblogError: what the command says would go into it.
    """
    path = _found(file)
    if _goes_to(2, path):
        streams.drop(sys.stderr)  # the refusal would else be what breaks the file
    if _goes_to(1, path):
        raise LiveblogError(
            f"{path} is the blog, and the answer would go into it",
            "nothing was done; direct it to another file",
        )
    return path


def named_file(file: str | None) -> str:
    """The file that `-f` or `LIVEBLOG_FILE` names; empty where none does.

    Raises:
        WrongUsage: `-f` is given and empty, as by a script whose variable is not set.
    """
    if file == "":
        raise WrongUsage("-f names no file: its value is empty", "is a variable not set?")
    return file or os.environ.get("LIVEBLOG_FILE") or ""


def open_file(
    file: str | None, by: str | None = None, lock_timeout: float = lock.DEFAULT_TIMEOUT
) -> BlogFile:
    """The blog file that a command means, with who changes it and the hooks that run afterwards.

    Raises:
        NotFound: there is none.
        WrongUsage: no time to wait is less than none.
    """
    if not lock_timeout >= 0:  # nan is not either, and would be waited for without an end
        raise WrongUsage(f"--lock-timeout takes seconds, not {lock_timeout:g}")
    path = find_file(file)
    return BlogFile(path, by=_name(by), lock_timeout=lock_timeout, after=user.Following())


def _name(by: str | None) -> str | Callable[[], str]:
    """Who makes a change: looked up when one is made, for who only reads needs no configuration.

    Raises:
        LiveblogError: the name that is given is no text.
    """
    from liveblog_cli.model import cleaning

    return cleaning.one_line(by, "--by") if by else user.name


def _found(file: str | None) -> Path:
    if named := named_file(file):
        return Path(named)
    start = working_folder.find_folder()
    for folder in (start, *start.parents):
        try:
            if (folder / FILE_NAME).is_file():
                return folder / FILE_NAME
        except PermissionError as error:
            raise NotFound(
                f"{folder} can't be searched for {FILE_NAME}: {error.strerror}", "name one with -f"
            ) from error
    raise NotFound(
        f"no {FILE_NAME} in {start} or above",
        'make one with: liveblog new "TITLE", or name one with -f',
    )


def _goes_to(number: int, path: Path) -> bool:
    """Whether what is written to a standard stream goes into a file."""
    try:
        return os.path.samestat(os.fstat(number), os.stat(path))
    except OSError:
        return False
