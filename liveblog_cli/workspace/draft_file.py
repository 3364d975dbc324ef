"""Drafts on disk: private, in a folder that outlives a restart, and deleted only by who has saved them.

The name of a draft says what it is for: the blog (a digest of its path), the entry (`0`: a new one), a
digest of the form as it was opened, and the process that opened it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest.draft import essence
from liveblog_cli.runtime import user_folders
from liveblog_cli.storage import disk

NEW = "0"
"""Stands for a new entry: no id begins with a digit."""
_TEMPORARY = "liveblog-"
_NAME = re.compile(
    r"draft-(?P<blog>[0-9a-f]{8})-(?P<entry>[\w-]+)-(?P<form>[0-9a-f]{8})-(?P<process>\d+)-\w{8}\.md"
)


class Origin(NamedTuple):
    """What a draft of this program was begun for, as its name says."""

    blog: str
    entry: str
    form: str
    process: int

    def is_of(self, blog: Path) -> bool:
        """Whether it was begun for the blog at this path."""
        return self.blog == _digest(os.fsencode(blog))

    def began_as(self, form: str) -> bool:
        """Whether it was opened with this form (see `draft.essence`)."""
        return self.form == _digest(essence(form).encode())


def create(form: str, blog: Path, entry: str) -> Path:
    """A new draft that holds `form`; only this user can read it.

    Raises:
        LiveblogError: it can be written neither to the drafts' folder nor to that of temporary files.
    """
    prefix = f"draft-{_digest(os.fsencode(blog))}-{entry or NEW}-{_digest(essence(form).encode())}-"
    prefix += f"{os.getpid()}-"
    folder = user_folders.find_drafts_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _write(folder, prefix, form.encode())
    except OSError:
        pass
    try:
        folder = Path(tempfile.gettempdir())
        return _write(Path(tempfile.mkdtemp(prefix=_TEMPORARY)), prefix, form.encode())
    except OSError as error:
        raise LiveblogError(f"no draft can be written to {folder}: {error.strerror}") from error


def read(path: Path) -> str:
    """The text of a draft: UTF-8, or UTF-16 with a byte order mark.

    Raises:
        LiveblogError: it can't be read as that.
    """
    try:
        if not path.is_file() and path.exists():
            raise LiveblogError(f"draft {path} is no file")
        data = path.read_bytes()
    except OSError as error:
        raise LiveblogError(f"draft {path} can't be read: {error.strerror}") from error
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LiveblogError(
            f"draft {path}, line {line}: not {'UTF-16' if wide else 'UTF-8'} (byte 0x{data[error.start]:02x})",
            "save it as UTF-8 (in Vim: set fileencoding=utf-8; else begin in a UTF-8 locale)",
        ) from None


def origin(path: Path) -> Origin | None:
    """What a draft was begun for; None where the file is not one of this program's drafts."""
    found = _NAME.fullmatch(path.name)
    if not found or not (
        _is_temporary(path) or path.parent.absolute() == user_folders.find_drafts_folder()
    ):
        return None
    return Origin(found["blog"], found["entry"], found["form"], int(found["process"]))


def discard(path: Path) -> None:
    """Delete a draft whose text is in the blog, and the backup that its editor made of it."""
    for name in (path.name, f"{path.name}~"):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink()
    with contextlib.suppress(OSError):
        disk.sync_folder(path.parent)  # a power cut brings back no draft that is in the blog
    if _is_temporary(path):
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def beside(path: Path) -> list[Path]:
    """What an editor left beside a draft: swap files of Vim, `.save` of nano, autosaves of Emacs, backups."""
    name = re.escape(path.name)
    left = re.compile(rf"\.{name}\.sw[a-p]|{name}(~|\.save(\.\d+)?|\.bak)|#{name}#")
    with contextlib.suppress(OSError):
        return sorted(p for p in path.parent.iterdir() if left.fullmatch(p.name))
    return []


def unfinished(blog: Path) -> list[tuple[float, Path]]:
    """Drafts of a blog that hold something and that no other process has open, the newest first.

    Each with the time when it was last saved, in seconds since 1970.
    """
    found = []
    with contextlib.suppress(OSError):
        for path in user_folders.find_drafts_folder().iterdir():
            known = origin(path)
            if (
                known
                and known.is_of(blog)
                and not _runs(known.process)
                and _holds_text(path, known)
            ):
                found.append((path.stat().st_mtime, path))
    return sorted(found, reverse=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def _is_temporary(path: Path) -> bool:
    """Whether it lies in a folder of its own among the temporary files: what an editor saves beside it
    may be for all to read."""
    folder = path.parent.absolute()
    return folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith(_TEMPORARY)


def _write(folder: Path, prefix: str, data: bytes) -> Path:
    number, name = tempfile.mkstemp(prefix=prefix, suffix=".md", dir=folder)
    try:
        with open(number, "wb") as file:
            file.write(data)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


def _holds_text(path: Path, known: Origin) -> bool:
    try:
        text = read(path)
    except LiveblogError:
        return True
    return (bool(text.strip()) and not known.began_as(text)) or bool(beside(path))


def _runs(process: int) -> bool:
    """Whether another process of that number runs; where that can't be asked, none does.

    In containers every run may have the same number.
    """
    if os.name != "posix" or process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
