"""What no command writes over: a blog and what belongs to it, whatever path leads there.

A file is known by what it is on disk (device and inode), so that a link, another spelling or a second
mount of it is the same file; one that is not there yet is known by its folder and its name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from liveblog_cli.errors import LiveblogError

_Identity = tuple[int, int]

_MOST = 1 << 26
"""So many bytes of a file are looked at: no blog is longer (64 MiB)."""

_START = 16384
"""Bytes at the start of a file in which an export shows what it is."""

_COMPANION = re.compile(r"\.(?P<locked>.+)\.lock|(?P<torn>.+)\.torn-\d+", re.DOTALL)
_NO_CONTENT = re.compile(r"\s*(?:#|<{7}|={7}|>{7}|\|{7}|$)")
_TOML = re.compile(r"\s*(?:\[|[\w.\"'-]+\s*=)")
_ENTRY = re.compile(r"^[ \t]*\[\[\s*[\"']?entries[\"']?\s*\]\]", re.MULTILINE)
_FORMAT = re.compile(r"^[ \t]*format\s*=\s*\d", re.MULTILINE)
_TITLE = re.compile(r"\s*[\"']?title[\"']?\s*=")
_EXPORT = re.compile(r"\s*(?:<|\{|(?:---|\+\+\+)\s*$)")
_MARKS = b"\xef\xbb\xbf\xff\xfe"


class WouldDestroy(LiveblogError):
    """The file that was to be written is one that no command writes over."""


class Kept(Struct, frozen=True):
    """A file or a whole folder that no command writes over. `what` says to the user what it is."""

    path: Path
    what: str


class Guard:
    """Knows which files must be kept, and refuses to let them be written over."""

    def __init__(self, kept: Iterable[Kept] = ()) -> None:
        self._there: dict[_Identity, Kept] = {}
        self._places: dict[tuple[_Identity, str], Kept] = {}
        self._free: set[Path] = set()
        for item in kept:
            if identity := _identify(item.path):
                self._there.setdefault(identity, item)
            if place := _find_place(item.path):
                self._places.setdefault(place, item)

    def keeps(self, path: Path) -> Kept | None:
        """The kept file that stands at `path`, or whose name `path` would take."""
        identity = _identify(path)
        if identity is None:
            place = _find_place(path)
            return self._places.get(place) if place else None
        return self._there.get(identity)

    def refuse(self, path: Path, done: str = "nothing was written") -> None:
        """Raise an error if writing to `path` would destroy something.

        Raises:
            WouldDestroy: a kept file stands there, or a blog, or the path is in a kept folder.
        """
        real = Path(os.path.realpath(path))
        if found := self.keeps(real):
            raise _explain_refusal(path, f"{found.what} ({found.path})", done)
        if real.parent not in self._free:
            for folder in real.parents:
                if found := self.keeps(folder):
                    raise _explain_refusal(path, f"in {found.what} ({found.path})", done)
            self._free.add(real.parent)
        refuse_companion(path, done)
        try:
            is_blog = _reads_as_blog(real)
        except OSError as error:
            raise LiveblogError(f"{path} can't be read: {error.strerror}", done) from error
        if is_blog:
            raise _explain_refusal(path, f"a blog file ({real})", done)


def refuse_companion(path: Path, done: str) -> None:
    """Raise an error if `path`, or a folder on its way, has the name of a blog's lock or torn bytes.

    Raises:
        WouldDestroy: it has, and that blog is there.
    """
    real = Path(os.path.realpath(path))
    for place in (real, *real.parents):
        found = _COMPANION.fullmatch(place.name)
        blog = place.with_name(found["locked"] or found["torn"]) if found else None
        if found and blog and blog.is_file():
            what = "the lock" if found["locked"] else "torn bytes"
            raise _explain_refusal(path, f"in the place of {what} of {blog}", done)


def list_companions(blog: Path) -> Iterator[Kept]:
    """A blog file and the files that belong to it, also those that are not there yet."""
    from liveblog_cli.storage import links, lock_file

    yield Kept(blog, "the blog file itself")
    yield Kept(lock_file.path_of(blog), "the blog's lock")
    try:
        names = os.listdir(blog.parent)
    except OSError:
        names = []
    for name in names:
        found = _COMPANION.fullmatch(name)
        ours = found and blog.name in (found["locked"], found["torn"])
        if ours and not links.is_link_of_a_stranger(blog.with_name(name)):
            yield Kept(blog.with_name(name), "a part of the blog")


def _explain_refusal(path: Path, what: str, done: str) -> WouldDestroy:
    return WouldDestroy(f"{path} is {what}", f"{done}; name another place")


def _identify(path: Path) -> _Identity | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _find_place(path: Path) -> tuple[_Identity, str] | None:
    """Folder and name; the same for names that a file system may take for one (`A` and `a`, NFC and NFD)."""
    from unicodedata import normalize

    folder = _identify(path.parent)
    return (folder, normalize("NFC", path.name).casefold()) if folder else None


def _reads_as_blog(path: Path) -> bool:
    """Whether a file is a blog, or was one before somebody broke it.

    Every export of ours begins with what is no TOML, so nothing that is in it can make it a blog.
    """
    from liveblog_cli.storage import codec

    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(_START)
        if _EXPORT.match(_find_first_line(_decode_loosely(start))):
            return False  # as nearly every file is that an export replaces
        text = _decode_loosely(start + file.read(_MOST))
    first = _find_first_line(text)
    if not _TOML.match(first):
        return not _EXPORT.match(first) and _holds_an_entry(text)
    if _TITLE.match(first) or _FORMAT.search(text) or _ENTRY.search(text):
        return True
    return codec.parse_head(text)[0] is not None


def _find_first_line(text: str) -> str:
    """The first line that is neither blank, nor a comment, nor a conflict's marker."""
    return next((line for line in text.splitlines() if not _NO_CONTENT.match(line)), "")


def _holds_an_entry(text: str) -> bool:
    """Whether an entry can be read somewhere below a first line that is a slip of the keyboard."""
    from liveblog_cli.storage import codec, scanner

    if not _ENTRY.search(text):
        return False
    layout = scanner.scan(text)
    return any(codec.parse_entry(text[p.start : p.end])[0] for p in layout.blocks)


def _decode_loosely(data: bytes) -> str:
    """Text to know a file by. Without its zeros, UTF-16 and UTF-32 are as good as ASCII for that."""
    return data.replace(b"\0", b"").lstrip(_MARKS).decode("utf-8", "replace")
