"""`liveblog show`: the page, or one entry, as a reader would meet it."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from liveblog_cli.errors import NotFound
from liveblog_cli.model.filters import Filter, keep_matching, parse_filter
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.options import filters as only
from liveblog_cli.options.common import Color, ColorOption, File, Json, Pager, complete_entry
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import BlogFile, zone
from liveblog_cli.workspace.blog_path import open_file

if TYPE_CHECKING:
    from liveblog_cli.preview.parts import Part

ON_A_TERMINAL = 20
"""How many entries of the page a terminal gets unless -n says otherwise."""

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="As readers saw it then; 2h is 2 hours ago."),
]


def show(
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTRY]", help="One entry; else the page.", autocompletion=complete_entry
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--number",
            min=0,
            help="The newest N and the pinned; 0 for all. [default: 20 on a terminal]",
        ),
    ] = None,
    as_of: AsOf = None,
    tag: only.Tag = None,
    author: only.Author = None,
    since: only.Since = None,
    grep: only.Grep = None,
    ignore_case: only.IgnoreCase = False,
    status: only.Status = None,
    pager: Pager = False,
    color: ColorOption = "auto",
    file: File = None,
    json: Json = False,
) -> None:
    """Show the page as readers would meet it, or one entry, whatever its status."""
    blog_file = open_file(file)
    blog, problems = blog_file.load()
    now = blog_file.now()
    if as_of is not None:
        blog, now = _as_of(blog, as_of, now)
    wanted = parse_filter(
        blog,
        now,
        tags=tag,
        authors=author,
        since=since,
        grep=grep,
        ignore_case=ignore_case,
        statuses=status,
    )
    whole, blog = blog, keep_matching(blog, wanted)
    if status and entry is None:
        blog, now = _as_if_published(blog, now)
    if entry is not None:
        _show_entry(blog_file, blog, entry, now, color, pager, json)
    elif json:
        from liveblog_cli.storage.codec import plain_fields

        shown = [plain_fields(e) for e in blog.ordered() if e.is_public(now)]
        answer_json({**plain_fields(blog), "entries": shown[: number or None]})
    else:
        if number is None:
            number = ON_A_TERMINAL if sys.stdout.isatty() and not pager else 0
        _show_page(blog, number, now, color, pager)
    if entry is None and not any(e.is_public(now) for e in blog.entries):
        _explain(whole, wanted)
    if problems:
        raise blog_file.invalid(problems)


def _explain(blog: Blog, wanted: Filter) -> None:
    """Say why a filter leaves an empty page. That of a blog without entries says so itself."""
    from liveblog_cli.model.inventory import explain_none

    shown = [e for e in blog.entries if wanted.statuses or e.is_public(wanted.now)]
    if shown:
        warn(explain_none(shown, wanted, zone(blog)))


def _as_of(blog: Blog, text: str, now: datetime) -> tuple[Blog, datetime]:
    from liveblog_cli.model.history import rewind_blog
    from liveblog_cli.text.times import parse_since

    moment = parse_since(text, now, zone(blog), blog.language)
    return rewind_blog(blog, moment), moment


def _as_if_published(blog: Blog, now: datetime) -> tuple[Blog, datetime]:
    """The entries that were asked for by status, as readers would meet them."""
    from msgspec.structs import replace

    entries = tuple(replace(e, status=None) for e in blog.entries)
    return replace(blog, entries=entries), max([now, *[e.time for e in entries]])


def _show_page(blog: Blog, number: int, now: datetime, color: Color, pager: bool) -> None:
    from liveblog_cli.edition.edition import make_edition
    from liveblog_cli.preview import parts

    whole = make_edition(blog, now)
    _out(parts.page(whole, number), color, pager)
    if 0 < number < len(whole.unpinned):
        shown = len(whole.pinned) + number
        sys.stderr.write(f"{shown} of {len(whole.items)} entries; all with: show -n 0\n")


def _show_entry(
    blog_file: BlogFile, blog: Blog, name: str, now: datetime, color: Color, pager: bool, json: bool
) -> None:
    """One entry; a draft or a retracted one as it would look, with its status."""
    wanted = blog_file.entry(name).id
    found = next((e for e in blog.entries if e.id == wanted), None)
    if found is None:
        raise NotFound(f"entry {wanted} was not there then")
    if json:
        from liveblog_cli.storage.codec import plain_fields

        answer_json(plain_fields(found))
        return
    _out(_entry_parts(blog, found, now), color, pager)


def _entry_parts(blog: Blog, entry: Entry, now: datetime) -> "Iterator[Part]":
    from msgspec.structs import replace

    from liveblog_cli.edition.edition import make_edition
    from liveblog_cli.edition.voice import voice_of
    from liveblog_cli.model.filters import status_at
    from liveblog_cli.preview import parts

    alone = replace(blog, entries=(replace(entry, status=None),))
    shown = make_edition(alone, max(now, entry.time))
    yield from parts.entry(shown.items[0], voice_of(shown), now)
    standing = status_at(entry, now)
    count = len(entry.history)
    changes = f", changed {count} times" if count > 1 else ", changed once" if count else ""
    yield parts.Part("stand", f"{standing}{changes}")


def _out(shown: "Iterator[Part]", color: Color, pager: bool) -> None:
    from liveblog_cli.preview.parts import plain

    if not (sys.stdout.isatty() or color == "always"):
        for line in plain(shown):
            sys.stdout.write(f"{line}\n")
        return
    from liveblog_cli.preview.console import output
    from liveblog_cli.preview.paint import paint

    with output(color, pager) as screen:
        paint(shown, screen)
