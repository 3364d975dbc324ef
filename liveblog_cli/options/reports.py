"""What `export` says back: a line for each file, warnings on what readers will miss, or one JSON document."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from liveblog_cli.errors import LiveblogError
from liveblog_cli.preview.answers import answer_json, format_time
from liveblog_cli.publish.output import WrittenFile
from liveblog_cli.publish.publication import Publication
from liveblog_cli.runtime import streams, working_folder
from liveblog_cli.runtime.messages import say, warn


def write_to_stdout(done: Publication) -> None:
    """The one text of an export on stdout, everything else on stderr."""
    (text,) = done.texts.values()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    for remark in done.remarks:
        warn(remark)


def tell(done: Publication) -> None:
    """A line for each file on stdout, remarks on stderr."""
    _warn(done)
    for item in (*done.media, *done.written):
        state = "written" if item.changed else "unchanged"
        say(f"{working_folder.shorten(item.path)}  {state}, {item.length:,} bytes")
    for path in done.removed:
        say(f"{working_folder.shorten(path)}  deleted")
    say(f"{count_entries(done)} as of {format_time(done.edition.now)}")


def tell_json(done: Publication, **more: Any) -> None:
    """The same as one JSON document."""
    _warn(done)
    answer_json(describe_export(done) | more)


class Rounds:
    """What `--watch` says: a line for each round, and each warning once.

    If that can't be written any more (the reader of a pipe is gone, a disk is full), this is said on stderr, and
    the export goes on without it.
    """

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._remarked: set[str] = set()
        self._noted: tuple[set[str], set[str]] = set(), set()
        self._unheard = False

    def begin(self, path: Path) -> None:
        """Say that the first round begins."""
        warn(f"watching {working_folder.shorten(path)}; Ctrl-C ends it")

    def end(self) -> None:
        """Say that there are no more rounds."""
        warn("stopped")

    def note(self, message: str) -> None:
        """Warn of something about the blog file. Each round finds it again while it lasts; it is said once."""
        before, now = self._noted
        if message not in before | now:
            warn(message)
        now.add(message)

    def report_round(self, done: Publication, damaged: Collection[Path]) -> None:
        """Say what a round wrote. `damaged` are the files that others had changed or removed before it."""
        self._noted = self._noted[1], set()
        changed = [item for item in (*done.media, *done.written) if item.changed]
        restored = [item.path for item in changed if item.path in damaged]
        failure = (done.failure.message,) if done.failure else ()
        for remark in (
            *done.remarks,
            *_describe_unused(done),
            *failure,
            *_describe_restored(restored),
        ):
            if remark not in self._remarked:
                warn(remark)
            self._remarked.add(remark)
        if not self._unheard:
            self._say(self._line(done, changed))

    def report_failure(self, error: LiveblogError) -> None:
        """Say why a round failed and left everything as it was."""
        self._noted = self._noted[1], set()
        for line in error.message.splitlines():
            warn(f"Error: {line}")
        if error.hint:
            warn(f"Hint: {error.hint}")

    def _line(self, done: Publication, changed: Sequence[WrittenFile]) -> str:
        if self._as_json:
            return streams.format_json(describe_export(done))
        names = [item.path.name for item in changed] + [f"{p.name} deleted" for p in done.removed]
        named = ", ".join(names) or "nothing new"
        return f"{format_time(done.edition.now)}  {count_entries(done)}: {named}"

    def _say(self, line: str) -> None:
        try:
            streams.write_json(f"{line}\n") if self._as_json else say(line)
            sys.stdout.flush()
        except OSError as error:
            self._unheard = True
            warn(f"nobody hears of rounds any more ({error.strerror}); the export goes on")


def _describe_restored(restored: list[Path]) -> list[str]:
    if not restored:
        return []
    names = ", ".join(path.name for path in restored[:3]) + ", …" * (len(restored) > 3)
    return [f"changed or removed by another program, and made anew: {names}"]


def describe_export(done: Publication) -> dict[str, Any]:
    """What an export did, for scripts."""
    return {
        "files": [
            {"format": name, **_describe_file(item)}
            for name, item in zip(done.texts, done.written, strict=True)
        ],
        "media": [_describe_file(item) for item in done.media],
        "deleted": [str(path) for path in done.removed],
        "entries": len(done.edition.items),
        "now": done.edition.now.isoformat(),
    }


def count_entries(done: Publication) -> str:
    """`1 entry`, `12 entries`."""
    count = len(done.edition.items)
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _warn(done: Publication) -> None:
    for remark in (*done.remarks, *_describe_unused(done)):
        warn(remark)


def _describe_unused(done: Publication) -> list[str]:
    """What is still in the folder though nothing shows it, and why."""
    if not done.unused:
        return [done.doubt] if done.doubt else []
    count = len(done.unused)
    copies = "1 copy of an image" if count == 1 else f"{count} copies of images"
    why = f" ({done.doubt})" if done.doubt else ""
    return [
        f"{working_folder.shorten(done.unused[0].parent)} has {copies} that nothing shows now{why}; "
        "delete them with --prune"
    ]


def _describe_file(item: WrittenFile) -> dict[str, Any]:
    return {"path": str(item.path), "changed": item.changed, "bytes": item.length}
