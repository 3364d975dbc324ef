"""The blog file on disk: read, append, replace, and what to do with a torn tail.

Only this module opens the file. Reading takes no lock, for appends only add and replacements are
renames; what looks torn is looked at again under the lock before anybody believes it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from liveblog_cli import blocks, lock, torn
from liveblog_cli.blocks import Layout
from liveblog_cli.errors import InvalidFile, LiveblogError, NotFound
from liveblog_cli.lock import Lock
from liveblog_cli.transaction import Seen, Write, Written, glued, parts, state_of

TAIL = 65536
"""Bytes at the end of the file that an append looks at first."""

HEAD = 16384
"""Bytes at the start that are looked at first for the head alone."""

Tell = Callable[[str], None]


def _tell(message: str) -> None:
    sys.stderr.write(f"{message}\n")


class Store:
    """One blog file. `timeout`: seconds to wait for the lock; `tell` hears of repairs."""

    def __init__(
        self, path: Path, timeout: float = lock.DEFAULT_TIMEOUT, tell: Tell = _tell
    ) -> None:
        self.path = Path(os.path.realpath(path))
        self.timeout = timeout
        self.tell = tell

    def read(self) -> Layout:
        """The whole file, cut into pieces; a torn tail is mended first where the folder allows it.

        Raises:
            NotFound: there is no such file.
            InvalidFile: it is not UTF-8.
        """
        data, layout = self._look()
        if torn.torn_at(data, layout) is None:
            return self._strict(data, layout)
        try:
            with self._held():
                return self._strict(*self._look())
        except (LiveblogError, OSError):
            return self._without_tail(data, layout)

    def read_head(self) -> Layout:
        """The pieces before the first entry, without reading the rest of the file.

        Tables of the head that stand behind entries are not in it. The title, zone and language
        that an append needs can't be there: TOML has no way back to the root table.
        """
        with self._open() as file:
            data = file.read(HEAD)
            while (
                len(data) % HEAD == 0 and b"[[entries]]" not in data and (more := file.read(HEAD))
            ):
                data += more
        text = self._text(data[: data.rfind(b"\n") + 1] if len(data) % HEAD == 0 else data)
        layout = blocks.scan(text)
        if layout.open_at is not None or not layout.blocks:
            return self.read()
        return Layout(text[: layout.blocks[0].start], layout.pieces[:1])

    def create(self, text: str) -> None:
        """Write a new blog file.

        Raises:
            LiveblogError: the file is there already, or the folder can't be written to.
        """
        temporary = self._sibling(f"new-{os.getpid()}")
        try:
            self._write(temporary, [text.encode()], 0o666)
            try:
                os.link(temporary, self.path)
            finally:
                temporary.unlink()
        except FileExistsError:
            raise LiveblogError(
                f"{self.path} exists already", "choose another file with -f"
            ) from None
        except OSError as error:
            raise LiveblogError(f"{self.path} can't be written: {error.strerror}") from error
        self._sync_folder()

    def transaction(self, decide: Callable[[Seen], Write]) -> Written:
        """Look at the file and write what `decide` makes of it, all or nothing, under one lock.

        Blocks that are only appended are appended in place: the cost does not grow with the file.

        Raises:
            LiveblogError: it could not be written; the file is as it was.
        """
        with self._held() as held:
            with self._open("r+b") as file:
                seen = Seen(file, self._text)
                write = decide(seen)
                if not write.splices:
                    data = glued(seen, write.append) if write.append else b""
                    if data:
                        self._extend(held, file, seen.size, data)
                    return Written(state_of(file), seen.size + len(data) - _length(write.append))
                held.note()
                with self._replacing() as temporary:
                    self._write(temporary, parts(seen, write), self._mode())
            self._swap(held, temporary)
            with self._open() as file:
                state = state_of(file)
            return Written(state, state[2] - _length(write.append))

    def change(self, edit: Callable[[Layout], str]) -> None:
        """Replace the file with what `edit` makes of it, all or nothing.

        Raises:
            LiveblogError: it could not be written; the file is as it was.
        """
        with self._held() as held:
            layout = self._strict(*self._look())
            text = edit(layout)
            if text == layout.text:
                return
            held.note()
            with self._replacing() as temporary:
                self._write(temporary, [text.encode()], self._mode())
            self._swap(held, temporary)

    def _extend(self, held: Lock, file: BinaryIO, size: int, data: bytes) -> None:
        held.note(append=[size, len(data)])
        try:
            file.seek(size)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            os.ftruncate(file.fileno(), size)
            held.clear()
            raise LiveblogError(
                f"{self.path}: nothing was added: {error.strerror}", "make room and try again"
            ) from error
        held.clear()

    @contextmanager
    def _replacing(self) -> Iterator[Path]:
        """A name for the next version of the file, which is not left behind where it fails."""
        temporary = self._sibling("new")
        try:
            yield temporary
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise LiveblogError(
                f"{self.path}: nothing was changed: {error.strerror}", "make room and try again"
            ) from error

    def _swap(self, held: Lock, temporary: Path) -> None:
        mode = self._mode()
        with self._replacing():
            os.chmod(temporary, mode)
            os.replace(temporary, self.path)
        self._sync_folder()
        held.clear()

    def _mode(self) -> int:
        return self.path.stat().st_mode & 0o7777

    @contextmanager
    def _held(self) -> Iterator[Lock]:
        """The lock, with the file mended if its last writer did not finish."""
        if not self.path.exists():
            raise self._missing()
        with lock.held(self.path, self.timeout) as held:
            self._mend(held)
            yield held

    def _mend(self, held: Lock) -> None:
        with self._open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            at = _unfinished(held, size)
            file.seek(max(0, size - TAIL))
            if at is None and torn.surely_whole(file.read()):
                return
        if at is None:
            at = torn.torn_at(*self._look())
        if at is not None:
            self._cut(at, held)

    def _cut(self, at: int, held: Lock) -> None:
        """Move the torn bytes into a file beside the blog's; they are on disk there first."""
        data = self._bytes()
        kept = self._keep(data[at:])
        with self._open("r+b") as file:
            file.truncate(at)
            os.fsync(file.fileno())
        held.clear()
        line = data.count(b"\n", 0, at) + 1
        self.tell(
            f"{self.path}:{line}: the file ended inside an entry; "
            f"the {len(data) - at} torn bytes are now in {kept.name}"
        )

    def _keep(self, data: bytes) -> Path:
        number = 1
        while (kept := self.path.with_name(f"{self.path.name}.torn-{number}")).exists():
            number += 1
        self._write(kept, [data], 0o666)
        return kept

    def _without_tail(self, data: bytes, layout: Layout) -> Layout:
        """What can be read where a torn file can't be mended."""
        at = torn.torn_at(data, layout)
        if at is None:
            return self._strict(data, layout)
        line = data.count(b"\n", 0, at) + 1
        self.tell(f"{self.path}:{line}: the file ends inside an entry, which is left out")
        return blocks.scan(data[:at].decode("utf-8", "replace"))

    def _look(self) -> tuple[bytes, Layout]:
        data = self._bytes()
        return data, blocks.scan(data.decode("utf-8", "replace"))

    def _strict(self, data: bytes, layout: Layout) -> Layout:
        """The layout, if its text is all of the data."""
        if "\ufffd" in layout.text:
            self._text(data)
        return layout

    def _bytes(self) -> bytes:
        with self._open() as file:
            return file.read()

    def _open(self, mode: Literal["rb", "r+b"] = "rb") -> BinaryIO:
        try:
            return open(self.path, mode)
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        except IsADirectoryError:
            raise LiveblogError(f"{self.path} is a folder, not a blog file") from None
        except OSError as error:
            raise LiveblogError(f"{self.path} can't be opened: {error.strerror}") from error

    def _missing(self) -> NotFound:
        return NotFound(f"{self.path}: no such file", 'make one with: liveblog new "TITLE"')

    def _text(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise InvalidFile(
                [f"{self.path}:{line}: not UTF-8 (byte 0x{data[error.start]:02x})"]
            ) from error

    def _sibling(self, suffix: str) -> Path:
        return self.path.with_name(f".{self.path.name}.{suffix}")

    def _write(self, path: Path, data: Iterable[bytes], mode: int) -> None:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
        with open(fd, "wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(fd)

    def _sync_folder(self) -> None:
        if os.name == "posix":
            fd = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)


def _length(text: str) -> int:
    return len(text.encode())


def _unfinished(held: Lock, size: int) -> int | None:
    """Where an append began whose process died before all of it was written."""
    match held.noted().get("append"):
        case [int(start), int(length)] if start < size < start + length:
            return start
    return None
