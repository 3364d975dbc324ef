"""`add-entry --jsonl` towards its caller: where the lines come from, and the answers on stdout."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from liveblog_cli.errors import AnswerLost, LiveblogError, NotFound
from liveblog_cli.ingest import jsonl
from liveblog_cli.preview.progress import show_progress
from liveblog_cli.runtime import command_run, streams
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import BlogFile


def add_stream(blog_file: BlogFile, name: str, atomic: bool) -> None:
    """Deliver the lines of a file, or of stdin for `-`.

    Exit status 1 if any line was refused, else 7 if answers could not be written.

    Raises:
        NotFound: no such file, or no such blog.
        LiveblogError: it could not be read or written.
    """
    blog_file.head()  # no blog: say so before anything is read
    work = jsonl.run_atomic if atomic else jsonl.run
    out = _Out()
    with _open_source(name) as fd, show_progress("add") as advance:

        def answer(answers: Sequence[dict[str, Any]]) -> None:
            out.write(answers)
            if run := command_run.current():
                run.finish_part_of_answer()
            advance(len(answers))

        refused = work(blog_file, fd, answer)
    if refused:
        warn(f"{refused} of {out.lines} lines were refused; {out.where} says why")
        raise typer.Exit(1)
    if out.lost:
        warn(f"all {out.lines} lines were taken in; not all answers could be written")
        raise typer.Exit(AnswerLost.status)


class _Out:
    """Writes answers to stdout, one JSON object on a line. If that fails, lines are still taken in.

    stderr then says what was done, and which lines were refused.
    """

    def __init__(self) -> None:
        self.lines = 0
        self.lost = False

    @property
    def where(self) -> str:
        """Which stream tells of refused lines."""
        return "stderr" if self.lost else "stdout"

    def write(self, answers: Sequence[dict[str, Any]]) -> None:
        self.lines += len(answers)
        if not self.lost:
            try:
                streams.write_json("".join([streams.format_json(a) + "\n" for a in answers]))
                sys.stdout.flush()
            except OSError as error:
                self.lost = True
                warn(f"answers can't be written: {error.strerror}; lines are still taken in")
        if self.lost:
            self._say(answers)

    def _say(self, answers: Sequence[dict[str, Any]]) -> None:
        run = command_run.current()
        for done in run.unanswered if run else []:
            warn(f"Done: {done}")
        for answer in answers:
            if "error" in answer:
                warn(f"line {answer['line']}: {answer['error']}")


@contextlib.contextmanager
def _open_source(name: str) -> Iterator[int]:
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
        if os.path.isdir(fd):
            raise LiveblogError(f"{name} is a folder, not a file of JSON lines")
        yield fd
    finally:
        os.close(fd)
