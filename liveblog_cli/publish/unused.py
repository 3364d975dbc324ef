"""Copies of images that no page shows any more: how they are found, and which of them an export may delete.

Who retracts an entry wants its pictures gone, too. But a file that this program did not make must stay, and so must
one that a page still shows. A copy is known by its name (see `copies`) and its content.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from liveblog_cli import images
from liveblog_cli.errors import LiveblogError
from liveblog_cli.publish import copies, pictures
from liveblog_cli.storage import disk
from liveblog_cli.storage.guard import Guard

MOST_FILES = 10_000
"""The greatest number of files to search for the names of copies."""


class UnusedCopies(Struct, frozen=True):
    """Unused copies. `ours` may be deleted. `others` may belong to somebody else, or be on other pages.

    `why` is the reason not to delete `others`, as part of a message.
    """

    ours: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    why: str = ""


class Search(Struct, frozen=True):
    """Where to look for unused copies, and which copies are in use.

    `shown` are the stems of the copies that an export of the file `blog` into this folder shows. `also` are
    images whose copies are in use, too.
    """

    folder: Path
    shown: Collection[str]
    guard: Guard
    blog: Path
    also: Iterable[Path] = ()


def find_unused(search: Search) -> UnusedCopies:
    """The copies that no entry, page or feed shows, and that no other blog uses.

    The folder may have pages of other blogs, and feeds that were not exported this time. Another blog may also use a
    copy as its own picture.

    Raises:
        LiveblogError: the search failed, so nobody knows which copies are unused.
    """
    media = search.folder / copies.FOLDER
    left = [p for p in _list_copies(media) if copies.get_stem(p) not in search.shown]
    left = [p for p in left if not search.guard.keeps(p)]
    needed = {_read_stem(p) for p in search.also} if left else set()
    left = [p for p in left if copies.get_stem(p) not in needed]
    left = _drop_named(left, _list_pages(search))
    if left and media.is_symlink():
        return UnusedCopies((), tuple(left), f"{media} is a link: pages elsewhere may show them")
    ours = tuple(p for p in left if _is_as_made(p))
    others = tuple(p for p in left if p not in ours)
    return UnusedCopies(ours, others, "they are not as this program made them" if others else "")


def delete_copies(files: Iterable[Path]) -> tuple[tuple[Path, ...], LiveblogError | None]:
    """Delete files and sync their folders. The answer is the deleted files, and an error if one could not be deleted."""
    gone, failure = [], None
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            failure = LiveblogError(
                f"{path} can't be deleted: {error.strerror}",
                "the pages are new, but this picture is still in their folder",
            )
        else:
            gone.append(path)
    for folder in {path.parent for path in gone}:
        disk.sync_folder(folder)
    return tuple(gone), failure


def _list_copies(media: Path) -> list[Path]:
    try:
        found = [p for p in media.iterdir() if copies.is_ours(p)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _make_error(media, error.strerror) from error
    return sorted(p for p in found if p.is_file() and not p.is_symlink())


def _read_stem(original: Path) -> str:
    if disk.is_special(original):
        raise _make_error(original, "it is no file")
    try:
        return pictures.read_stem(original)
    except OSError as error:
        raise _make_error(original, error.strerror) from error


def _list_pages(search: Search) -> Iterator[Path]:
    """The files that may name copies: other blogs beside this one, and all files below the folder.

    There are no pages in `media/` and in hidden folders.
    """
    blog, count = search.blog, 0
    yield from (p for p in blog.parent.glob(f"*{blog.suffix}") if p.name != blog.name)
    for place, folders, names in os.walk(search.folder, onerror=_raise_error):
        top = place == str(search.folder)
        folders[:] = [n for n in folders if n[0] != "." and not (top and n == copies.FOLDER)]
        for name in names:
            count += 1
            if count > MOST_FILES:
                raise _make_error(search.folder, f"it holds more than {MOST_FILES:,} files")
            yield Path(place, name)


def _drop_named(left: list[Path], pages: Iterator[Path]) -> list[Path]:
    """The copies without those whose stem is in one of the pages."""
    stems = {copies.get_stem(p) for p in left}
    while stems and (page := next(pages, None)):
        try:
            stems = _find_unnamed(page, stems)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _make_error(page, error.strerror) from error
    return [p for p in left if copies.get_stem(p) in stems]


def _find_unnamed(page: Path, stems: set[str]) -> set[str]:
    if not page.is_file():
        return stems
    with page.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return stems
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            return {s for s in stems if text.find(s.encode()) < 0}


def _is_as_made(path: Path) -> bool:
    width = path.stem.rpartition("-")[2]
    return images.is_version(path, int(width), path.suffix.removeprefix("."))


def _raise_error(error: OSError) -> None:
    raise _make_error(Path(error.filename), error.strerror)


def _make_error(path: Path, reason: str | None) -> LiveblogError:
    return LiveblogError(f"{path} can't be searched for names of pictures ({reason}), so none went")
