"""How a blog ends, is opened again, and is followed by the next blog."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import cleaning
from liveblog_cli.model.values import Blog, Entry

_OWN_LINK = re.compile(r"(\]\(|^ {0,3}\[[^\]\n]+\]: *)#(?=[a-z])(?!lb:)", re.MULTILINE)
"""The beginning of a Markdown link to an entry of the same page."""


def close_blog(blog: Blog, moment: datetime, text: str = "") -> Blog:
    """The blog with its end at `moment`, and a closing text for readers.

    Raises:
        LiveblogError: the blog is closed already, `moment` is before its beginning, or the text
            has characters that no format can carry.
    """
    if blog.ended:
        raise LiveblogError(
            f"the blog is closed since {blog.ended.isoformat(' ')}", "go on with: liveblog reopen"
        )
    ended = moment.astimezone(ZoneInfo(blog.timezone)).replace(microsecond=0)
    if blog.started and ended < blog.started.replace(microsecond=0):
        raise LiveblogError(
            f"{ended.isoformat(' ')} is before the blog began ({blog.started.isoformat(' ')})"
        )
    return replace(blog, ended=ended, closing=cleaning.clean(text, "closing text").strip())


def describe_unpublished(blog: Blog, moment: datetime) -> str:
    """How many entries are unpublished at `moment`: "1 draft, 2 scheduled"; "" if there are none."""
    drafts = sum(e.status == "draft" for e in blog.entries)
    scheduled = sum(e.is_scheduled(moment) for e in blog.entries)
    counts = [f"{drafts} draft{'s' * (drafts > 1)}" if drafts else ""]
    counts.append(f"{scheduled} scheduled" if scheduled else "")
    return ", ".join(filter(None, counts))


def reopen_blog(blog: Blog) -> Blog:
    """The blog without its end and its closing text.

    Raises:
        LiveblogError: the blog is not closed.
    """
    if blog.ended is None:
        raise LiveblogError("the blog is not closed")
    return replace(blog, ended=None, closing="")


def link_successor(blog: Blog, moment: datetime, text: str, address: str) -> Blog:
    """The blog with a link to the next one, and closed at `moment` if it was not closed before."""
    if blog.ended is None:
        blog = close_blog(blog, moment, text)
    closing = cleaning.clean(text, "closing text").strip() or blog.closing
    return replace(blog, closing=closing, next=address or blog.next)


def make_successor(blog: Blog, moment: datetime, name: str, title: str, address: str) -> Blog:
    """The head of the next blog: a copy of this one's, with its own id, title and address, and a link back.

    `name` is the new blog's URN. An empty `title` is the old one.

    Raises:
        LiveblogError: `address` is no address or is this blog's own, or this blog has a next one already.
    """
    if blog.next:
        raise LiveblogError(
            f"the blog goes on at {blog.next} already", "take that back with: liveblog undo -"
        )
    if address and address.strip() == blog.url:
        raise LiveblogError(f"{blog.url} is the address of this blog", "the next needs its own")
    start = moment.astimezone(ZoneInfo(blog.timezone)).replace(microsecond=0)
    return replace(
        blog,
        id=name,
        title=cleaning.one_line(title, "title") or blog.title,
        summary=_complete_links(blog.summary, blog.url),
        notes=tuple(replace(n, text=_complete_links(n.text, blog.url)) for n in blog.notes),
        url=cleaning.address(address.strip(), "url"),
        started=start,
        ended=None,
        closing="",
        previous=blog.url,
        next="",
        history=(),
        entries=(),
    )


def carry_over(entries: Sequence[Entry], head: Blog) -> list[Entry]:
    """Copies of entries for the next blog: pinned, with its start as their time, and without a history.

    Each keeps its `ref`, so that its sender's next update finds it. Links to other entries of the old page
    still lead to the old page.
    """
    start = head.started
    assert start is not None
    return [
        replace(
            e,
            id="",
            time=start,
            body=_complete_links(e.body, head.previous),
            pinned=True,
            status=None,
            added=None,
            history=(),
        )
        for e in entries
    ]


def select_entries(blog: Blog, names: Sequence[str], now: datetime) -> list[Entry]:
    """The entries to carry over, oldest first: those that `names` lists by id; without names, the pinned ones.

    Raises:
        LiveblogError: a named entry is not public.
    """
    chosen = [e for e in reversed(blog.ordered()) if (e.id in names if names else e.pinned)]
    for entry in chosen if names else ():
        if not entry.is_public(now):
            raise LiveblogError(
                f"entry {entry.id} is not public", "only what readers see goes over"
            )
    return [e for e in chosen if e.is_public(now)]


def _complete_links(text: str, page: str) -> str:
    """A Markdown text in which links to entries of its own page begin with the address of that page."""
    return _OWN_LINK.sub(lambda found: f"{found[1]}{page}#", text) if page else text
