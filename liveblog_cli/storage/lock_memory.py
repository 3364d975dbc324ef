"""What the lock file remembers of its blog file: how it was left, and what was added last.

It is a cache: without it the next writer looks at the whole file.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from liveblog_cli.storage import disk
from liveblog_cli.storage.lock import Lock

REMEMBERED = 100
"""So many ids that were added last are remembered."""

BEGINNING = 2000
"""Characters of an append by which its beginning is known again."""

_BEGINS = b'\n[[entries]]\nid = "'


def begin(held: Lock, size: int, data: bytes) -> None:
    """Remember that `data` is being written behind `size` bytes."""
    held.note(append=[size, len(data), data.decode()[:BEGINNING]])


def finish(held: Lock, path: Path, data: bytes = b"", latest: datetime | None = None) -> None:
    """Remember how the file was left, which entries `data` brought, and when its newest act was."""
    remember(held, disk.state_at(path), data, latest)


def remember(
    held: Lock, state: disk.State, data: bytes = b"", latest: datetime | None = None
) -> None:
    """Remember that the file was left in this state, whole, and which entries `data` brought."""
    blocks = (b"\n" + data.replace(b"\r\n", b"\n")).rsplit(_BEGINS, REMEMBERED)[1:]
    ids = [*added(held), *[b.partition(b'"')[0].decode() for b in blocks]][-REMEMBERED:]
    last = held.memory.get("append") if data else None
    until = latest and latest.isoformat()
    held.note(append=None, last=last, state=list(state), ids=ids, latest=until)


def latest(held: Lock, state: disk.State) -> datetime | None:
    """Where the next act stands in order at the earliest, if the file is still as it was left."""
    try:
        found = datetime.fromisoformat(held.memory.get("latest", ""))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo and is_as_left(held, state) else None


def is_as_left(held: Lock, state: disk.State) -> bool:
    """Whether the last writer came to its end, and nobody touched the file since."""
    return held.memory.get("state") == list(state) and "append" not in held.memory


def is_shorter(held: Lock, state: disk.State) -> bool:
    """Whether the file is empty, or has fewer bytes than it was left with."""
    match held.memory.get("state"):
        case [_, _, int(size)]:
            return state[2] < size
    return not state[2]


def unfinished(memory: dict[str, Any], data: bytes) -> int | None:
    """The byte where an append began of which not all is written, yet or ever.

    `data` is the file, whole. What was written since by somebody else begins otherwise.
    """
    return _part_of(memory.get("append"), data)


def cut_short(memory: dict[str, Any], data: bytes) -> int | None:
    """The byte where the last append begins that was finished and of which only a part is left."""
    return _part_of(memory.get("last"), data)


def added(held: Lock) -> list[str]:
    """The ids of the entries that were added last."""
    found = held.memory.get("ids")
    return [i for i in found if isinstance(i, str)] if isinstance(found, list) else []


def forget_another_blog(held: Lock, data: bytes) -> None:
    """What was remembered of another blog, which was moved or replaced, says nothing of this one."""
    head = data[: data.find(b"\n[") + 1 or len(data)]
    found = re.search(rb'^id = "([^"\\\n]*)"', head, re.MULTILINE)
    blog = found[1].decode("utf-8", "replace") if found else ""
    if held.memory.get("blog", blog) != blog:
        held.memory.clear()
    held.memory["blog"] = blog


def _part_of(append: Any, data: bytes) -> int | None:
    """Where `append` begins if the file ends with a part of it."""
    match append:
        case [int(start), int(length), str(beginning)] if 0 <= start < len(data) < start + length:
            written = data[start : start + len(beginning.encode())]
            return start if beginning.encode().startswith(written) else None
    return None
