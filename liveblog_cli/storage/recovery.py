"""What the next writer finds: an append that was not finished, torn bytes, entries that went away.

Where the file is as the lock file's memory says it was left, there is nothing to look for: `store`
asks that first, which costs one `stat`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, UnfinishedTail, way_out
from liveblog_cli.runtime.log import Log
from liveblog_cli.storage import codec, disk, scanner, torn_tail
from liveblog_cli.storage.conflicts import require_no_conflict
from liveblog_cli.storage.encoding import decode_any, require_utf8_but_for_tear
from liveblog_cli.storage.lock import Lock

_LOG = Log(__name__)

TAIL = 65536
"""Bytes at the end of the file that are looked at first."""

SAVES, SAVE = 10, 0.2
"""How often, and how many seconds apart, a file that became shorter is looked at until it stays as it is."""

SETTLED = 60_000_000_000
"""Nanoseconds. If a file was not saved for so long, nobody is typing in it."""

SLOWEST = 10_000_000_000
"""Nanoseconds that one append takes at most: a file saved later was saved by somebody else."""


class Tail(NamedTuple):
    """Half a block at the end of a file: its first byte, and whether an append of this program left it."""

    start: int
    ours: bool


def mend(path: Path, held: Lock) -> None:
    """Make sure that the file ends outside of every block, and log what is no longer in it.

    Raises:
        UnfinishedTail: it ends inside a block that somebody may be typing, or is just being saved;
            the file is as it was.
        InvalidFile: it holds a merge conflict, or is not UTF-8 where it would have to be cut.
        LiveblogError: torn bytes can't be kept; the file is as it was.
    """
    state = disk.state_at(path)
    state = _wait_until_saved(path, held, state)
    data = path.read_bytes()
    if not data and _had_content(held) and not _is_settled(held, state):
        raise UnfinishedTail(
            f"{path}: the file was emptied a moment ago: nothing was changed",
            "another program may be saving it: try again when it is done, or after a minute",
        )
    held.memory = held.memory.about(data)
    require_no_conflict(path, decode_any(data))
    if (tail := _find_tail(held, data, state)) is not None:
        require_utf8_but_for_tear(data, tail.start, path)
        if not (tail.ours or _is_settled(held, state)):
            held.note(
                replace(held.memory, append=None)
            )  # what is there now is not, or not only, what we wrote
            raise _explain_typing(path, data, tail)
        _cut(path, data, tail, state)
        data, state = data[: tail.start], disk.state_at(path)
    _log_what_went_away(path, held, data)
    held.note(held.memory.finish(state))


def keep(path: Path, data: bytes) -> Path:
    """Put bytes of the blog file into a file of their own beside it, with the blog's rights.

    Raises:
        OSError: there is no room or no right for it.
    """
    fd, kept = _create_torn(path)
    with disk.remove_on_failure(kept):
        disk.fill(fd, [data], like=path)
    return kept


def _wait_until_saved(path: Path, held: Lock, state: disk.State) -> disk.State:
    """Wait while the file may be being saved (some editors empty it first), and return its state."""
    for _ in range(SAVES):
        if not held.memory.is_shorter(state) or abs(held.now_ns - state.changed_ns) >= disk.RECENT:
            break
        time.sleep(SAVE)
        state, before = disk.state_at(path), state
        if state == before:
            break
    return state


def _find_tail(held: Lock, data: bytes, state: disk.State) -> Tail | None:
    """Half a block at the end of the file, if there is one."""
    if not _is_in_doubt(held, data):
        return None
    append = held.memory.append
    if append and (start := append.start_of_part(data)) is not None:
        return Tail(start, ours=state.changed_ns <= held.left_at_ns + SLOWEST)
    start = torn_tail.find_tear(data, scanner.scan(decode_any(data)))
    start = _find_cut(held, data) if start is None else start
    return None if start is None else Tail(start, ours=False)


def _is_in_doubt(held: Lock, data: bytes) -> bool:
    """Whether the whole file must be looked at to know if it ends outside of every block."""
    return (
        held.memory.append is not None
        or not torn_tail.is_surely_whole(data[-TAIL:])
        or _find_part_of_last(held, data) is not None
    )


def _find_cut(held: Lock, data: bytes) -> int | None:
    """The byte where the last append begins, if only a part is left of it that is no whole entry.

    If the part is a whole entry, a person may have cut the rest: then it stays.
    """
    start = _find_part_of_last(held, data)
    if start is None or not data[start:].strip():
        return None
    return start if codec.parse_entry(decode_any(data[start:]))[0] is None else None


def _find_part_of_last(held: Lock, data: bytes) -> int | None:
    """The byte where the last append begins that was finished and of which only a part is left."""
    last = held.memory.last
    return last.start_of_part(data) if last else None


def _had_content(held: Lock) -> bool:
    return held.memory.state is not None and held.memory.state.size > 0


def _is_settled(held: Lock, state: disk.State) -> bool:
    """Whether the file has lain untouched for so long that nobody is typing in it.

    Both times are the file system's, so that no clock of another machine comes in. A time that
    lies as far ahead is no recent one either.
    """
    return abs(held.now_ns - state.changed_ns) >= SETTLED


def _explain_typing(path: Path, data: bytes, tail: Tail) -> UnfinishedTail:
    line = _find_line(data, tail.start)
    return UnfinishedTail(
        f"{path}:{line}: {torn_tail.HALF_BLOCK}, saved a moment ago: nothing was changed",
        "somebody may be typing there: try again when it is whole, or after a minute",
    )


def _find_line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _cut(path: Path, data: bytes, tail: Tail, state: disk.State) -> None:
    """Move the torn bytes into a file beside the blog's; they are on disk there first."""
    try:
        kept = keep(path, data[tail.start :])
        with open(path, "r+b") as file:
            if disk.state_of(file) != state:  # saved while we looked
                kept.unlink()
                raise _explain_typing(path, data, tail)
            file.truncate(tail.start)
            os.fsync(file.fileno())
    except OSError as error:
        raise LiveblogError(
            f"{path}: it ends inside a block, and the torn bytes can't be kept: {error.strerror}",
            way_out(error),
        ) from error
    line = _find_line(data, tail.start)
    _LOG.warning(
        f"{path}:{line}: the file ended inside the block that begins here; "
        f"the {len(data) - tail.start} torn bytes are now in {kept.name}"
    )


def _create_torn(path: Path) -> tuple[int, Path]:
    for number in itertools.count(1):
        kept = path.with_name(f"{path.name}.torn-{number}")
        with contextlib.suppress(FileExistsError):
            return disk.create(kept), kept
    raise AssertionError  # the numbers never end


def _log_what_went_away(path: Path, held: Lock, data: bytes) -> None:
    """Name the entries that were added last and are gone: an editor saved an older text over them."""
    ids = held.memory.ids or []
    gone = [i for i in ids if f'"{i}"'.encode() not in data and f"'{i}'".encode() not in data]
    if gone:
        _LOG.warning(
            f"{path}: no longer in the file, though they were added: {', '.join(gone)} "
            "(another program saved an older text over them?)"
        )
        held.note(replace(held.memory, ids=[i for i in ids if i not in gone]))
