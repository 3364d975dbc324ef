"""One self-contained page. It runs no script and loads nothing but pictures. `csp` makes its security policy."""

from __future__ import annotations

from liveblog_cli.edition.edition import Edition
from liveblog_cli.rendering.csp import make_policy as csp
from liveblog_cli.rendering.settings import Settings

FILENAME = "index.html"
MEDIA_TYPE = "text/html"

__all__ = ["FILENAME", "MEDIA_TYPE", "csp", "render"]


def render(edition: Edition, settings: Settings) -> str:
    """The page; with `settings.fragment` the blog's element alone, with its styles and JSON-LD.

    Raises:
        ThemeError: a template of `settings.theme` is wrong.
    """
    from liveblog_cli.rendering.page import make_context
    from liveblog_cli.rendering.templates import render_template

    return render_template(settings.theme, "page.html", make_context(edition, settings))
