"""Files of an export on disk: all of them or none, each whole at every moment, the unchanged untouched."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from liveblog_cli.errors import LiveblogError

_MARK = ".liveblog-new-"
_FORGOTTEN = 600
"""Seconds after which a half-written file must be that of an export that died."""


class Written(Struct, frozen=True):
    """A file of the export as it now stands on disk, and whether that is new."""

    path: Path
    changed: bool
    length: int


def write(folder: Path, files: Mapping[str, bytes | Path]) -> list[Written]:
    """Put files (name to content, or to a file to copy) into a folder, in that order.

    Everything is on disk under another name before the first file is replaced.

    Raises:
        LiveblogError: something can't be written; the files are as they were.
    """
    ready: dict[Path, Path] = {}
    written: list[Written] = []
    try:
        for name, content in files.items():
            path = Path(os.path.realpath(folder / name))
            data = content if isinstance(content, bytes) else content.read_bytes()
            changed = not _holds(path, data)
            if changed:
                ready[path] = _prepared(path, data)
            written.append(Written(folder / name, changed, len(data)))
        for path, temporary in ready.items():
            os.replace(temporary, path)
    except OSError as error:
        raise _refused(error, folder) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
    for parent in {path.parent for path in ready}:
        _sweep(parent)
        _sync(parent)
    return written


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return False


def _prepared(path: Path, data: bytes) -> Path:
    """The data on disk in a new file beside `path`, with the mode of the file that it will replace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(path))
    temporary = path.with_name(f".{path.name}{_MARK}{os.getpid()}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(temporary, path.stat().st_mode & 0o7777)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _sweep(folder: Path) -> None:
    """Remove what exports that were killed left half written in a folder."""
    with contextlib.suppress(OSError):
        newest = max([p.stat().st_mtime for p in folder.iterdir()], default=0)
        for path in folder.glob(f".*{_MARK}*"):
            if path.stat().st_mtime < newest - _FORGOTTEN:
                path.unlink()


def _sync(folder: Path) -> None:
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _refused(error: OSError, folder: Path) -> LiveblogError:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return LiveblogError(f"{folder} is a file, not a folder", "name another folder with -o")
    name = str(error.filename or folder)
    if _MARK in name:
        name = str(folder / Path(name).name.partition(_MARK)[0].removeprefix("."))
    return LiveblogError(f"{name} can't be written: {error.strerror}", "nothing was exported")
