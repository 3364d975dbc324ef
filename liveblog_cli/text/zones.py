"""Moments in a zone, as the blog file and every format can hold them."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime, timedelta, timezone, tzinfo

from liveblog_cli.errors import LiveblogError

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """The same moment in `zone`, with an offset of whole minutes (RFC 3339, 5.6).

    Local mean times had seconds in theirs; some zones kept them until 1972.
    """
    return whole_minutes(moment.astimezone(zone))


def whole_minutes(moment: datetime) -> datetime:
    """The same moment; an aware one whose offset has seconds is moved to the nearest minute's."""
    offset = moment.utcoffset()
    if offset is None or not (offset.seconds % 60 or offset.microseconds):
        return moment
    return moment.astimezone(timezone(round(offset / _MINUTE) * _MINUTE))


def reachable(moment: datetime, said: str) -> datetime:
    """`moment`, if it can be shown in every zone: the first and the last year can't, nor what is less
    than a day from them, for which the year is another one elsewhere.

    Raises:
        LiveblogError: it can't.
    """
    year = moment.year
    if not (
        MINYEAR < year < MAXYEAR
        and MINYEAR < (moment - _DAY).year <= (moment + _DAY).year < MAXYEAR
    ):
        raise LiveblogError(
            f"{said!r} is a time that no calendar of ours reaches", "years go from 2 to 9998"
        )
    return moment
