"""Entries as JSON lines: each batch under one lock with one fsync, an answer for each line.

An answer is given only when what it says is on disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError, UnfinishedTail
from liveblog_cli.ingest.lines import LONGEST, Line, batches
from liveblog_cli.ingest.payload import context_of, read_line, upsert
from liveblog_cli.model import ids
from liveblog_cli.runtime.log import Log
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.ref_index import RefIndex
from liveblog_cli.storage.session import PAUSE
from liveblog_cli.storage.upsert import Outcome, Upsert

ATOMIC_BYTES = 64 << 20
"""An all-or-nothing stream waits in memory until its end; it may have this size at most."""

_LOG = Log(__name__)

Answer = Callable[[Sequence[dict[str, Any]]], None]
"""Told what became of each line of a batch: `line` with `id` and `action`, or `error` and `hint`."""


def run(blog_file: BlogFile, fd: int, answer: Answer) -> int:
    """Deliver the lines of a file descriptor; how many were refused.

    A line that is refused does not stop the others.

    Raises:
        LiveblogError: a batch could not be written; what was answered before is in the file.
    """
    refused, refs, batch = 0, RefIndex(), new_batch()
    for lines in batches(fd):
        outcomes = _put(lines, blog_file, batch, refs)
        answer(_answers(lines, outcomes))
        refused += sum(isinstance(o, LiveblogError) for o in outcomes)
    return refused


def _put(
    lines: Sequence[Line], blog_file: BlogFile, batch: str, refs: RefIndex
) -> list[Outcome | LiveblogError]:
    """Deliver a batch. While somebody types at the end of the file it is kept, and that is said once."""
    said = False
    while True:
        try:
            return blog_file.put(_offers(lines, blog_file), batch=batch, refs=refs)
        except UnfinishedTail as error:
            if not said:
                _LOG.warning(f"{error.message}; the stream goes on when it can")
            said = True
            time.sleep(PAUSE)


def run_atomic(blog_file: BlogFile, fd: int, answer: Answer) -> int:
    """Deliver all the lines at once, or, where any is refused, none; how many were refused.

    Raises:
        LiveblogError: nothing was written; also where the lines are too many.
    """
    lines: list[Line] = []
    offers: list[Upsert | LiveblogError] = []
    size = 0
    for some in batches(fd):
        size += sum(len(line.data or b"") for line in some)
        if size > ATOMIC_BYTES:
            raise LiveblogError(
                f"more than {ATOMIC_BYTES >> 20} MiB for --atomic: nothing was written",
                "send it in parts, or without --atomic",
            )
        offers += _offers(some, blog_file)
        lines += [line._replace(data=None) for line in some]
    outcomes = blog_file.put(offers, batch=new_batch(), refs=RefIndex(), atomic=True)
    bad = sum(isinstance(o, LiveblogError) for o in outcomes)
    if bad:
        other = LiveblogError("not written, because another line was refused", "mend that line")
        outcomes = [o if isinstance(o, LiveblogError) else other for o in outcomes]
    answer(_answers(lines, outcomes))
    return bad


def new_batch() -> str:
    """A name for all that one stream brings, by which it can be taken back at once."""
    return ids.new_id(lambda salt: clock.chance(f"batch {salt}"), lambda name: False, ids.LONG)


def _offers(lines: Iterable[Line], blog_file: BlogFile) -> list[Upsert | LiveblogError]:
    lines = list(lines)
    boxes = any(b'"notes"' in (line.data or b"") for line in lines)
    head = blog_file.whole_head() if boxes else blog_file.head()
    context = context_of(head, blog_file.now(), blog_file.path.parent)
    offers: list[Upsert | LiveblogError] = []
    for line in lines:
        try:
            offers.append(upsert(read_line(_data(line)), context))
        except LiveblogError as error:
            offers.append(error)
    return offers


def _data(line: Line) -> bytes:
    if line.data is None:
        raise LiveblogError(f"longer than {LONGEST >> 20} MiB", "an entry has to fit in a line")
    return line.data


def _answers(
    lines: Iterable[Line], outcomes: Iterable[Outcome | LiveblogError]
) -> list[dict[str, Any]]:
    return [_answer(line, outcome) for line, outcome in zip(lines, outcomes, strict=True)]


def _answer(line: Line, outcome: Outcome | LiveblogError) -> dict[str, Any]:
    if isinstance(outcome, LiveblogError):
        said = {"line": line.number, "error": outcome.message, "hint": outcome.hint}
    else:
        said = {"line": line.number, "id": outcome.entry.id, "action": outcome.action}
        said["note"] = outcome.note
    return {name: value for name, value in said.items() if value != ""}
