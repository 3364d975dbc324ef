"""A blog file opened and cut into pieces, with errors that name it and say what helps."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Literal

from liveblog_cli.errors import LiveblogError, NotFound, way_out
from liveblog_cli.storage import disk, scanner
from liveblog_cli.storage.encoding import decode, decode_any, find_foreign_encoding
from liveblog_cli.storage.layout import Layout
from liveblog_cli.storage.toml import CONFLICT_MARKER


def open_file(path: Path, mode: Literal["rb", "r+b"] = "rb") -> BinaryIO:
    """Open a blog file.

    Raises:
        NotFound: there is no such file.
        LiveblogError: it is no regular file, or can't be opened.
    """
    if disk.is_special(path):
        raise LiveblogError(f"{path} is not a file", "a blog is a regular file")
    try:
        return open(path, mode)
    except (FileNotFoundError, NotADirectoryError):
        raise _explain_missing(path) from None
    except IsADirectoryError:
        raise LiveblogError(f"{path} is a folder, not a blog file") from None
    except OSError as error:
        raise LiveblogError(f"{path} can't be opened: {error.strerror}", way_out(error)) from error


def state_at(path: Path) -> disk.State:
    """The state of a blog file.

    Raises:
        NotFound: there is no such file.
    """
    try:
        return disk.state_at(path)
    except OSError:
        raise _explain_missing(path) from None


def scan(data: bytes, path: Path) -> Layout:
    """The pieces of a whole blog file. `path` is for the message.

    Raises:
        InvalidFile: it is not UTF-8, or holds a merge conflict.
    """
    return require_text(data, scanner.scan(decode_any(data)), path)


def require_text(data: bytes, layout: Layout, path: Path) -> Layout:
    """`layout`, which is of `data`, if that is text, and of one version of the blog.

    Raises:
        InvalidFile: it is not UTF-8, or holds a merge conflict.
    """
    if not layout.text.isascii():
        try:
            layout.text.encode()
        except UnicodeEncodeError:
            decode(data, path)
    elif find_foreign_encoding(data):
        decode(data, path)
    if CONFLICT_MARKER in layout.text:
        from liveblog_cli.storage.conflicts import require_no_conflict

        require_no_conflict(path, layout.text)
    return layout


def _explain_missing(path: Path) -> NotFound:
    return NotFound(f"{path}: no such file", 'make one with: liveblog new "TITLE"')
