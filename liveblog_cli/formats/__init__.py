"""The export formats: one module each, found by name.

A format is a module of this package, or an object of a plugin (entry point group `liveblog.formats`), with the
names that `Format` lists. It turns an `Edition` into text. It opens no file, asks no clock and does not
know the terminal.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from liveblog_cli.edition.edition import Edition
from liveblog_cli.errors import WrongUsage
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.suggest import suggest

STANDARD = ("html", "md", "json", "rss", "atom")
"""The formats that `export` writes if none is named."""


class Format(Protocol):
    """The names that a format's module must have: its file name, its media type, and `render`."""

    FILENAME: str
    MEDIA_TYPE: str

    def render(self, edition: Edition, settings: Settings) -> str:
        """The whole file as text (UTF-8 when written)."""
        ...


def list_names() -> list[str]:
    """The names of all formats, built in and from plugins."""
    from liveblog_cli.formats import _plugins

    own = [m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_"]
    return sorted({*own, *_plugins.list_plugins()})


def find_format(name: str) -> Format:
    """The format of that name. One of ours can't be taken over by a plugin.

    Raises:
        WrongUsage: there is none; the message suggests one.
        LiveblogError: it is a plugin that can't be used; the message names its package.
    """
    if name.isidentifier() and name[0] != "_":
        module = f"{__name__}.{name}"
        try:
            return cast(Format, importlib.import_module(module))
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
    from liveblog_cli.formats import _plugins

    if plugin := _plugins.find_plugin(name):
        return cast(Format, plugin)
    raise WrongUsage(
        f"no format {name!r}{suggest(name, list_names())}", f"formats: {', '.join(list_names())}"
    )
