"""`add-entry --jsonl` towards its caller: where the lines come from, and the answers on stdout."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import typer

from liveblog_cli import stream
from liveblog_cli.blogfile import BlogFile
from liveblog_cli.errors import LiveblogError, NotFound
from liveblog_cli.options import warn
from liveblog_cli.preview import progress


def add_stream(blog_file: BlogFile, name: str, atomic: bool) -> None:
    """Deliver the lines of a file, or of stdin for `-`; exit status 1 if any was refused.

    Raises:
        NotFound: no such file, or no such blog.
        LiveblogError: it could not be read or written.
    """
    blog_file.head()  # no blog: say so before anything is read
    work = stream.run_atomic if atomic else stream.run
    out = _Out()
    with _source(name) as fd, progress.bar("add") as advance:

        def answer(answers: Sequence[dict[str, Any]]) -> None:
            out.write(answers)
            advance(len(answers))

        refused = work(blog_file, fd, answer)
    if refused:
        warn(f"{refused} of {out.lines} lines were refused; stdout says why")
        raise typer.Exit(1)


class _Out:
    """stdout, one JSON object on a line. Where nobody reads it any more, entries go on coming in."""

    def __init__(self) -> None:
        self.lines = 0
        self._closed = False

    def write(self, answers: Sequence[dict[str, Any]]) -> None:
        self.lines += len(answers)
        if self._closed:
            return
        try:
            sys.stdout.write("".join([msgspec.json.encode(a).decode() + "\n" for a in answers]))
            sys.stdout.flush()
        except BrokenPipeError:
            self._closed = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def _source(name: str) -> Iterator[int]:
    if name == "-":
        yield sys.stdin.fileno()
        return
    try:
        fd = os.open(name, os.O_RDONLY)
    except FileNotFoundError:
        raise NotFound(f"{name}: no such file") from None
    except OSError as error:
        raise LiveblogError(f"{name} can't be read: {error.strerror}") from error
    try:
        yield fd
    except IsADirectoryError:
        raise LiveblogError(f"{name} is a folder, not a file of JSON lines") from None
    finally:
        os.close(fd)
