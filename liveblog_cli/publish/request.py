"""What an export was asked for: which formats, under which names, where to, of which entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from liveblog_cli import formats
from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.publish import sinks
from liveblog_cli.runtime import working_folder

FOLDER = "public"
"""Where an export goes if nothing is said: beside the blog file."""

FRAGMENT = "fragment.html"
"""The page's file name with `--fragment`: it must not take the place of the page itself."""

STDOUT = "-"
"""What is typed for `sinks.STDOUT`."""


class Destination(Struct, frozen=True):
    """Where an export goes: files by format in `folder`, or the one text into `sink`."""

    names: Mapping[str, str]
    folder: Path
    sink: Path | None = None


class ExportRequest(Struct, frozen=True, kw_only=True):
    """What to export. `names` maps formats to file names in `folder`, in the order of writing.

    With a `sink` the text of the one format goes there, and `folder` stays as it is.
    `now` and `as_of` are times as typed; `picked` is what `filters.parse_filter` takes. `theme` is a
    folder of templates; `url` stands in for the blog's own. `unused` says what becomes of copies of images
    that nothing shows any more: `delete` those that are surely ours, `prune` them all, or `keep` them.
    """

    names: Mapping[str, str]
    folder: Path
    sink: Path | None = None
    now: str | None = None
    as_of: str | None = None
    picked: Mapping[str, Any] = {}
    limit: int | None = None
    url: str = ""
    theme: Path | None = None
    fragment: bool = False
    skip_broken: bool = False
    unused: Literal["delete", "prune", "keep"] = "delete"

    @property
    def to_stdout(self) -> bool:
        """Whether stdout is for the export alone."""
        return self.sink is not None and sinks.descriptor(self.sink) == 1

    @property
    def picks(self) -> bool:
        """Whether only some entries are meant."""
        return any(value for name, value in self.picked.items() if name != "ignore_case")

    @property
    def whole(self) -> bool:
        """Whether every entry that readers may see now is meant."""
        return not self.picks and self.as_of is None and self.now is None


def place(asked: Sequence[str], output: str | None, fragment: bool, source: Path) -> Destination:
    """Where an export of these formats goes. `source` is the folder of the blog file.

    Raises:
        WrongUsage: no such format, or one file is named for several.
        LiveblogError: the folder is a file.
    """
    names = _names(asked, fragment)
    if output is None:
        return Destination(names, source / FOLDER)
    if not output or "\0" in output:
        raise WrongUsage("-o names no file or folder", "leave it out for the default")
    path = sinks.STDOUT if output == STDOUT else Path(output)
    is_sink = output == STDOUT or sinks.is_sink(path)
    if not is_sink and not _is_file(output):
        return Destination(names, path)
    if len(names) == 1:
        whole = Destination(names, source / FOLDER, path)
        return whole if is_sink else Destination(dict.fromkeys(names, path.name), path.parent)
    if output == STDOUT:
        raise WrongUsage(f"-o - takes one format, not {len(names)}", "liveblog export rss -o -")
    if is_sink or path.exists():
        raise LiveblogError(
            f"{path} is {'no folder' if is_sink else 'a file'}, but {len(names)} formats need a folder",
            "name a folder with -o, or one format",
        )
    raise WrongUsage(
        f"{path} is the name of a file, but there are {len(names)} formats",
        "name a folder with -o, or one format",
    )


def templates(folder: Path) -> dict[str, str]:
    """A theme's files by name (`/` between folders). Hidden files are not part of it.

    Raises:
        LiveblogError: no such folder, or a file in it is not text.
    """
    if not folder.is_dir():
        raise LiveblogError(
            f"theme {folder}: no such folder",
            f"make one with: liveblog theme init {working_folder.pasted(folder)}",
        )
    found = {}
    for path in template_files(folder):
        try:
            found[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise LiveblogError(f"theme {path}: not UTF-8 text") from None
        except OSError as error:
            raise LiveblogError(f"theme {path}: {error.strerror}") from error
    return found


def template_files(folder: Path) -> list[Path]:
    """The files of a theme, by name."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )


def _names(asked: Sequence[str], fragment: bool) -> dict[str, str]:
    wanted = list(dict.fromkeys(asked)) or (["html"] if fragment else list(formats.STANDARD))
    names = {name: formats.find_format(name).FILENAME for name in wanted}
    if fragment and "html" not in names:
        raise WrongUsage("--fragment is for html", "liveblog export html --fragment")
    if fragment:
        names["html"] = FRAGMENT
    for name, filename in names.items():
        other = next(n for n, f in names.items() if f.casefold() == filename.casefold())
        if other != name:
            raise WrongUsage(f"{other} and {name} both write {filename}", "export one at a time")
    return names


def _is_file(output: str) -> bool:
    path = Path(output)
    if path.is_dir() or output.endswith(("/", "\\")):
        return False
    return path.exists() or bool(path.suffix)
