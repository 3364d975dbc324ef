"""The export formats: one module each, found by name.

A format is a module of this package, or a plugin's object (entry point group `liveblog.formats`),
that has what `Format` names. It turns an `Edition` into text: it opens nothing, asks no clock and
knows no terminal.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Protocol, cast
from urllib.parse import urlsplit

from msgspec import Struct

from liveblog_cli.diagnosis import suggestion
from liveblog_cli.edition import Edition
from liveblog_cli.errors import WrongUsage

PLUGINS = "liveblog.formats"
STANDARD = ("html", "md", "json", "rss", "atom")
"""What `export` writes if no format is named."""


class Settings(Struct, frozen=True, kw_only=True):
    """What an export was asked for beyond the blog itself.

    `beside` maps the formats exported together to their file names (for `<link rel=alternate>`
    and self links). `limit` is the greatest number of items; None leaves it to the format.
    `theme` holds a newsroom's templates by name; `fragment` asks for the blog's element alone.
    """

    beside: Mapping[str, str] = {}
    limit: int | None = None
    theme: Mapping[str, str] = {}
    fragment: bool = False


class Format(Protocol):
    """What a format's module has: the name of its file, its media type, and `render`."""

    FILENAME: str
    MEDIA_TYPE: str

    def render(self, edition: Edition, settings: Settings) -> str:
        """The whole file as text (UTF-8 when written)."""
        ...


def names() -> list[str]:
    """Every format there is, built in or from a plugin."""
    from importlib.metadata import entry_points

    own = [m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_"]
    return sorted({*own, *[p.name for p in entry_points(group=PLUGINS)]})


def find(name: str) -> Format:
    """The format of that name.

    Raises:
        WrongUsage: there is none; the message suggests one.
    """
    if name.isidentifier() and name[0] != "_":
        module = f"{__name__}.{name}"
        try:
            return cast(Format, importlib.import_module(module))
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
    from importlib.metadata import entry_points

    for point in entry_points(group=PLUGINS, name=name):
        return cast(Format, point.load())
    raise WrongUsage(
        f"no format {name!r}{suggestion(name, names())}", f"formats: {', '.join(names())}"
    )


def address(edition: Edition, filename: str) -> str:
    """Where a file of the export stands on the web; "" where that is not known.

    A blog may have no address, and a part of a blog none of its own: beside the blog's page stands
    the whole blog's file of that name.
    """
    if edition.selection and not edition.selection.is_placed:
        return ""
    return beside(edition.url, filename)


def beside(url: str, filename: str) -> str:
    """The address of a file in the folder of the page at `url`; "" where there is none.

    The files stand in the folder of the page: beside `index.html`, or below an address without an
    ending.
    """
    if not url:
        return ""
    path = urlsplit(url)._replace(query="", fragment="")
    folder, _, last = path.path.rpartition("/")
    folder = folder if "." in last else path.path.rstrip("/")
    return path._replace(path=f"{folder}/{filename}").geturl()
