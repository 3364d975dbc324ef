"""The export formats: one module each, found by name.

A format is a module of this package, or a plugin's object (entry point group `liveblog.formats`),
that has what `Format` names. It turns an `Edition` into text: it opens nothing, asks no clock and
knows no terminal.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from liveblog_cli.edition.edition import Edition
from liveblog_cli.errors import WrongUsage
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.suggest import suggestion

PLUGINS = "liveblog.formats"
STANDARD = ("html", "md", "json", "rss", "atom")
"""What `export` writes if no format is named."""


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
