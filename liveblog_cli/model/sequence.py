"""The order in which things were done, even if the clock was set back or stood still.

This is a hybrid logical clock (Kulkarni et al., 2014). Additions and changes carry a stamp, `Added` or `Change`. Its
`at` is the time of the clock. If that is not later than all earlier stamps of the blog, the stamp also gets
an `order`, a moment that is later. So usually nothing more is written to the file, and stamps sorted by
`moment_of` are in the order of doing. Of stamps with the same moment, additions come first, in the order
of the file, and then changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace

from liveblog_cli.model.values import Added, Blog, Change, Entry, Record

EARLIEST = datetime.min.replace(tzinfo=UTC)
"""The moment of a blog in which nothing was done yet."""

_TICK = timedelta(microseconds=1)

Stamp = TypeVar("Stamp", Added, Change)

if TYPE_CHECKING:  # making a Protocol at run time takes longer than the rest of this module

    class Dated(Protocol):
        """A value with the time of the clock and, if that was wrong, the moment that counts instead."""

        @property
        def at(self) -> datetime: ...

        @property
        def order(self) -> datetime | None: ...


def moment_of(stamp: Dated) -> datetime:
    """The moment by which a stamp is sorted."""
    return stamp.at if stamp.order is None else max(stamp.at, stamp.order)


def earliest_after(stamp: Added | Change) -> datetime:
    """The earliest moment that a stamp made after this one may have."""
    return moment_of(stamp) + _TICK if isinstance(stamp, Change) else moment_of(stamp)


def find_floor(records: Iterable[Record]) -> datetime:
    """The earliest moment that a stamp made after all stamps of these records may have."""
    moments = [EARLIEST]
    for record in records:
        if isinstance(record, Entry) and record.added:
            moments.append(earliest_after(record.added))
        moments += map(earliest_after, record.history)
    return max(moments)


def put_behind(stamp: Stamp, floor: datetime) -> Stamp:
    """The stamp, with `floor` as its `order` if the clock says an earlier time than that.

    If a clock stood at the last year there is, no later moment is left, and the stamp stays as it is.
    """
    if stamp.at >= floor or floor.year >= MAXYEAR - 1:
        return stamp
    return replace(stamp, order=floor.astimezone(stamp.at.tzinfo))


def put_in_order(old: Blog, new: Blog) -> Blog:
    """`new` with the changes that `old` lacks put behind everything that was done before."""
    floor = find_floor([old, *old.entries])
    pairs = zip(old.entries, new.entries, strict=True)
    entries = tuple(
        [n if n is o else replace(n, history=_put_history_behind(o, n, floor)) for o, n in pairs]
    )
    return replace(new, history=_put_history_behind(old, new, floor), entries=entries)


def _put_history_behind(old: Record, new: Record, floor: datetime) -> tuple[Change, ...]:
    known = len(old.history)
    return (*new.history[:known], *[put_behind(c, floor) for c in new.history[known:]])
