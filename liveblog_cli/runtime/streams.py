"""stdout and stderr: no character stops a line, and a line that nobody can get is known.

Text for people is shown in whatever encoding there is: a character that it lacks as its plain kin
(quotes, dashes, bullets), or as `\\u20ac`; a byte of a file's name that is no character as `\\xe9`.
JSON is JSON in every encoding: outside UTF-8 it is written in ASCII with `\\u` escapes (RFC 8259, 7).
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import select
import sys
from typing import Any

_KIN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\xa0\u2009\u202f", " "),
    **dict.fromkeys("\u2022\u25cf\u2605\u25b8\xb7", "*"),
    **dict.fromkeys("\u2588\u2589\u258a\u258b\u258c\u258d\u258e\u258f", "#"),
    "\u2026": "...",
    "\u2192": "->",
}
_ESCAPED_BYTES = range(0xDC80, 0xDD00)
"""How Python carries bytes of a file's name that are no characters (PEP 383)."""


class TextStream(io.TextIOWrapper):
    """A standard stream for text: nothing that is written to it steers a terminal, whoever wrote it."""

    def write(self, text: str) -> int:
        """As a file does it, but characters that steer a terminal are shown instead."""
        if text.replace("\n", "").replace("\t", "").isprintable():
            return super().write(text)
        from liveblog_cli.text.controls import make_harmless

        return super().write(make_harmless(text))


class _Drawn:
    """The same stream for who draws on it, with colours and without wrapping (Rich)."""

    def __init__(self, stream: TextStream) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return io.TextIOWrapper.write(self._stream, text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class OutputStream(io.FileIO):
    """A standard stream. What can't be written any more goes nowhere, and `lost` says why.

    With `strict` the first write that fails raises its error; later ones never do.
    """

    def __init__(self, number: int, strict: bool, lost: OSError | None = None) -> None:
        super().__init__(number, "w", closefd=False)
        self.lost: OSError | None = None
        self._strict = strict
        self._closed_before = lost

    def write(self, data: Any) -> int:
        """As a file does it.

        Raises:
            OSError: it is the first that fails, and the stream is `strict`.
        """
        if self.lost:
            return len(data)
        try:
            if self._closed_before:
                raise self._closed_before
            while (
                written := super().write(data)
            ) is None:  # a pipe that somebody made non-blocking
                select.select([], [self], [])
            return written
        except OSError as error:
            self.lost = error
            if self._strict:
                raise
            return len(data)


def install() -> None:
    """Replace stdout and stderr by streams of this module, for the whole process."""
    codecs.register_error("liveblog", _show_unencodable)
    if sys.stdin is None:
        sys.stdin = os.fdopen(_occupy(0), encoding="utf-8", closefd=False)
    sys.stdout = _make_outlet(sys.stdout, 1)
    sys.stderr = _make_outlet(sys.stderr, 2)


def open_for_drawing(stream: Any) -> Any:
    """The same stream for drawing: it lets terminal codes through, so the drawer must clean all texts first."""
    return _Drawn(stream) if isinstance(stream, TextStream) else stream


def find_loss(stream: Any) -> OSError | None:
    """The error after which a stream took no more; None if there was none."""
    outlet = getattr(getattr(stream, "buffer", None), "raw", None)
    return outlet.lost if isinstance(outlet, OutputStream) else None


def drop(stream: Any) -> None:
    """Throw away what was not written yet: its reader may hang."""
    outlet = getattr(getattr(stream, "buffer", None), "raw", None)
    if isinstance(outlet, OutputStream) and not outlet.lost:
        outlet.lost = OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))


def _make_outlet(stream: Any, number: int) -> Any:
    if stream is None:
        closed = OSError(errno.EBADF, os.strerror(errno.EBADF))
        outlet = OutputStream(_occupy(number), strict=number == 1, lost=closed)
        return TextStream(io.BufferedWriter(outlet), "utf-8", "liveblog")
    if os.name == "nt" and stream.isatty():  # the console is no file of bytes there
        stream.reconfigure(errors="liveblog")
        return stream
    return TextStream(
        io.BufferedWriter(OutputStream(number, strict=number == 1)),
        _choose_encoding(stream.encoding),
        "liveblog",
        line_buffering=stream.line_buffering or stream.write_through,
    )


def _choose_encoding(encoding: str) -> str:
    """An encoding, or ASCII in the place of one that lacks a sign of ASCII or has no way to show others.

    So are cp864 (no per cent sign), and idna and undefined, which are no encodings of text.
    """
    if encoding.lower() == "utf-8":
        return encoding
    try:
        "".join(map(chr, range(128))).encode(encoding)
        "\ufffd".encode(encoding, "liveblog")
    except UnicodeError:
        return "ascii"
    return encoding


def _occupy(number: int) -> int:
    """Open the null device at the number of a stream that the caller closed (`>&-`), so that no file of ours gets it."""
    found = os.open(os.devnull, os.O_RDWR)
    os.set_inheritable(found, True)
    return found if found == number else os.dup2(found, number)


def _show_unencodable(error: UnicodeError) -> tuple[str, int]:
    """The error handler of both streams."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join([_find_kin(c) for c in error.object[error.start : error.end]]), error.end


def _find_kin(character: str) -> str:
    return _KIN.get(character) or _escape(character)


def _escape(character: str) -> str:
    if ord(character) in _ESCAPED_BYTES:
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("ascii", "backslashreplace").decode()


def format_json(document: Any, indent: int = 0) -> str:
    """A document as JSON that any reader takes: a byte that is no character is shown as `\\xe9`."""
    import msgspec

    try:
        data = msgspec.json.encode(document)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_make_plain(msgspec.to_builtins(document)))
    return (msgspec.json.format(data, indent=indent) if indent else data).decode()


def escape_surrogates(text: str) -> str:
    """A text with bytes that are no characters shown as `\\xe9`."""
    if text.isprintable():  # as nearly every text: the pattern is compiled for others only
        return text
    return re.sub("[\ud800-\udfff]", lambda found: _escape(found[0]), text)


def _make_plain(value: Any) -> Any:
    if isinstance(value, str):
        return escape_surrogates(value)
    if isinstance(value, dict):
        return {_make_plain(k): _make_plain(v) for k, v in value.items()}
    return [_make_plain(v) for v in value] if isinstance(value, list) else value


def write_json(text: str) -> None:
    """JSON on stdout, in ASCII where stdout is not UTF-8. What steers a terminal is escaped."""
    if not text.isascii() or "\x7f" in text:
        from liveblog_cli.text.controls import make_json_harmless

        text = make_json_harmless(text)
    if not text.isascii() and codecs.lookup(sys.stdout.encoding or "utf-8").name != "utf-8":
        text = re.sub("[^\0-\x7f]", lambda found: _escape_for_json(found[0]), text)
    sys.stdout.write(text)


def _escape_for_json(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join([f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2)])
