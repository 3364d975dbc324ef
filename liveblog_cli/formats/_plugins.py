"""Formats of other packages: what they lack or raise is told with the name of their package, not as a fault of ours."""

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
"""Characters of what a plugin says of its fault."""


class PluginFailed(LiveblogError):
    """A format of another package can't be used: it is not what a format is, or it raised something."""


class Plugin(Struct, frozen=True):
    """A format of another package, as `Format` has it. `title` names both: `format x of package-x 1.0`."""

    title: str
    FILENAME: str
    MEDIA_TYPE: str
    own_render: Callable[[Edition, Any], object]

    def render(self, edition: Edition, settings: Any) -> str:
        """The whole file as text.

        Raises:
            PluginFailed: the plugin raised something, or answered what is no text.
        """
        with _blamed(self.title):
            text = self.own_render(edition, settings)
        if not isinstance(text, str):
            raise _failed(self.title, f"answered {_kind(text)}, not text")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise _failed(self.title, "answered text with half a character in it") from None
        return text


def names() -> list[str]:
    """The formats of other packages.

    Raises:
        PluginFailed: what is noted down of the packages here can't be read.
    """
    return [point.name for point in _points()]


def find(name: str) -> Plugin | None:
    """The plugin of that name, if there is one.

    Raises:
        PluginFailed: it can't be imported, lacks what a format has, or two packages have one.
    """
    points = [p for p in _points() if p.name == name]
    points = list({(_package(p), p.value): p for p in points}.values())
    if len(points) > 1:
        packages = " and ".join(_package(p) for p in points)
        raise PluginFailed(
            f"format {name} is in more than one package: {packages}",
            "nothing was exported; uninstall all but one of them",
        )
    return _load(points[0]) if points else None


def _points() -> list[EntryPoint]:
    try:
        return list(metadata.entry_points(group=GROUP))
    except Exception as error:  # whatever stands in the files of packages that nobody here chose
        raise PluginFailed(
            f"the packages beside liveblog can't be searched for formats: {_said(error)}",
            "--debug before the command shows where; name formats that liveblog has itself",
        ) from error


def _load(point: EntryPoint) -> Plugin:
    title = f"format {point.name} of {_package(point)}"
    with _blamed(title):
        found = point.load()
        filename = getattr(found, "FILENAME", None)
        media_type = getattr(found, "MEDIA_TYPE", "")
        render = getattr(found, "render", None)
    if filename is None:
        raise _failed(title, "has no FILENAME")
    if not _is_name(filename):
        raise _failed(title, f"names its file {filename!r:.80}, which is no name in a folder")
    if not callable(render):
        raise _failed(title, "has no function render(edition, settings)")
    return Plugin(title, filename, str(media_type), render)


def _is_name(filename: object) -> bool:
    """Whether it is a name, perhaps with folders before it, that stays in the folder of the export."""
    return isinstance(filename, str) and not any(
        part in ("", ".", "..") or not part.isprintable() or set(part) & {"\\", ":"}
        for part in filename.split("/")
    )


def _package(point: EntryPoint) -> str:
    """`package-x 1.0`, as far as its own files say it."""
    name, version = _noted(point, "Name"), _noted(point, "Version")
    return f"{name or 'a package without a name'} {version or '(no version)'}"


def _noted(point: EntryPoint, field: str) -> str:
    """What a package says of itself; nothing where it does not, or its files are broken."""
    try:
        return str(point.dist.metadata[field] or "") if point.dist else ""
    except Exception:  # noqa: BLE001 - whatever stands in files that nobody here chose
        return ""


@contextmanager
def _blamed(title: str) -> Iterator[None]:
    """Whatever a plugin raises, also to end the program, as its own error. Only Ctrl-C stays what it is.

    Raises:
        PluginFailed: it did.
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
        raise _failed(title, f"failed: {_said(error)}") from error


def _failed(title: str, what: str) -> PluginFailed:
    return PluginFailed(
        f"{title} {what}",
        "nothing was exported; tell who made that package, with what --debug before the command shows",
    )


def _said(error: BaseException) -> str:
    """Kind and text of an error, on one line, whatever its own code does."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - its author wrote that too
        text = ""
    return f"{type(error).__name__}: {text}"[:_LONGEST] if text else type(error).__name__


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
