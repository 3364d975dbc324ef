"""What an export was asked for beyond the blog itself, and where its files stand on the web."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from liveblog_cli.edition.edition import Edition


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
