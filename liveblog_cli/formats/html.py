"""One self-contained page: no script runs, nothing is loaded but pictures. `csp` gives its policy."""

from __future__ import annotations

from liveblog_cli.edition.edition import Edition
from liveblog_cli.rendering.csp import policy as csp
from liveblog_cli.rendering.settings import Settings

FILENAME = "index.html"
MEDIA_TYPE = "text/html"

__all__ = ["FILENAME", "MEDIA_TYPE", "csp", "render"]


def render(edition: Edition, settings: Settings) -> str:
    """The page; with `settings.fragment` the blog's element alone, with its styles and JSON-LD.

    Raises:
        ThemeError: a template of `settings.theme` is wrong.
    """
    from liveblog_cli.rendering.page import context
    from liveblog_cli.rendering.templates import rendered

    return rendered(settings.theme, "page.html", context(edition, settings))
