"""Run a live blog from the terminal: one TOML file in, pages and feeds out.

From Python: `open_blog(path)` gives an `OpenBlog`, which reads, changes and exports a blog file.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as in `typing`, which would have to be imported for it
if TYPE_CHECKING:
    from liveblog_cli.api import OpenBlog, open_blog
    from liveblog_cli.errors import LiveblogError
    from liveblog_cli.model.values import Blog, Entry, Media, Source

__all__ = ["Blog", "Entry", "LiveblogError", "Media", "OpenBlog", "Source", "open_blog"]

_HOMES = {"OpenBlog": "api", "open_blog": "api", "LiveblogError": "errors"}


def __getattr__(name: str) -> object:
    """Import what is asked for only then (PEP 562): the command line pays nothing for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'model.values')}"), name)
