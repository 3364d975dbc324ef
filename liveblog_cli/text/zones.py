"""Moments in a time zone, in the range and with the offsets that the blog file and all formats can carry."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime, timedelta, timezone, tzinfo

from liveblog_cli.errors import LiveblogError

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def to_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The same moment in `zone`, with an offset of whole minutes (RFC 3339, 5.6).

    The offsets of local mean times have seconds. Some zones used these times until 1972.
    """
    return round_offset(moment.astimezone(zone))


def round_offset(moment: datetime) -> datetime:
    """The same moment. If its offset has seconds, the offset is rounded to the nearest minute."""
    offset = moment.utcoffset()
    if offset is None or not (offset.seconds % 60 or offset.microseconds):
        return moment
    return moment.astimezone(timezone(round(offset / _MINUTE) * _MINUTE))


def require_reachable(moment: datetime, typed: str) -> datetime:
    """The moment unchanged, if it can be shown in every zone.

    The first and the last year can't, nor a moment less than a day from them, which is in that year elsewhere.

    Raises:
        LiveblogError: the moment can't be shown in every zone.
    """
    year = moment.year
    if not (
        MINYEAR < year < MAXYEAR
        and MINYEAR < (moment - _DAY).year <= (moment + _DAY).year < MAXYEAR
    ):
        raise LiveblogError(
            f"{typed!r} is a time that no calendar of ours reaches", "years go from 2 to 9998"
        )
    return moment
