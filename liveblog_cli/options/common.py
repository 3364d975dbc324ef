"""What commands share: the options that most of them have, one by one and in groups (see `groups`)."""

import sys
from typing import Annotated, Literal

import typer
from msgspec import Struct

from liveblog_cli.errors import NotFound
from liveblog_cli.preview.answers import tell_edit
from liveblog_cli.storage import lock
from liveblog_cli.storage.blogfile import BlogFile, EditEntry
from liveblog_cli.workspace.blog_path import find_file, open_blog_file


def complete_entry(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids with their headlines, newest first, for the shell."""
    from liveblog_cli.options.completion import list_entries

    try:
        file = find_file(ctx.params.get("file"))
    except NotFound:
        return []
    return list_entries(file, incomplete)


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
Color = Annotated[
    Literal["auto", "always", "never"], typer.Option("--color", help="When to use colour.")
]
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
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="As readers saw it then; 2h is 2 hours ago."),
]
LOCK_TIMEOUT = lock.DEFAULT_TIMEOUT
ON_A_TERMINAL = 20
"""How many entries a terminal gets unless -n says otherwise."""


class ReadOptions(Struct, frozen=True):
    """Options of a command that reads a blog: which file, and in what form to answer."""

    file: File = None
    json: Json = False

    def open_blog(self) -> BlogFile:
        """The blog file that is meant. Raises as `blog_path.open_blog_file` does."""
        return open_blog_file(self.file)


class ChangeOptions(Struct, frozen=True):
    """Options of a command that changes a blog: who changes which file, and in what form to answer."""

    by: By = None
    file: File = None
    lock_timeout: LockTimeout = LOCK_TIMEOUT
    json: Json = False

    def open_blog(self) -> BlogFile:
        """The blog file that is meant, with who changes it. Raises as `blog_path.open_blog_file` does."""
        return open_blog_file(self.file, self.by, self.lock_timeout)

    def edit_entry(self, name: str, edit: EditEntry, action: str, done: str) -> None:
        """Change one entry by `edit` and say so: `action` is for its history, `done` for the answer.

        Raises:
            NotFound: no such blog or entry, or several begin so.
        """
        blog_file = self.open_blog()
        old, new = blog_file.edit_entry(name, edit, blog_file.stamp(action))
        tell_edit(old, new, done, self.json)


class ScreenOptions(Struct, frozen=True):
    """Options of a command that draws on a terminal."""

    pager: Pager = False
    color: Color = "auto"

    def limit_entries(self, number: int | None) -> int:
        """How many entries to show, 0 for all: `number`, else what a terminal without a pager has room for."""
        if number is not None:
            return number
        return ON_A_TERMINAL if sys.stdout.isatty() and not self.pager else 0
