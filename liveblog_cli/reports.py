"""What an export says of itself: one line a file, what readers will miss, one JSON document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from liveblog_cli import here, outlets
from liveblog_cli.errors import LiveblogError
from liveblog_cli.options import answer_json, said_time, say, warn
from liveblog_cli.output import Written
from liveblog_cli.publication import Publication


def to_stdout(done: Publication) -> None:
    """The one text of an export on stdout, everything else on stderr."""
    (text,) = done.texts.values()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    for remark in done.remarks:
        warn(remark)


def tell(done: Publication, removed: list[Path]) -> None:
    """A line for each file on stdout, remarks on stderr."""
    _warn(done, removed)
    for item in (*done.media, *done.written):
        state = "written" if item.changed else "unchanged"
        say(f"{here.near(item.path)}  {state}, {item.length:,} bytes")
    for path in removed:
        say(f"{here.near(path)}  deleted")
    say(f"{entries(done)} as of {said_time(done.edition.now)}")


def tell_json(done: Publication, removed: list[Path], **more: Any) -> None:
    """The same as one JSON document."""
    _warn(done, removed)
    answer_json(document(done, removed) | more)


def tell_round(done: Publication, as_json: bool, said: set[str]) -> None:
    """One line for a round of `--watch`, and the remarks that no round before it `said`."""
    for remark in done.remarks:
        if remark not in said:
            warn(remark)
    said.update(done.remarks)
    changed = [item for item in (*done.media, *done.written) if item.changed]
    if as_json:
        outlets.write_json(outlets.json_text(document(done, [])) + "\n")
    else:
        names = ", ".join(item.path.name for item in changed) or "nothing new"
        say(f"{said_time(done.edition.now)}  {entries(done)}: {names}")
    sys.stdout.flush()


def tell_error(error: LiveblogError) -> None:
    """Why a round of `--watch` left everything as it was."""
    for line in error.message.splitlines():
        warn(f"Error: {line}")
    if error.hint:
        warn(f"Hint: {error.hint}")


def document(done: Publication, removed: list[Path]) -> dict[str, Any]:
    """What an export did, for scripts."""
    return {
        "files": [
            {"format": name, **_plain(item)}
            for name, item in zip(done.texts, done.written, strict=True)
        ],
        "media": [_plain(item) for item in done.media],
        "deleted": [str(path) for path in removed],
        "entries": len(done.edition.items),
        "now": done.edition.now.isoformat(),
    }


def entries(done: Publication) -> str:
    """`1 entry`, `12 entries`."""
    count = len(done.edition.items)
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _warn(done: Publication, removed: list[Path]) -> None:
    for remark in done.remarks:
        warn(remark)
    left = len(done.unused) - len(removed)
    if left:
        warn(
            f"{here.near(done.unused[0].parent)} has {left} copies of images that no entry shows now; "
            "delete them with --prune"
        )


def _plain(item: Written) -> dict[str, Any]:
    return {"path": str(item.path), "changed": item.changed, "bytes": item.length}
