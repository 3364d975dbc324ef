"""The fields of an entry as options of `add-entry` and `edit`."""

from typing import Annotated, Any

import typer
from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import media_files
from liveblog_cli.model import inputs
from liveblog_cli.model.values import Blog, Entry, Status
from liveblog_cli.storage.blogfile import BlogFile, zone

Headline = Annotated[str | None, typer.Option("--headline", metavar="TEXT", help="The headline.")]
Body = Annotated[
    str | None,
    typer.Option(
        "-b", "--body", metavar="TEXT", help="The text, in Markdown; `-` reads it from stdin."
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="TIME", help="14:05, yesterday 14:05, -10m, or ISO 8601. [default: now]"
    ),
]
NewTime = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="A new time: 14:05, yesterday 14:05, -10m, …"),
]
Author = Annotated[
    list[str] | None,
    typer.Option("--author", metavar="NAME", help="The byline; may be given again."),
]
Tag = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="A tag; may be given again.")
]
Label = Annotated[
    str | None, typer.Option("--label", metavar="TEXT", help="A mark such as Analysis.")
]
Source = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar='"NAME <URL>"',
        help="Who says it; may be given again. (agency, unverified) may stand behind it.",
    ),
]
Note = Annotated[
    list[str] | None,
    typer.Option("--note", metavar="ID", help="A standing box that belongs to it."),
]
Image = Annotated[
    list[str] | None, typer.Option("--image", metavar="FILE", help="An image, or its address.")
]
Alt = Annotated[
    list[str] | None, typer.Option("--alt", metavar="TEXT", help="What the image shows.")
]
Caption = Annotated[
    list[str] | None, typer.Option("--caption", metavar="TEXT", help="The text below the image.")
]
Credit = Annotated[
    list[str] | None, typer.Option("--credit", metavar="TEXT", help="Who made the image.")
]

DraftFile = Annotated[
    str | None,
    typer.Option(
        "--draft-file",
        metavar="PATH",
        help="Go on with a draft that was kept: in the editor; without a terminal, as it is.",
    ),
]


def texts(headline: str | None, body: str | None) -> dict[str, str]:
    """Those of the two texts that were given, cleaned.

    Raises:
        LiveblogError: one holds a character that nothing may bring in.
    """
    new = {}
    if headline is not None:
        new["headline"] = inputs.one_line(headline, "headline")
    if body is not None:
        new["body"] = inputs.clean(body, "body")
    return new


class Given(Struct, kw_only=True):
    """What stood on the command line, as typed; None where nothing did."""

    at: str | None = None
    authors: list[str] | None = None
    tags: list[str] | None = None
    label: str | None = None
    sources: list[str] | None = None
    notes: list[str] | None = None
    images: list[str] | None = None
    alts: list[str] | None = None
    captions: list[str] | None = None
    credits: list[str] | None = None
    key: bool | None = None
    pinned: bool | None = None
    status: Status | None = None
    ref: str | None = None

    def entry(self, blog: Blog, blog_file: BlogFile, headline: str = "", body: str = "") -> Entry:
        """A new entry of what was given, at `now` if no time was.

        Raises:
            LiveblogError: something given can't be read; the message says what.
        """
        local = blog_file.now().astimezone(zone(blog)).replace(microsecond=0)
        entry = Entry(id="new", time=local).with_texts(**texts(headline, body))
        return replace(self.applied(entry, blog, blog_file), id="")

    def applied(self, entry: Entry, blog: Blog, blog_file: BlogFile) -> Entry:
        """`entry` with what was given in place of what it had; all else stays as it is.

        Raises:
            LiveblogError: something given can't be read; the message says what.
        """
        new: dict[str, Any] = {}
        if self.at is not None:
            from liveblog_cli.text.times import parse_time

            new["time"] = parse_time(self.at, blog_file.now(), zone(blog), blog.language)
        for name in ("authors", "tags"):
            given = getattr(self, name)
            if given is not None:
                new[name] = tuple(t for t in (inputs.one_line(i, name) for i in given) if t)
        for name in ("label", "ref"):
            if getattr(self, name) is not None:
                new[name] = inputs.one_line(getattr(self, name), name)
        if self.sources is not None:
            new["sources"] = tuple(inputs.source(s) for s in self.sources if s.strip())
        if self.notes is not None:
            boxes = blog_file.whole_head() if any(self.notes) else blog
            new["notes"] = inputs.known_notes([n for n in self.notes if n], boxes)
        if self.images is not None or self.alts or self.captions or self.credits:
            new["media"] = self._media(entry, blog_file)
        for name in ("key", "pinned", "status"):
            if getattr(self, name) is not None:
                new[name] = getattr(self, name)
        return replace(entry, **new)

    def _media(self, entry: Entry, blog_file: BlogFile) -> Any:
        texts = (self.alts or [], self.captions or [], self.credits or [])
        if self.images is not None or not entry.media:
            return media_files.media(self.images or [], *texts, blog_file.path.parent)
        media_files.require_images(len(entry.media), *texts)
        changes = [
            dict(zip(("alt", "caption", "credit"), row, strict=True)) for row in _rows(texts)
        ]
        changed = [
            replace(m, **{k: v for k, v in c.items() if v is not None})
            for m, c in zip(entry.media, changes, strict=False)
        ]
        return (*changed, *entry.media[len(changed) :])


def filled(entry: Entry, hint: str = "nothing was added") -> Entry:
    """The entry itself.

    Raises:
        LiveblogError: there is nothing to show in it; `hint` says what to do.
    """
    if entry.is_empty:
        raise LiveblogError("an entry needs a headline, a body or an image", hint)
    return entry


def _rows(texts: tuple[list[str], ...]) -> list[tuple[str | None, ...]]:
    from itertools import zip_longest

    return list(zip_longest(*texts))
