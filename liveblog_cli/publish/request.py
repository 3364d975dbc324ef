"""The request for an export: which formats, under which names, where to, and of which entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from liveblog_cli import formats
from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.publish import sinks

FOLDER = "public"
"""The default folder of an export, beside the blog file."""

FRAGMENT = "fragment.html"
"""The page's file name with `--fragment`, so that it does not replace the whole page."""

STDOUT = "-"
"""The name to type for `sinks.STDOUT`."""


class Destination(Struct, frozen=True):
    """Where an export goes: the files of `names`, by format, in `folder`; or one text into `sink`."""

    names: Mapping[str, str]
    folder: Path
    sink: Path | None = None


class ExportRequest(Struct, frozen=True, kw_only=True):
    """What to export, and where to.

    `names` maps formats to file names in `folder`, in the order of writing. With a `sink`, the text of the only format
    goes there and nothing is written to `folder`. `now` and `as_of` are times as they were typed, `filter_options`
    those of `filters.parse_filter`. `theme` is a folder of templates. `url` replaces the blog's own address.
    `unused` says what to do with copies of images that nothing shows any more: `delete` those that this program
    surely made, `prune` all, or `keep` them.
    """

    names: Mapping[str, str]
    folder: Path
    sink: Path | None = None
    now: str | None = None
    as_of: str | None = None
    filter_options: Mapping[str, Any] = {}
    limit: int | None = None
    url: str = ""
    theme: Path | None = None
    fragment: bool = False
    skip_broken: bool = False
    unused: Literal["delete", "prune", "keep"] = "delete"

    @property
    def to_stdout(self) -> bool:
        """Whether the export is written to stdout, so that nothing else may be."""
        return self.sink is not None and sinks.find_descriptor(self.sink) == 1

    @property
    def is_filtered(self) -> bool:
        """Whether a filter chooses the entries."""
        return any(value for name, value in self.filter_options.items() if name != "ignore_case")

    @property
    def is_whole(self) -> bool:
        """Whether the export has all entries that readers may see now."""
        return not self.is_filtered and self.as_of is None and self.now is None


def choose_destination(
    asked: Sequence[str], output: str | None, fragment: bool, source: Path
) -> Destination:
    """The destination of an export of these formats, for what was typed as `-o`. `source` is the blog file's folder.

    Raises:
        WrongUsage: there is no such format, or `-o` names one file for several formats.
        LiveblogError: the folder is a file.
    """
    names = _choose_names(asked, fragment)
    if output is None:
        return Destination(names, source / FOLDER)
    if not output or "\0" in output:
        raise WrongUsage("-o names no file or folder", "leave it out for the default")
    path = sinks.STDOUT if output == STDOUT else Path(output)
    is_sink = output == STDOUT or sinks.is_sink(path)
    if not is_sink and not _means_file(output):
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


def _choose_names(asked: Sequence[str], fragment: bool) -> dict[str, str]:
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


def _means_file(output: str) -> bool:
    path = Path(output)
    if path.is_dir() or output.endswith(("/", "\\")):
        return False
    return path.exists() or bool(path.suffix)
