"""Formats of other packages. If one is wrong or fails, the message names its package, not this program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from importlib.metadata import EntryPoint
from typing import Any

from msgspec import Struct

from liveblog_cli.edition.edition import Edition
from liveblog_cli.errors import LiveblogError

GROUP = "liveblog.formats"
_LONGEST = 300
"""Characters of a plugin's own message that are shown."""


class PluginFailed(LiveblogError):
    """A format of another package can't be used: it lacks something, or it raised an error."""


class Plugin(Struct, frozen=True):
    """A format of another package, as `Format` has it. `title` names both: `format x of package-x 1.0`."""

    title: str
    FILENAME: str
    MEDIA_TYPE: str
    own_render: Callable[[Edition, Any], object]

    def render(self, edition: Edition, settings: Any) -> str:
        """The whole file as text.

        Raises:
            PluginFailed: the plugin raised an error, or its answer is no text.
        """
        with _blame_plugin(self.title):
            text = self.own_render(edition, settings)
        if not isinstance(text, str):
            raise _make_error(self.title, f"answered {_describe_type(text)}, not text")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise _make_error(self.title, "answered text with half a character in it") from None
        return text


def list_plugins() -> list[str]:
    """The formats of other packages.

    Raises:
        PluginFailed: the metadata of the installed packages can't be read.
    """
    return [point.name for point in _list_entry_points()]


def find_plugin(name: str) -> Plugin | None:
    """The plugin of that name, if there is one.

    Raises:
        PluginFailed: it can't be imported, lacks something that formats have, or is in two packages.
    """
    points = [p for p in _list_entry_points() if p.name == name]
    points = list({(_describe_package(p), p.value): p for p in points}.values())
    if len(points) > 1:
        packages = " and ".join(_describe_package(p) for p in points)
        raise PluginFailed(
            f"format {name} is in more than one package: {packages}",
            "nothing was exported; uninstall all but one of them",
        )
    return _load_plugin(points[0]) if points else None


def _list_entry_points() -> list[EntryPoint]:
    try:
        return list(metadata.entry_points(group=GROUP))
    except Exception as error:  # whatever stands in the files of packages that nobody here chose
        raise PluginFailed(
            f"the packages beside liveblog can't be searched for formats: {_describe_error(error)}",
            "--debug before the command shows where; name formats that liveblog has itself",
        ) from error


def _load_plugin(point: EntryPoint) -> Plugin:
    title = f"format {point.name} of {_describe_package(point)}"
    with _blame_plugin(title):
        found = point.load()
        filename = getattr(found, "FILENAME", None)
        media_type = getattr(found, "MEDIA_TYPE", "")
        render = getattr(found, "render", None)
    if filename is None:
        raise _make_error(title, "has no FILENAME")
    if not _is_name(filename):
        raise _make_error(title, f"names its file {filename!r:.80}, which is no name in a folder")
    if not callable(render):
        raise _make_error(title, "has no function render(edition, settings)")
    return Plugin(title, filename, str(media_type), render)


def _is_name(filename: object) -> bool:
    """Whether it is the name of a file in the folder of the export, or in a folder below it."""
    return isinstance(filename, str) and not any(
        part in ("", ".", "..") or not part.isprintable() or set(part) & {"\\", ":"}
        for part in filename.split("/")
    )


def _describe_package(point: EntryPoint) -> str:
    """Name and version of the package, `package-x 1.0`, as far as its metadata has them."""
    name, version = _read_metadata(point, "Name"), _read_metadata(point, "Version")
    return f"{name or 'a package without a name'} {version or '(no version)'}"


def _read_metadata(point: EntryPoint, field: str) -> str:
    """A field of a package's metadata; "" if it is missing or can't be read."""
    try:
        return str(point.dist.metadata[field] or "") if point.dist else ""
    except Exception:  # noqa: BLE001 - whatever stands in files that nobody here chose
        return ""


@contextmanager
def _blame_plugin(title: str) -> Iterator[None]:
    """Turn every error inside, even one that would end the program, into an error of the plugin. Ctrl-C passes.

    Raises:
        PluginFailed: there was an error.
    """
    try:
        yield
    except KeyboardInterrupt:
        raise
    except LiveblogError as error:
        failed = PluginFailed(f"{title}: {error.message}", error.hint)
        failed.status = error.status
        raise failed from error
    except BaseException as error:
        raise _make_error(title, f"failed: {_describe_error(error)}") from error


def _make_error(title: str, what: str) -> PluginFailed:
    return PluginFailed(
        f"{title} {what}",
        "nothing was exported; tell who made that package, with what --debug before the command shows",
    )


def _describe_error(error: BaseException) -> str:
    """The type and the text of an error, on one line. Errors in the error's own code are caught."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - its author wrote that too
        text = ""
    return f"{type(error).__name__}: {text}"[:_LONGEST] if text else type(error).__name__


def _describe_type(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
