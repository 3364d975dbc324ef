"""A blog's day: its end, going on after all, and the blog that follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import inputs
from liveblog_cli.model.values import Blog, Entry

_OWN_LINK = re.compile(r"(\]\(|^ {0,3}\[[^\]\n]+\]: *)#(?=[a-z])(?!lb:)", re.MULTILINE)
"""The beginning of a Markdown link to an entry of the same page."""


def closed(blog: Blog, moment: datetime, text: str = "") -> Blog:
    """The blog ended at `moment`, with a closing text for readers.

    Raises:
        LiveblogError: it is closed already, the moment lies before the blog's beginning, or the
            text holds what no format can carry.
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
    return replace(blog, ended=ended, closing=inputs.clean(text, "closing text").strip())


def waiting(blog: Blog, moment: datetime) -> str:
    """What readers have not seen when a blog ends at `moment`: "1 draft, 2 scheduled", or nothing."""
    drafts = sum(e.status == "draft" for e in blog.entries)
    scheduled = sum(e.is_scheduled(moment) for e in blog.entries)
    told = [f"{drafts} draft{'s' * (drafts > 1)}" if drafts else "", f"{scheduled} scheduled"]
    return ", ".join(t for t in told if t and not t.startswith("0"))


def reopened(blog: Blog) -> Blog:
    """The blog going on, without its closing text.

    Raises:
        LiveblogError: it is not closed.
    """
    if blog.ended is None:
        raise LiveblogError("the blog is not closed")
    return replace(blog, ended=None, closing="")


def succeeded(blog: Blog, moment: datetime, text: str, address: str) -> Blog:
    """The blog closed, if it is not yet, with a link to the next one."""
    if blog.ended is None:
        blog = closed(blog, moment, text)
    closing = inputs.clean(text, "closing text").strip() or blog.closing
    return replace(blog, closing=closing, next=address or blog.next)


def successor(blog: Blog, moment: datetime, name: str, title: str, address: str) -> Blog:
    """The next blog's head: the same but for what is its own, with a link back. `name` is its URN.

    Raises:
        LiveblogError: the address is none, or this blog's own, or the blog has a next one.
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
        title=inputs.one_line(title, "title") or blog.title,
        summary=_linked(blog.summary, blog.url),
        notes=tuple(replace(n, text=_linked(n.text, blog.url)) for n in blog.notes),
        url=inputs.address(address.strip(), "url"),
        started=start,
        ended=None,
        closing="",
        previous=blog.url,
        next="",
        history=(),
        entries=(),
    )


def carried(entries: Sequence[Entry], head: Blog) -> list[Entry]:
    """Entries as the next blog begins with them: pinned, timed at its start, without a history.

    Each keeps its sender's ref, so that a wire's next update finds it. What they linked to on their
    page stays there.
    """
    start = head.started
    assert start is not None
    return [
        replace(
            e,
            id="",
            time=start,
            body=_linked(e.body, head.previous),
            pinned=True,
            status=None,
            added=None,
            history=(),
        )
        for e in entries
    ]


def kept(blog: Blog, names: Sequence[str], now: datetime) -> list[Entry]:
    """The entries that go over: those named by id, else all that are pinned; oldest first.

    Raises:
        LiveblogError: one that is named is not public.
    """
    chosen = [e for e in reversed(blog.ordered()) if (e.id in names if names else e.pinned)]
    for entry in chosen if names else ():
        if not entry.is_public(now):
            raise LiveblogError(
                f"entry {entry.id} is not public", "only what readers see goes over"
            )
    return [e for e in chosen if e.is_public(now)]


def _linked(text: str, page: str) -> str:
    """A Markdown text whose links to entries of `page` work from elsewhere."""
    return _OWN_LINK.sub(lambda found: f"{found[1]}{page}#", text) if page else text
