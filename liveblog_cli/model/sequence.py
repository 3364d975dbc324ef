"""In which order things were done, also where a clock was set back or stood still.

A hybrid logical clock (Kulkarni et al., 2014): `at` is what the clock said. Where that does not lie
behind all that was done before, an act is also given a moment that does, `order`. So in the usual
case nothing more is written, and acts sorted by `moment` are in the order of doing. Acts of the same
moment: additions first, as they stand in the file, then changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace

from liveblog_cli.model.values import Added, Blog, Change, Entry, Record

EARLIEST = datetime.min.replace(tzinfo=UTC)
"""Where nothing was done yet."""

_TICK = timedelta(microseconds=1)

Stamp = TypeVar("Stamp", Added, Change)

if TYPE_CHECKING:  # to make such a class takes longer than all else here

    class Dated(Protocol):
        """What was done when, by the clock and in order."""

        @property
        def at(self) -> datetime: ...

        @property
        def order(self) -> datetime | None: ...


def moment(act: Dated) -> datetime:
    """The moment by which an act is put in order."""
    return act.at if act.order is None else max(act.at, act.order)


def behind(act: Added | Change) -> datetime:
    """The earliest moment of an act that was done after this one."""
    return moment(act) + _TICK if isinstance(act, Change) else moment(act)


def earliest(records: Iterable[Record]) -> datetime:
    """The earliest moment of an act that is done after all that stand in these records."""
    moments = [EARLIEST]
    for record in records:
        if isinstance(record, Entry) and record.added:
            moments.append(behind(record.added))
        moments += map(behind, record.history)
    return max(moments)


def put_behind(act: Stamp, floor: datetime) -> Stamp:
    """An act with an `order` where its clock does not say that it was done at `floor` or later.

    A clock that stood at the end of all years leaves no room behind it: its acts stay as they are.
    """
    if act.at >= floor or floor.year >= MAXYEAR - 1:
        return act
    return replace(act, order=floor.astimezone(act.at.tzinfo))


def in_order(old: Blog, new: Blog) -> Blog:
    """`new` with those changes that `old` does not have put behind all that was done before."""
    floor = earliest([old, *old.entries])
    pairs = zip(old.entries, new.entries, strict=True)
    entries = tuple([n if n is o else replace(n, history=_behind(o, n, floor)) for o, n in pairs])
    return replace(new, history=_behind(old, new, floor), entries=entries)


def _behind(old: Record, new: Record, floor: datetime) -> tuple[Change, ...]:
    known = len(old.history)
    return (*new.history[:known], *[put_behind(c, floor) for c in new.history[known:]])
