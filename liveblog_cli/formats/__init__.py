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
from liveblog_cli.text.suggest import suggest

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
    from liveblog_cli.formats import _plugins

    own = [m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_"]
    return sorted({*own, *_plugins.names()})


def find(name: str) -> Format:
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

    if plugin := _plugins.find(name):
        return cast(Format, plugin)
    raise WrongUsage(
        f"no format {name!r}{suggest(name, names())}", f"formats: {', '.join(names())}"
    )
