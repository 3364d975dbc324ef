"""Copies of images that nothing shows any more: which they are, and which of them an export deletes.

Whoever retracts an entry wants its pictures gone from readers as well; and nothing may go that is not
ours, or that a page still shows. A copy is known by its name (see `copies`) and by what is in it.
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
"""So many files are looked through for the names of copies."""


class Unused(Struct, frozen=True):
    """Copies that nothing shows now: `ours` and those that may be `others`', or on others' pages.

    `why` says what keeps the second from being deleted.
    """

    ours: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    why: str = ""


class Search(Struct, frozen=True):
    """Where copies are looked for, and what stays.

    `shown` are the stems of the copies that an export of the file `blog` into this folder shows; `also` are
    images whose copies stay too.
    """

    folder: Path
    shown: Collection[str]
    guard: Guard
    blog: Path
    also: Iterable[Path] = ()


def find(search: Search) -> Unused:
    """The copies that no entry, page or feed shows and no blog needs.

    The folder may hold the pages of other blogs, or feeds that were not exported this time, and
    another blog may have taken a copy for its own picture.

    Raises:
        LiveblogError: it can't be known.
    """
    media = search.folder / copies.FOLDER
    left = [p for p in _copies_in(media) if copies.stem_of(p) not in search.shown]
    left = [p for p in left if not search.guard.keeps(p)]
    needed = {_stem_of_copies(p) for p in search.also} if left else set()
    left = [p for p in left if copies.stem_of(p) not in needed]
    left = _without_named(left, _pages(search))
    if left and media.is_symlink():
        return Unused((), tuple(left), f"{media} is a link: pages elsewhere may show them")
    ours = tuple(p for p in left if _is_as_made(p))
    others = tuple(p for p in left if p not in ours)
    return Unused(ours, others, "they are not as this program made them" if others else "")


def delete(files: Iterable[Path]) -> tuple[tuple[Path, ...], LiveblogError | None]:
    """Delete copies, on disk when this returns, and answer those that are gone; an error for the rest."""
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


def _copies_in(media: Path) -> list[Path]:
    try:
        found = [p for p in media.iterdir() if copies.is_ours(p)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unknown(media, error.strerror) from error
    return sorted(p for p in found if p.is_file() and not p.is_symlink())


def _stem_of_copies(original: Path) -> str:
    if disk.is_special(original):
        raise _unknown(original, "it is no file")
    try:
        return pictures.stem_of(original)
    except OSError as error:
        raise _unknown(original, error.strerror) from error


def _pages(search: Search) -> Iterator[Path]:
    """What may name copies: other blogs beside this one, and all files below the folder.

    `media/` itself and hidden folders hold no pages.
    """
    blog, count = search.blog, 0
    yield from (p for p in blog.parent.glob(f"*{blog.suffix}") if p.name != blog.name)
    for place, folders, names in os.walk(search.folder, onerror=_refuse):
        top = place == str(search.folder)
        folders[:] = [n for n in folders if n[0] != "." and not (top and n == copies.FOLDER)]
        for name in names:
            count += 1
            if count > MOST_FILES:
                raise _unknown(search.folder, f"it holds more than {MOST_FILES:,} files")
            yield Path(place, name)


def _without_named(left: list[Path], pages: Iterator[Path]) -> list[Path]:
    """Those of the copies whose stem no page holds."""
    stems = {copies.stem_of(p) for p in left}
    while stems and (page := next(pages, None)):
        try:
            stems = _not_named_in(page, stems)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _unknown(page, error.strerror) from error
    return [p for p in left if copies.stem_of(p) in stems]


def _not_named_in(page: Path, stems: set[str]) -> set[str]:
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


def _refuse(error: OSError) -> None:
    raise _unknown(Path(error.filename), error.strerror)


def _unknown(path: Path, reason: str | None) -> LiveblogError:
    return LiveblogError(f"{path} can't be searched for names of pictures ({reason}), so none went")
