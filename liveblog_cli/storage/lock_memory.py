"""What the lock file remembers of its blog file: how it was left, and what was added last.

Only a cache: without it the next writer reads the whole file. It is one line of JSON. (Annotations that are no
strings, as here, are read faster by msgspec.)
"""

import re
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.storage.disk import State

MOST_IDS = 100
"""So many ids of the entries that were added last are remembered."""

BEGINNING = 2000
"""Characters of an append by which its beginning is known again."""

_BEGINS = b'\n[[entries]]\nid = "'


class Append(Struct, frozen=True, array_like=True):
    """Bytes written at the end of the blog file: `length` of them from byte `start` on.

    `beginning` is the text that they begin with.
    """

    start: int
    length: int
    beginning: str

    def start_of_part(self, data: bytes) -> int | None:
        """The byte where this append begins, if the file `data` ends with a part of it."""
        if not 0 <= self.start < len(data) < self.start + self.length:
            return None
        beginning = self.beginning.encode()
        there = data[self.start : self.start + len(beginning)]
        return self.start if beginning.startswith(there) else None


class LockMemory(Struct, frozen=True, omit_defaults=True):
    """What stands in a lock file. A field that is None does not.

    | field | what it says |
    |---|---|
    | `pid`, `host` | who holds the lock, or held it last |
    | `blog` | the `id` of the blog that all this is about; may be empty |
    | `state` | how the last writer left the blog file |
    | `ids` | the entries that were added last |
    | `last` | the last append that was finished |
    | `latest` | the earliest moment that the next change may have in the blog's order, in ISO 8601 |
    | `append` | the append under way |
    | `rewrite` | the name of the file that holds what is being written into the blog file (see `in_place`) |
    """

    pid: int | None = None
    host: str | None = None
    blog: str | None = None
    state: State | None = None
    ids: list[str] | None = None
    last: Append | None = None
    latest: str | None = None
    append: Append | None = None
    rewrite: str | None = None

    def is_as_left(self, state: State) -> bool:
        """Whether the last writer finished, and nobody changed the blog file since."""
        return self.state == state and self.append is None

    def is_shorter(self, state: State) -> bool:
        """Whether the blog file is empty, or has fewer bytes than the last writer left."""
        return state.size < self.state.size if self.state else not state.size

    def latest_in(self, state: State) -> datetime | None:
        """The earliest moment of the next change, if the blog file is still as it was left."""
        if self.latest is None or not self.is_as_left(state):
            return None
        try:
            found = datetime.fromisoformat(self.latest)
        except ValueError:
            return None
        return found if found.tzinfo else None

    def begin_append(self, size: int, data: bytes) -> "LockMemory":
        """The memory while `data` is being written behind the first `size` bytes."""
        return replace(self, append=Append(size, len(data), data.decode()[:BEGINNING]))

    def finish(
        self, state: State, data: bytes = b"", latest: datetime | None = None
    ) -> "LockMemory":
        """The memory when the blog file is whole, in this state. `data` are the blocks appended."""
        blocks = (b"\n" + data.replace(b"\r\n", b"\n")).rsplit(_BEGINS, MOST_IDS)[1:]
        ids = [*(self.ids or ()), *[b.partition(b'"')[0].decode() for b in blocks]][-MOST_IDS:]
        return replace(
            self,
            state=state,
            ids=ids,
            last=self.append if data else None,
            latest=latest.isoformat() if latest else None,
            append=None,
        )

    def about(self, data: bytes) -> "LockMemory":
        """The memory of the blog in `data`; empty where this one is of another blog.

        Somebody may have moved that one away, or put another file in its place.
        """
        head = data[: data.find(b"\n[") + 1 or len(data)]
        found = re.search(rb'^id = "([^"\\\n]*)"', head, re.MULTILINE)
        blog = found[1].decode("utf-8", "replace") if found else ""
        return replace(self, blog=blog) if self.blog in (None, blog) else LockMemory(blog=blog)


_UNREADABLE: dict[str, Any] = {"append": Append(-1, 0, ""), "rewrite": "", "blog": "\0"}
"""What is taken in the place of a value that can't be read, where it matters that there is one: a
write that was not finished, and a blog that is not this one."""


def decode(data: bytes) -> LockMemory:
    """The memory in the bytes of a lock file; empty where they are none.

    Other programs and versions may have written it: what is unknown is left out.
    """
    line = data.partition(b"\n")[0]
    try:
        return msgspec.json.decode(line, type=LockMemory)
    except (ValueError, RecursionError, msgspec.DecodeError):
        pass
    try:
        found = msgspec.json.decode(line)
    except (ValueError, RecursionError, msgspec.DecodeError):
        return LockMemory()
    return _decode_fields(found) if isinstance(found, dict) else LockMemory()


def _decode_fields(found: dict[str, Any]) -> LockMemory:
    """Each field for itself, so that one which can't be read does not spoil the others."""
    memory = LockMemory()
    for name in found.keys() & set(LockMemory.__struct_fields__):
        try:
            value = getattr(msgspec.convert({name: found[name]}, LockMemory), name)
        except msgspec.ValidationError:
            value = _UNREADABLE.get(name)
        memory = replace(memory, **{name: value})
    return memory
