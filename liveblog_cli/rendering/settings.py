"""The settings of an export, and the addresses of its files on the web."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from liveblog_cli.edition.edition import Edition


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of an export, for every format.

    `beside` has the file names of all formats that are exported together, for links between them. `limit` is the
    greatest number of items; None is the format's own limit. `theme` has a newsroom's templates by
    name. With `fragment` the page is the blog's element alone.
    """

    beside: Mapping[str, str] = {}
    limit: int | None = None
    theme: Mapping[str, str] = {}
    fragment: bool = False


def find_address(edition: Edition, filename: str) -> str:
    """The address of a file of the export; "" if it is unknown.

    It is unknown if the blog has no address. For a part of a blog it is also unknown if the part has none of its
    own: the file of that name beside the blog's page is the one of the whole blog.
    """
    if edition.selection and not edition.selection.is_placed:
        return ""
    return join_address(edition.url, filename)


def join_address(url: str, filename: str) -> str:
    """The address of a file in the folder of the page at `url`; "" if `url` is "".

    The folder of `…/live/index.html` is `…/live`, and that of `…/live` is `…/live` itself.
    """
    if not url:
        return ""
    path = urlsplit(url)._replace(query="", fragment="")
    folder, _, last = path.path.rpartition("/")
    folder = folder if "." in last else path.path.rstrip("/")
    return path._replace(path=f"{folder}/{filename}").geturl()
