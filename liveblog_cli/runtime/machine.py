"""What this machine says of its time zone and language, for blogs that are made on it."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from liveblog_cli import clock

_RULE = re.compile(r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)([+-]?\d{1,2})(:[0-9:]+)?(.*)", re.DOTALL)
"""A zone in POSIX' words (Base Definitions, 8.3): a name and hours *behind* UTC, then summer time."""

_NAMED = ("etc/timezone", "var/db/zoneinfo")
"""Where Debian, Gentoo, Alpine and FreeBSD write a zone's name beside a copy of its data."""

_LARGEST = 1 << 20
"""Bytes; the data of a zone has at most some thousands."""

_LINKS = 40
"""So many links in a row the kernel follows."""

_NO_PLACES = {"localtime", "posixrules", "Factory"}
"""Names in a zone database that mean another zone on each machine, or none."""


class Zone(NamedTuple):
    """An IANA name, and what the user must be told if the machine's own setting is unclear."""

    name: str
    doubt: str = ""


def find_zone(environ: Mapping[str, str] = os.environ, root: Path = Path("/")) -> Zone:
    """The zone of `TZ`, or else of /etc/localtime. If that is no zone, UTC with a `doubt`.

    A rule of whole hours, `UTC+3`, is taken as POSIX has it: behind UTC.
    """
    local = root / "etc" / "localtime"
    said = environ.get("TZ")
    if said is None and not os.path.lexists(local):
        return _find_unset_zone(root)
    if said == "":
        return Zone("UTC")
    text = "localtime" if said is None else said.removeprefix(":")
    if text == "localtime":
        found, where = _read_file(local, root), "/etc/localtime"
    elif text[:1] == "/":
        found, where = _read_file(Path(text), root), f"TZ={said!r:.60}"
    else:
        found, where = find_iana_name(text) or _read_rule(text), f"TZ={said!r:.60}"
    return Zone(found) if found else Zone("UTC", _describe_doubt(where))


def _find_unset_zone(root: Path) -> Zone:
    """The zone of a machine without /etc/localtime: Windows, Android, a bare container."""
    if name := _read_written_name(root):
        return Zone(name)
    here = clock.now().astimezone().utcoffset()
    return Zone("UTC", _describe_doubt("this machine") if here else "")


def find_iana_name(name: str) -> str:
    """The IANA name of a zone, without `posix/` or `right/` in front; empty if there is no such zone."""
    bare = re.sub(r"^(posix|right)/", "", name)
    if sys.platform in ("darwin", "win32"):  # whose files have a name in any case
        return bare if bare in list_zones() else ""
    try:
        return "" if bare in _NO_PLACES else ZoneInfo(bare).key
    except (OSError, ValueError, KeyError):
        return ""


@cache
def list_zones() -> frozenset[str]:
    """All IANA names there are on this machine; none where it has no time zone data."""
    return frozenset(available_timezones() - _NO_PLACES)


def find_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language of the locale's messages (POSIX, 8.2); English if CLDR does not know it."""
    asked = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((text for text in asked if text), "")
    found = re.fullmatch(r"([a-z]{2,3})(?:_([A-Z]{2}|\d{3}))?(?:[.@].*)?", first)
    tags = (
        [f"{found[1]}-{found[2]}", found[1]] if found and found[2] else [found[1]] if found else []
    )
    return next((tag for tag in tags if _is_language(tag)), "en")


def _is_language(tag: str) -> bool:
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _describe_doubt(where: str) -> str:
    return f"{where} names no time zone: the blog is in UTC; set another with --timezone"


def _read_rule(text: str) -> str:
    """`UTC+3` as Etc/GMT+3; nothing for other rules, which many zones share."""
    found = _RULE.fullmatch(text)
    if found is None or found[3] or (found[2] or "").strip(":0"):
        return ""
    hours = int(found[1])
    return find_iana_name(f"Etc/GMT{hours:+d}") if hours else "UTC"


def _read_file(path: Path, root: Path) -> str:
    """The zone whose data a file holds: by the name that links give it, else by its content."""
    linked = next((n for p in _follow_links(path) if (n := _find_name_in(p))), "")
    if linked:
        return linked
    data = _read_content(path)
    written = _read_written_name(root)
    if not data or (written and _is_like(data, written)):
        return written if data else ""
    same = [name for name in sorted(list_zones()) if _read_data(name) == data]
    return next((n for n in same if n in _list_main_names()), "".join(same[:1]))


def _follow_links(path: Path) -> Iterator[str]:
    """A path, and what each link on the way leads to."""
    for _ in range(_LINKS):
        yield os.path.normpath(path)
        try:
            path = path.parent / os.readlink(path)
        except (OSError, ValueError):
            return


def _find_name_in(path: str) -> str:
    """The zone that stands in a path behind the folder of all zones."""
    found = re.search(r"/zoneinfo[^/]*/(.+)", path)
    return find_iana_name(found[1]) if found else ""


def _read_written_name(root: Path) -> str:
    """The zone whose name stands in a file."""
    for name in _NAMED:
        text = _read_content(root / name).decode("ascii", "replace")
        lines = (line.partition("#")[0].strip() for line in text.splitlines())
        if found := find_iana_name(next((line for line in lines if line), "")):
            return found
    return ""


def _read_content(path: Path) -> bytes:
    """The bytes of a regular file, unless it is far too large; nothing where it can't be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return b""
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError):
        return b""
    return data if len(data) <= _LARGEST else b""


def _is_like(data: bytes, name: str) -> bool:
    """Whether zone data gives the times of a zone from last year to next, whatever its release."""
    import io

    try:
        zone = ZoneInfo.from_file(io.BytesIO(data))
    except (OSError, ValueError, EOFError):
        return False
    year = clock.now().year
    days = [datetime(year - 1, 1, 15, tzinfo=UTC) + timedelta(days=15 * n) for n in range(72)]
    return all(
        d.astimezone(zone).utcoffset() == d.astimezone(ZoneInfo(name)).utcoffset() for d in days
    )


def _read_data(name: str) -> bytes:
    """The data of a zone as the system has it, else the tzdata package."""
    return next((data for folder in _list_folders() if (data := _read_content(folder / name))), b"")


def _list_main_names() -> set[str]:
    """The zones that stand for others with the same data: Europe/Berlin, not Arctic/Longyearbyen."""
    rows = _read_data("zone1970.tab").decode("utf-8", "replace").splitlines()
    return {row.split("\t")[2] for row in rows if row.count("\t") >= 2} | {"UTC"}


def _list_folders() -> list[Path]:
    from importlib.util import find_spec

    spec = find_spec("tzdata")
    package = Path(spec.origin).parent / "zoneinfo" if spec and spec.origin else None
    return [*map(Path, TZPATH), *([package] if package else [])]
