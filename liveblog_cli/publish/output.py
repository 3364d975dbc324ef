"""Files of an export on disk: all of them or none, each whole at every moment, the unchanged untouched."""

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
    """A file of the export as it now stands on disk, and whether that is new.

    `state` is how it was put there, if it was.
    """

    path: Path
    changed: bool
    length: int
    state: disk.State | None = None


def write(folder: Path, files: Mapping[str, bytes | Path], guard: Guard) -> list[WrittenFile]:
    """Put files (name to content, or to a file to copy) into a folder, in that order.

    Everything is on disk under another name before the first file is replaced. What stands there and
    is no file, a pipe or a device, gets the bytes and stays what it is.

    Raises:
        LiveblogError: something can't be written, or `guard` keeps it; the files are as they were,
            but for those that the hint names if only the last step failed.
    """
    done: list[str] = []
    ready: dict[Path, Path] = {}
    written: list[WrittenFile] = []
    try:
        taken = _taken_by_sinks(folder, files, guard)
        for name, content in files.items():
            path = folder / name
            data = content if isinstance(content, bytes) else content.read_bytes()
            changed = name in taken or not _holds(path, data)
            state = None
            if changed and name not in taken:
                with _named(path):
                    real = Path(os.path.realpath(path))
                    ready[real] = _prepared(real, data)
                    state = disk.state_at(ready[real])
            written.append(WrittenFile(path, changed, len(data), state))
        for name, data in taken.items():
            sinks.send(folder / name, data)
        for real, temporary in ready.items():
            with _named(real):
                os.replace(temporary, real)
            done.append(real.name)
    except OSError as error:
        raise _refused(error, folder, done) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
    _finish(ready)
    return written


def _finish(files: Iterable[Path]) -> None:
    """See the names of new files on disk, and no leftovers beside them."""
    for path in {path.parent: path for path in files}.values():
        with contextlib.suppress(FileNotFoundError):  # somebody removed it at once
            leftovers.sweep(path.parent, path.stat().st_mtime)
            disk.sync_folder(path.parent)


def _taken_by_sinks(
    folder: Path, files: Mapping[str, bytes | Path], guard: Guard
) -> dict[str, bytes]:
    """What goes into pipes and devices that stand in the folder under the names of files.

    Raises:
        LiveblogError: a file can't be written, or must not be.
    """
    taken = {}
    for name, content in files.items():
        sinks.refuse_strangers(folder / name, NOTHING)
        guard.refuse(folder / name, NOTHING)
        if sinks.is_sink(folder / name):
            sinks.refuse(folder / name, NOTHING)
            taken[name] = content if isinstance(content, bytes) else content.read_bytes()
    return taken


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return False


def _prepared(path: Path, data: bytes) -> Path:
    """The data on disk in a new file beside `path`, with the rights of the file that it replaces."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(path))
    old = path if path.exists() else None
    fd, temporary = disk.create_beside(path, disk.PRIVATE if old else 0o666)
    with disk.removed_on_failure(temporary):
        disk.fill(fd, [data], like=old)
    return temporary


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors name the file that was to be written, not the temporary one."""
    try:
        yield
    except (FileExistsError, NotADirectoryError):
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _refused(error: OSError, folder: Path, done: Sequence[str]) -> LiveblogError:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return LiveblogError(f"{folder} is a file, not a folder", "name another folder with -o")
    hint = f"new is only: {', '.join(done)}" if done else NOTHING
    if error.errno == errno.EBUSY:
        hint += f"; {way_out(error)}"
    return LiveblogError(f"{error.filename or folder} can't be written: {error.strerror}", hint)
