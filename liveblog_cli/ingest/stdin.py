"""Text that comes in through stdin: all of it, where `-` stands for a text or a pipe brings one."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from liveblog_cli.errors import LiveblogError, WrongUsage


def commit_message(text: str) -> tuple[str, str]:
    """Headline and body as in a commit message: first line, blank line, rest.

    Text whose second line is not blank, or that begins with a blank line, is all body.
    """
    text = text.replace("\r\n", "\n")
    first, _, rest = text.partition("\n")
    if rest.strip() and not rest.startswith("\n") and rest.split("\n", 1)[0].strip():
        return "", text
    return first, rest.lstrip("\n")


def refuse_lone_dash(words: Sequence[str], body: str | None) -> None:
    """See to it that `-` alone reads stdin, and that it does so once.

    Raises:
        WrongUsage: words stand behind it, or the body is given too.
    """
    if words[:1] != ["-"]:
        return
    if len(words) > 1:
        raise WrongUsage(
            "`-` reads the text from stdin and stands alone, but words follow",
            f"as text: in quotes with the words behind it: '- {words[1]} …'",
        )
    if body is not None:
        raise WrongUsage("`-` reads the body from stdin: leave out --body")


def text_or_stdin(text: str, what: str) -> str:
    """`text`; where that is `-`, all of stdin, as long texts are handed over by scripts.

    Raises:
        LiveblogError: stdin is empty (whatever was to fill it failed), or not UTF-8.
    """
    if text != "-":
        return text
    found = from_stdin()
    if not found.strip():
        raise LiveblogError(f"stdin is empty, and so would be the {what}", "nothing was changed")
    return found


def from_stdin() -> str:
    """All of stdin as text. On a terminal it says that it waits.

    Raises:
        LiveblogError: it is not UTF-8, or can't be read.
    """
    if sys.stdin.isatty():
        sys.stderr.write("type the text; Ctrl-D on a line of its own ends it\n")
    try:
        return _all_of_stdin().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LiveblogError(
            f"stdin is not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}",
            "nothing was written",
        ) from None
    except OSError as error:  # opened for writing only, or a terminal that went away
        raise LiveblogError(
            f"stdin can't be read: {error.strerror or error}", "nothing was changed"
        ) from error


def _all_of_stdin() -> bytes:
    """To its end. A pipe that somebody made non-blocking gives None where it has nothing yet."""
    if sys.stdin.isatty():
        return (
            sys.stdin.buffer.read()
        )  # one Ctrl-D is the end, and the next read would want another
    chunks = []
    while (chunk := sys.stdin.buffer.read(1 << 20)) != b"":
        if chunk is None:
            import select

            select.select([sys.stdin], [], [])
        else:
            chunks.append(chunk)
    return b"".join(chunks)
