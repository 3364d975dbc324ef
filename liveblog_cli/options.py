"""What commands share: their options, how they find the blog file, how they answer."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from liveblog_cli import here, lock, outlets, user
from liveblog_cli.blogfile import BlogFile, EditEntry
from liveblog_cli.errors import LiveblogError, NotFound, WrongUsage
from liveblog_cli.model import Change, Entry

FILE_NAME = "liveblog.toml"


def complete_entry(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids with their headlines, newest first, for the shell."""
    from liveblog_cli.completion import entries

    try:
        file = find_file(ctx.params.get("file"))
    except NotFound:
        return []
    return entries(file, incomplete)


File = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--file",
        metavar="FILE",
        help="The blog file. [default: $LIVEBLOG_FILE, or liveblog.toml here or above]",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Who makes the change. [default: $LIVEBLOG_AUTHOR, the configuration, or the login name]",
    ),
]
LockTimeout = Annotated[
    float,
    typer.Option("--lock-timeout", metavar="SECONDS", help="How long to wait for other writers."),
]
EntryName = Annotated[
    str,
    typer.Argument(
        metavar="ENTRY",
        help="An id, the beginning of one, `last`, or ref:KEY.",
        autocompletion=complete_entry,
    ),
]
Color = Literal["auto", "always", "never"]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.")]
Pager = Annotated[bool, typer.Option("--pager", help="Show it in a pager.")]
AnyEntry = Annotated[
    str | None,
    typer.Argument(
        metavar="[ENTRY]",
        help="An id, the beginning of one, `last`, ref:KEY, or - for the blog's own fields. "
        "[default: everything]",
        autocompletion=complete_entry,
    ),
]
LOCK_TIMEOUT = lock.DEFAULT_TIMEOUT


def find_file(file: str | None) -> Path:
    """The blog file that a command means.

    Raises:
        NotFound: there is none, or a folder on the way up can't be looked into: a blog there must
            not be passed over for one above it.
        LiveblogError: what the command says would go into it.
    """
    path = _found(file)
    if _goes_to(2, path):
        outlets.drop(sys.stderr)  # the refusal would else be what breaks the file
    if _goes_to(1, path):
        raise LiveblogError(
            f"{path} is the blog, and the answer would go into it",
            "nothing was done; direct it to another file",
        )
    return path


def _goes_to(number: int, path: Path) -> bool:
    """Whether what is written to a standard stream goes into a file."""
    try:
        return os.path.samestat(os.fstat(number), os.stat(path))
    except OSError:
        return False


def _found(file: str | None) -> Path:
    if named := named_file(file):
        return Path(named)
    start = here.folder()
    for folder in (start, *start.parents):
        try:
            if (folder / FILE_NAME).is_file():
                return folder / FILE_NAME
        except PermissionError as error:
            raise NotFound(
                f"{folder} can't be searched for {FILE_NAME}: {error.strerror}", "name one with -f"
            ) from error
    raise NotFound(
        f"no {FILE_NAME} in {start} or above",
        'make one with: liveblog new "TITLE", or name one with -f',
    )


def named_file(file: str | None) -> str:
    """The file that `-f` or `LIVEBLOG_FILE` names; empty where none does.

    Raises:
        WrongUsage: `-f` is given and empty, as by a script whose variable is not set.
    """
    if file == "":
        raise WrongUsage("-f names no file: its value is empty", "is a variable not set?")
    return file or os.environ.get("LIVEBLOG_FILE") or ""


def open_file(
    file: str | None, by: str | None = None, lock_timeout: float = LOCK_TIMEOUT
) -> BlogFile:
    """The blog file that a command means, with who changes it and the hooks that run afterwards.

    Raises:
        NotFound: there is none.
        WrongUsage: no time to wait is less than none.
    """
    if not lock_timeout >= 0:  # nan is not either, and would be waited for without an end
        raise WrongUsage(f"--lock-timeout takes seconds, not {lock_timeout:g}")
    path = find_file(file)
    return BlogFile(
        path, by=_name(by), lock_timeout=lock_timeout, tell=warn, after=user.Following(warn)
    )


def _name(by: str | None) -> str | Callable[[], str]:
    """Who makes a change: looked up when one is made, for who only reads needs no configuration.

    Raises:
        LiveblogError: the name that is given is no text.
    """
    from liveblog_cli import inputs

    return inputs.one_line(by, "--by") if by else lambda: user.name(warn)


def say(text: str) -> None:
    """One line for whoever called, on stdout. Terminal escapes in it are shown, not obeyed."""
    sys.stdout.write(_printable(text) + "\n")


def warn(text: str) -> None:
    """One line on stderr, as `say` writes it."""
    sys.stderr.write(_printable(text) + "\n")


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    from liveblog_cli.steering import printable

    return printable(text)


def answer_json(document: Any) -> None:
    """One JSON document on stdout."""
    from liveblog_cli import outlets

    outlets.write_json(outlets.json_text(document, indent=2) + "\n")


def change_entry(
    blog_file: BlogFile, name: str, edit: EditEntry, stamp: Change, done: str, as_json: bool
) -> Entry:
    """Change one entry and say so; say it too where it was so already."""
    before: list[Entry] = []

    def noted(old: Entry) -> Entry:
        before[:] = [old]
        return edit(old)

    entry = blog_file.change(name, noted, stamp)
    moved = entry != before[0]
    tell_change(blog_file, entry, done if moved else f"unchanged, {done} already", as_json)
    return entry


def tell_change(
    blog_file: BlogFile, entry: Entry, action: str, as_json: bool, note: str = ""
) -> None:
    """Say back what was done: id, absolute time with its zone, headline; a note on why, if any."""
    if as_json:
        from liveblog_cli.codec import plain_fields

        answer_json({"action": action, **({"note": note} if note else {}), **plain_fields(entry)})
        return
    action = f"{action} ({note})" if note else action
    title = " ".join((entry.headline or entry.body).split())
    title = title if len(title) <= 60 else f"{title[:59]}…"
    say(f"{entry.id}  {said_time(entry.time)}  {action}{': ' if title else ''}{title}")


def said_time(moment: datetime) -> str:
    """`2024-11-12 02:18:00 +01:00`."""
    return (
        f"{moment:%Y-%m-%d %H:%M:%S %:z}"
        if sys.version_info >= (3, 12)
        else f"{moment:%Y-%m-%d %H:%M:%S} {moment.isoformat()[-6:]}"
    )
