"""Drafts on disk. Only this user can read them, they survive a restart, and only a saved draft is deleted.

The name of a draft has a digest of the blog's path, the id of the entry (`0` for a new one), a digest of the form as it
was opened, and the number of the process that opened it.
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
"""The id in the name of a draft for a new entry. No id begins with a digit."""
_TEMPORARY = "liveblog-"
_NAME = re.compile(
    r"draft-(?P<blog>[0-9a-f]{8})-(?P<entry>[\w-]+)-(?P<form>[0-9a-f]{8})-(?P<process>\d+)-\w{8}\.md"
)


class Origin(NamedTuple):
    """The blog, entry, form and process of a draft, as its name tells them."""

    blog: str
    entry: str
    form: str
    process: int

    def is_of(self, blog: Path) -> bool:
        """Whether the draft is for the blog at this path."""
        return self.blog == _make_digest(os.fsencode(blog))

    def began_as(self, form: str) -> bool:
        """Whether the draft was opened with this form (see `draft.essence`)."""
        return self.form == _make_digest(essence(form).encode())


def create_draft(form: str, blog: Path, entry: str) -> Path:
    """Create a draft with the text of `form`. Only this user can read it.

    Raises:
        LiveblogError: neither the folder of drafts nor that of temporary files can be written to.
    """
    prefix = f"draft-{_make_digest(os.fsencode(blog))}-{entry or NEW}-{_make_digest(essence(form).encode())}-"
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


def read_draft(path: Path) -> str:
    """The text of a draft: UTF-8, or UTF-16 with a byte order mark.

    Raises:
        LiveblogError: the draft can't be read, or has another encoding.
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


def find_origin(path: Path) -> Origin | None:
    """The origin of a draft; None if the file is no draft of this program."""
    found = _NAME.fullmatch(path.name)
    if not found or not (
        _is_temporary(path) or path.parent.absolute() == user_folders.find_drafts_folder()
    ):
        return None
    return Origin(found["blog"], found["entry"], found["form"], int(found["process"]))


def discard_draft(path: Path) -> None:
    """Delete a draft whose text is in the blog, and the backup that the editor made of it."""
    for name in (path.name, f"{path.name}~"):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink()
    with contextlib.suppress(OSError):
        disk.sync_folder(path.parent)  # else the draft may come back after a power cut
    if _is_temporary(path):
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def list_leftovers(path: Path) -> list[Path]:
    """The files that an editor left beside a draft: Vim's swap files, nano's `.save`, Emacs' autosaves, backups."""
    name = re.escape(path.name)
    left = re.compile(rf"\.{name}\.sw[a-p]|{name}(~|\.save(\.\d+)?|\.bak)|#{name}#")
    with contextlib.suppress(OSError):
        return sorted(p for p in path.parent.iterdir() if left.fullmatch(p.name))
    return []


def list_unfinished(blog: Path) -> list[tuple[float, Path]]:
    """The drafts of a blog that have a text and are not open in another process, the newest first.

    Each comes with the time when it was last saved, in seconds since 1970.
    """
    found = []
    with contextlib.suppress(OSError):
        for path in user_folders.find_drafts_folder().iterdir():
            known = find_origin(path)
            if (
                known
                and known.is_of(blog)
                and not _is_running(known.process)
                and _holds_text(path, known)
            ):
                found.append((path.stat().st_mtime, path))
    return sorted(found, reverse=True)


def _make_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def _is_temporary(path: Path) -> bool:
    """Whether the draft is in a private folder for temporary files, made for it alone.

    It has such a folder because everybody may be able to read what an editor saves beside it.
    """
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
        text = read_draft(path)
    except LiveblogError:
        return True
    return (bool(text.strip()) and not known.began_as(text)) or bool(list_leftovers(path))


def _is_running(process: int) -> bool:
    """Whether another process with that number runs; false if the system can't be asked.

    This process's own number does not count: in containers every run may have the same one.
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
