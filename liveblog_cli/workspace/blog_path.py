"""The blog file of a command: the one that is named, else the nearest one in or above the working folder."""

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
    """The path of a command's blog file.

    Raises:
        NotFound: there is no blog file, or a folder above can't be searched. (That folder may have a blog, so
            one above it must not be taken.)
        LiveblogError: the output of the command goes into the blog file.
    """
    path = _find_path(file)
    if _is_output(2, path):
        streams.drop(sys.stderr)  # else the error message would break the file
    if _is_output(1, path):
        raise LiveblogError(
            f"{path} is the blog, and the answer would go into it",
            "nothing was done; direct it to another file",
        )
    return path


def get_named_file(file: str | None) -> str:
    """The file that `-f` or `LIVEBLOG_FILE` names; "" if neither does.

    Raises:
        WrongUsage: `-f` is given, but empty. In a script a variable may not be set.
    """
    if file == "":
        raise WrongUsage("-f names no file: its value is empty", "is a variable not set?")
    return file or os.environ.get("LIVEBLOG_FILE") or ""


def open_blog_file(
    file: str | None, by: str | None = None, lock_timeout: float = lock.DEFAULT_TIMEOUT
) -> BlogFile:
    """The blog file of a command, with the author of its changes and the hooks that run after them.

    Raises:
        NotFound: there is no blog file.
        WrongUsage: the time to wait for the lock is negative.
    """
    if not lock_timeout >= 0:  # nan is not either, and would be waited for without an end
        raise WrongUsage(f"--lock-timeout takes seconds, not {lock_timeout:g}")
    path = find_file(file)
    return BlogFile(path, by=_find_author(by), lock_timeout=lock_timeout, after=user.HookRunner())


def _find_author(by: str | None) -> str | Callable[[], str]:
    """The author of changes. Without `by` it is looked up at the first change: reading needs no configuration.

    Raises:
        LiveblogError: `by` has characters that no format can carry.
    """
    from liveblog_cli.model import cleaning

    return cleaning.one_line(by, "--by") if by else user.find_author


def _find_path(file: str | None) -> Path:
    if named := get_named_file(file):
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


def _is_output(number: int, path: Path) -> bool:
    """Whether the standard stream with this number is written into the file."""
    try:
        return os.path.samestat(os.fstat(number), os.stat(path))
    except OSError:
        return False
