"""Entries that come into a file: each gets an id that no other has, and when and by whom it was added."""

from __future__ import annotations

from msgspec.structs import replace

from liveblog_cli import clock
from liveblog_cli.model import ids
from liveblog_cli.model.values import Added, Change, Entry
from liveblog_cli.storage.transaction import Snapshot

SEARCHED = 4 << 20
"""Up to this size in bytes the whole file is searched for a new id; in a larger one ids are so long
that none comes twice (ten characters, one in 6e14)."""

FEW = 64
"""Of more entries at once, too, the ids are so long."""


class NewEntries:
    """Completes entries for the file as `seen`. `many` is how many there may be at once."""

    def __init__(self, seen: Snapshot, stamp: Change, many: int) -> None:
        self._seen = seen
        self._stamp = stamp
        self._is_small = seen.size <= SEARCHED and many <= FEW
        self._ids: set[str] = set()

    def complete(self, entry: Entry, number: int) -> Entry:
        """The entry with `added`, and with an id if it has none; `number` is which of them it is."""
        name = entry.id or ids.new_id(
            lambda salt: clock.chance(f"{self._seen.size} {number} {salt}"),
            self._is_taken,
            ids.SHORT if self._is_small else ids.LONG,
        )
        self._ids.add(name)
        stamp, zone = self._stamp, entry.time.tzinfo
        order = stamp.order and stamp.order.astimezone(zone)
        added = Added(at=stamp.at.astimezone(zone), order=order, by=stamp.by, batch=stamp.batch)
        return replace(entry, id=name, added=added)

    def _is_taken(self, name: str) -> bool:
        return name in self._ids or (self._is_small and self._seen.contains(name))
