"""A page or an entry as a row of parts, top to bottom, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from liveblog_cli.dates import Dates
from liveblog_cli.edition import Edition, Item, Picture
from liveblog_cli.model import Source
from liveblog_cli.words import Words


class Part(NamedTuple):
    """One thing to draw: what it is, and its text. `body` and `summary` are Markdown."""

    kind: str
    text: str


def page(edition: Edition, words: Words, dates: Dates) -> Iterator[Part]:
    """The whole page: head, key events, pinned entries, then the others, newest first."""
    if edition.kicker:
        yield Part("kicker", edition.kicker)
    yield Part("title", edition.title)
    yield Part("stand", words.stand(dates.moment(edition.updated)))
    if edition.summary:
        yield Part("summary", edition.summary)
    if edition.ended:
        yield Part("ended", words["ended"])
    if edition.closing:
        yield Part("summary", edition.closing)
    if edition.key_events:
        yield Part("section", words["key_events"])
        for item in edition.key_events:
            yield Part("point", f"{dates.clock(item.time)}  {item.title}")
    for item in (*edition.pinned, *edition.unpinned):
        yield from entry(item, words, dates)
