"""Write the files of an export: all of them or none, each one whole at every moment, unchanged ones not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from liveblog_cli.errors import LiveblogError, way_out
from liveblog_cli.publish import sinks
from liveblog_cli.storage import disk, leftovers
from liveblog_cli.storage.guard import Guard

NOTHING = "nothing was exported"


class WrittenFile(Struct, frozen=True):
    """A file of the export on disk. `length` is in bytes.

    `changed` says whether its content is new. `state` is its state after writing; it is None for a file that was not
    written, and for a pipe or device.
    """

    path: Path
    changed: bool
    length: int
    state: disk.State | None = None


def write(folder: Path, files: Mapping[str, bytes | Path], guard: Guard) -> list[WrittenFile]:
    """Write files into a folder in the given order. `files` maps names to contents, or to files to copy.

    All contents are on disk under temporary names before the first file is replaced. A pipe or a device that has
    the name of a file is not replaced; the content is written into it.

    Raises:
        LiveblogError: a file can't be written, or `guard` forbids it. No file has changed then, except
            those that the hint names: they were replaced before the last step failed.
    """
    done: list[str] = []
    ready: dict[Path, Path] = {}
    written: list[WrittenFile] = []
    try:
        for_sinks = _read_for_sinks(folder, files, guard)
        for name, content in files.items():
            path = folder / name
            data = content if isinstance(content, bytes) else content.read_bytes()
            changed = name in for_sinks or not _holds(path, data)
            state = None
            if changed and name not in for_sinks:
                with _name_file_in_errors(path):
                    real = Path(os.path.realpath(path))
                    ready[real] = _prepare(real, data)
                    state = disk.state_at(ready[real])
            written.append(WrittenFile(path, changed, len(data), state))
        for name, data in for_sinks.items():
            sinks.send(folder / name, data)
        for real, temporary in ready.items():
            with _name_file_in_errors(real):
                os.replace(temporary, real)
            done.append(real.name)
    except OSError as error:
        raise _make_error(error, folder, done) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
    _finish(ready)
    return written


def _finish(files: Iterable[Path]) -> None:
    """Sync the folders of new files, and remove the leftovers of earlier runs there."""
    for path in {path.parent: path for path in files}.values():
        with contextlib.suppress(FileNotFoundError):  # somebody removed it at once
            leftovers.sweep(path.parent, path.stat().st_mtime)
            disk.sync_folder(path.parent)


def _read_for_sinks(
    folder: Path, files: Mapping[str, bytes | Path], guard: Guard
) -> dict[str, bytes]:
    """The contents for pipes and devices that have the names of files in the folder.

    Raises:
        LiveblogError: a file can't or must not be written.
    """
    for_sinks = {}
    for name, content in files.items():
        sinks.refuse_strangers(folder / name, NOTHING)
        guard.refuse(folder / name, NOTHING)
        if sinks.is_sink(folder / name):
            sinks.require_writable(folder / name, NOTHING)
            for_sinks[name] = content if isinstance(content, bytes) else content.read_bytes()
    return for_sinks


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return False


def _prepare(path: Path, data: bytes) -> Path:
    """Write the data to a new file beside `path`, with the rights of the file that it will replace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(path))
    old = path if path.exists() else None
    fd, temporary = disk.create_beside(path, disk.PRIVATE if old else 0o666)
    with disk.remove_on_failure(temporary):
        disk.fill(fd, [data], like=old)
    return temporary


@contextlib.contextmanager
def _name_file_in_errors(path: Path) -> Iterator[None]:
    """Errors inside name the file to be written, not the temporary one."""
    try:
        yield
    except (FileExistsError, NotADirectoryError):
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _make_error(error: OSError, folder: Path, done: Sequence[str]) -> LiveblogError:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return LiveblogError(f"{folder} is a file, not a folder", "name another folder with -o")
    hint = f"new is only: {', '.join(done)}" if done else NOTHING
    if error.errno == errno.EBUSY:
        hint += f"; {way_out(error)}"
    return LiveblogError(f"{error.filename or folder} can't be written: {error.strerror}", hint)
