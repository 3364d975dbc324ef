"""What the next writer finds: an append that was not finished, torn bytes, entries that went away.

The lock file remembers how the last writer left the blog file. Where the file is still so, there is
nothing to look for, and looking costs one `stat`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from liveblog_cli import blocks, codec, disk, torn
from liveblog_cli.errors import LiveblogError, way_out
from liveblog_cli.lock import Lock

TAIL = 65536
"""Bytes at the end of the file that are looked at first."""

REMEMBERED = 100
"""So many ids that were added last are remembered."""

BEGINNING = 2000
"""Characters of an append by which its beginning is known again."""

_BEGINS = b'\n[[entries]]\nid = "'


def begin(held: Lock, size: int, data: bytes) -> None:
    """Remember that `data` is being written behind `size` bytes."""
    held.note(append=[size, len(data), data.decode()[:BEGINNING]])


def finish(held: Lock, path: Path, data: bytes = b"") -> None:
    """Remember how the file was left, and which entries `data` brought."""
    blocks_ = (b"\n" + data).rsplit(_BEGINS, REMEMBERED)[1:]
    ids = [*_ids(held), *[b.partition(b'"')[0].decode() for b in blocks_]][-REMEMBERED:]
    last = held.memory.get("append") if data else None
    held.note(append=None, last=last, state=list(disk.state_at(path)), ids=ids)


def unfinished(memory: dict[str, Any], data: bytes) -> int | None:
    """Where an append began whose process died before all of it was written.

    `data` is the file, whole. What was written since by somebody else begins otherwise.
    """
    return _part_of(memory.get("append"), data)


def _part_of(append: Any, data: bytes) -> int | None:
    """Where `append` begins if the file ends with a part of it."""
    match append:
        case [int(start), int(length), str(beginning)] if 0 <= start < len(data) < start + length:
            written = data[start : start + len(beginning.encode())]
            return start if beginning.encode().startswith(written) else None
    return None


def _torn_at(memory: dict[str, Any], data: bytes) -> int | None:
    at = unfinished(memory, data)
    if at is None:
        at = torn.torn_at(data, blocks.scan(decoded(data)))
    return _cut_short(memory, data) if at is None else at


def _cut_short(memory: dict[str, Any], data: bytes) -> int | None:
    """Where the last append begins if only a part of it is left, which is no entry by itself.

    A part that is one may be a person's doing: it stays.
    """
    start = _part_of(memory.get("last"), data)
    if start is None or not data[start:].strip():
        return None
    return start if codec.parse_entry(decoded(data[start:]))[0] is None else None


def mend(path: Path, held: Lock, tell: Callable[[str], None]) -> None:
    """See to it that the file ends outside of every entry, and say what is no longer in it.

    Raises:
        LiveblogError: torn bytes can't be kept; the file is as it was.
    """
    if held.memory.get("state") == list(disk.state_at(path)) and "append" not in held.memory:
        return
    if _in_doubt(path, held):
        data = path.read_bytes()
        at = _torn_at(held.memory, data)
        if at is not None:
            _cut(path, data, at, tell)
    _say_what_went_away(path, held, tell)
    finish(held, path)


def decoded(data: bytes) -> str:
    """Text of which every offset can be told in bytes, also where it is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def _in_doubt(path: Path, held: Lock) -> bool:
    """Whether only the whole file can tell if it ends outside of every entry."""
    if "append" in held.memory:
        return True
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL))
        return not torn.surely_whole(file.read()) or _is_shorter(held.memory.get("last"), size)


def _is_shorter(last: Any, size: int) -> bool:
    match last:
        case [int(start), int(length), str()]:
            return start < size < start + length
    return False


def _ids(held: Lock) -> list[str]:
    found = held.memory.get("ids")
    return [i for i in found if isinstance(i, str)] if isinstance(found, list) else []


def _cut(path: Path, data: bytes, at: int, tell: Callable[[str], None]) -> None:
    """Move the torn bytes into a file beside the blog's; they are on disk there first."""
    try:
        kept = _keep(path, data[at:])
        with open(path, "r+b") as file:
            file.truncate(at)
            os.fsync(file.fileno())
    except OSError as error:
        raise LiveblogError(
            f"{path}: it ends inside an entry, and the torn bytes can't be kept: {error.strerror}",
            way_out(error),
        ) from error
    line = data.count(b"\n", 0, at) + 1
    tell(
        f"{path}:{line}: the file ended inside an entry; "
        f"the {len(data) - at} torn bytes are now in {kept.name}"
    )


def _keep(path: Path, data: bytes) -> Path:
    fd, kept = _create_torn(path)
    with disk.removed_on_failure(kept):
        disk.fill(fd, [data])
    return kept


def _create_torn(path: Path) -> tuple[int, Path]:
    for number in itertools.count(1):
        kept = path.with_name(f"{path.name}.torn-{number}")
        with contextlib.suppress(FileExistsError):
            return disk.create(kept, 0o666), kept
    raise AssertionError  # the numbers never end


def _say_what_went_away(path: Path, held: Lock, tell: Callable[[str], None]) -> None:
    """Name the entries that were added last and are gone: an editor saved an older text over them."""
    ids = _ids(held)
    data = path.read_bytes() if ids else b""
    gone = [i for i in ids if f'"{i}"'.encode() not in data and f"'{i}'".encode() not in data]
    if gone:
        tell(
            f"{path}: no longer in the file, though they were added: {', '.join(gone)} "
            "(another program saved an older text over them?)"
        )
        held.note(ids=[i for i in ids if i not in gone])
