"""The fields of a blog's head as options of `new` and `set`."""

from typing import Annotated, Any

import typer
from msgspec import Struct

from liveblog_cli.ingest import stdin

Summary = Annotated[
    str | None,
    typer.Option(
        "--summary", metavar="TEXT", help="The teaser, in Markdown; `-` reads it from stdin."
    ),
]
Kicker = Annotated[
    str | None, typer.Option("--kicker", metavar="TEXT", help="The line above the title.")
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="TAG", help="BCP 47, e.g. de or pt-BR. [new blogs: that of $LANG]"
    ),
]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone", metavar="ZONE", help="IANA, e.g. Europe/Berlin. [new blogs: this machine's]"
    ),
]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the page will stand.")]
Author = Annotated[
    list[str] | None,
    typer.Option("--author", metavar="NAME", help="The default byline; may be given again."),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar='"NAME <URL>"', help="Who publishes it.")
]
Logo = Annotated[str | None, typer.Option("--logo", metavar="URL", help="The publisher's logo.")]
Account = Annotated[
    str | None, typer.Option("--account", metavar="@NAME", help="The publisher's account on X.")
]


class HeadOptions(Struct, frozen=True):
    """Fields of the head as typed; None where nothing was given."""

    summary: Summary = None
    kicker: Kicker = None
    language: Language = None
    timezone: Timezone = None
    url: Url = None
    author: Author = None
    publisher: PublisherOption = None
    logo: Logo = None
    account: Account = None

    def read(self) -> dict[str, Any]:
        """What was given by the names that `ingest.head` knows; a summary of `-` is read from stdin."""
        return {
            "summary": self.summary and stdin.text_or_stdin(self.summary, "summary"),
            "kicker": self.kicker,
            "language": self.language,
            "timezone": self.timezone,
            "url": self.url,
            "authors": self.author,
            "publisher": self.publisher,
            "logo": self.logo,
            "account": self.account,
        }
