"""What commands share: their options, how they find the blog file, how they answer."""

from typing import Annotated, Literal

import typer

from liveblog_cli.errors import NotFound
from liveblog_cli.storage import lock
from liveblog_cli.workspace.blog_path import find_file


def complete_entry(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids with their headlines, newest first, for the shell."""
    from liveblog_cli.options.completion import entries

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
