"""The options that pick entries, shared by `list`, `show` and `export`."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

from liveblog_cli.model.values import Blog

if TYPE_CHECKING:
    from liveblog_cli.model.filters import Filter

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


class FilterOptions(Struct, frozen=True):
    """Which entries are meant, as typed. What is not given lets all of them pass."""

    grep: Grep = None
    ignore_case: IgnoreCase = False
    tag: Tag = None
    author: Author = None
    source: Source = None
    label: Label = None
    since: Since = None
    until: Until = None
    status: Status = None
    key: Key = False
    pinned: Pinned = False

    def list_words(self) -> dict[str, Any]:
        """The words by the names of `parse_filter`, which reads them."""
        return {
            "grep": self.grep,
            "ignore_case": self.ignore_case,
            "tags": self.tag,
            "authors": self.author,
            "sources": self.source,
            "labels": self.label,
            "statuses": self.status,
            "since": self.since,
            "until": self.until,
            "key": self.key or None,
            "pinned": self.pinned or None,
        }

    def parse(self, blog: Blog, now: datetime) -> "Filter":
        """The filter that is meant. Raises as `parse_filter` does."""
        from liveblog_cli.model.filters import parse_filter

        return parse_filter(blog, now, **self.list_words())
