"""The subject of checks: a blog at a moment, with its Markdown texts, links and images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from liveblog_cli.model.values import Blog, Entry, Media

if TYPE_CHECKING:
    from markdown_it.token import Token


class Subject(NamedTuple):
    """A blog at a moment, for checks. `unfit` maps image files that can't be shown to the reason."""

    blog: Blog
    now: datetime
    unfit: Mapping[str, str] = {}

    @property
    def live(self) -> list[Entry]:
        """Entries that readers see or may see later, in the order of the file."""
        return [e for e in self.blog.entries if e.status != "retracted"]


class Fault(NamedTuple):
    """A fault in a field of an entry, or of the head if `entry` is empty.

    Of several tables with the same name in the head, `number` says which one is meant, from 0.
    """

    entry: str
    field: str
    message: str
    number: int = 0


def list_images(subject: Subject) -> Iterator[tuple[Entry, Media]]:
    """The images of live entries, each with its entry. Links to videos and posts are left out."""
    from liveblog_cli.edition.from_blog import make_plain_picture

    for entry in subject.live:
        for medium in entry.media:
            if make_plain_picture(medium).is_image:
                yield entry, medium


def list_markdown_texts(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """All Markdown texts, each as the id of its entry (empty for the head), its field, and the text."""
    blog = subject.blog
    yield "", "summary", blog.summary
    yield "", "closing", blog.closing
    yield from (("", "notes", n.text) for n in blog.notes)
    yield from ((e.id, "body", e.body) for e in subject.live)


def list_links(text: str) -> Iterator[str]:
    """The addresses of the links in a Markdown text."""
    if "](" in text or "<http" in text or "]:" in text:
        yield from (str(t.attrGet("href")) for t in _list_tokens(text) if t.type == "link_open")


def list_inline_images(text: str) -> Iterator[tuple[str, str]]:
    """The images in a Markdown text, each as its address and its alternative text."""
    if "![" in text:
        yield from (
            (str(t.attrGet("src")), t.content) for t in _list_tokens(text) if t.type == "image"
        )


def _list_tokens(text: str) -> Iterator[Token]:
    from liveblog_cli.text.markdown import get_parser

    for block in get_parser().parse(text):
        yield from block.children or ()
