"""The options that pick entries, shared by `list`, `show` and `export`; `filters.asked` reads them."""

from typing import Annotated

import typer

Grep = Annotated[
    str | None,
    typer.Option("--grep", metavar="REGEX", help="Only entries with text that matches."),
]
IgnoreCase = Annotated[
    bool, typer.Option("-i", "--ignore-case", help="Let --grep ignore upper and lower case.")
]
Tag = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Only with this tag; of several, any."),
]
Author = Annotated[
    list[str] | None,
    typer.Option("--author", metavar="NAME", help="Only by this author; of several, any."),
]
Source = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only citing a source that begins so."),
]
Label = Annotated[
    list[str] | None, typer.Option("--label", metavar="TEXT", help="Only with this label.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="TIME", help="Only from this time on; 8h is 8 hours ago."),
]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help="Only up to this time.")]
Status = Annotated[
    list[str] | None,
    typer.Option(
        "--status", metavar="STATUS", help="Only published, draft, scheduled or retracted ones."
    ),
]
Key = Annotated[bool, typer.Option("--key", help="Only key events.")]
Pinned = Annotated[bool, typer.Option("--pinned", help="Only pinned ones.")]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="newest, oldest, added, changed or headline. [default: newest]",
    ),
]
