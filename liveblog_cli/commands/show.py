"""`liveblog show`: the page, or one entry, as a reader would meet it."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from liveblog_cli.errors import NotFound
from liveblog_cli.model.filters import Filter, keep_matching
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.options.common import AsOf, ReadOptions, ScreenOptions, complete_entry
from liveblog_cli.options.filters import FilterOptions
from liveblog_cli.options.groups import Only, spread_options
from liveblog_cli.preview.answers import answer_json, answer_record
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import zone

if TYPE_CHECKING:
    from liveblog_cli.preview.parts import Part


class PageOptions(Struct, frozen=True):
    """How much of the page, and of which moment."""

    number: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--number",
            min=0,
            help="The newest N and the pinned; 0 for all. [default: 20 on a terminal]",
        ),
    ] = None
    as_of: AsOf = None


@spread_options
def show(
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTRY]", help="One entry; else the page.", autocompletion=complete_entry
        ),
    ] = None,
    *,
    page: PageOptions,
    filters: Annotated[
        FilterOptions, Only("tag", "author", "since", "grep", "ignore_case", "status")
    ],
    screen: ScreenOptions,
    run: ReadOptions,
) -> None:
    """Show the page as readers would meet it, or one entry, whatever its status."""
    blog_file = run.open_blog()
    blog, problems = blog_file.load()
    blog, now = _rewind(blog, page.as_of, blog_file.now())
    wanted = filters.parse(blog, now)
    if entry is None:
        _show_page(blog, wanted, page.number, screen, run.json)
    else:
        found = _find_entry(keep_matching(blog, wanted), blog_file.entry(entry).id)
        _show_entry(blog, found, now, screen, run.json)
    if problems:
        raise blog_file.invalid(problems)


def _rewind(blog: Blog, as_of: str | None, now: datetime) -> tuple[Blog, datetime]:
    """The blog as it was at the moment that `as_of` names, if it names one, and that moment; else now."""
    if as_of is None:
        return blog, now
    from liveblog_cli.model.history import rewind_blog
    from liveblog_cli.text.times import parse_since

    moment = parse_since(as_of, blog.time_context(now))
    return rewind_blog(blog, moment), moment


def _show_page(
    blog: Blog, wanted: Filter, number: int | None, screen: ScreenOptions, as_json: bool
) -> None:
    """The page of the entries that are wanted; those asked for by their status as if they were published."""
    shown, now = keep_matching(blog, wanted), wanted.now
    if wanted.statuses:
        shown, now = _publish_all(shown, now)
    if as_json:
        _answer_page(shown, now, number or None)
    else:
        _draw_page(shown, now, screen.limit_entries(number), screen)
    if not any(e.is_public(now) for e in shown.entries):
        _explain(blog, wanted)


def _publish_all(blog: Blog, now: datetime) -> tuple[Blog, datetime]:
    """The blog with all of its entries published, and a moment at which readers see them."""
    from msgspec.structs import replace

    entries = tuple(replace(e, status=None) for e in blog.entries)
    return replace(blog, entries=entries), max([now, *[e.time for e in entries]])


def _answer_page(blog: Blog, now: datetime, most: int | None) -> None:
    from liveblog_cli.storage.codec import plain_fields

    shown = [plain_fields(e) for e in blog.ordered() if e.is_public(now)]
    answer_json({**plain_fields(blog), "entries": shown[:most]})


def _draw_page(blog: Blog, now: datetime, number: int, screen: ScreenOptions) -> None:
    from liveblog_cli.edition.from_blog import make_edition
    from liveblog_cli.preview import parts

    whole = make_edition(blog, now)
    _draw(parts.list_page_parts(whole, number), screen)
    if 0 < number < len(whole.unpinned):
        shown = len(whole.pinned) + number
        sys.stderr.write(f"{shown} of {len(whole.items)} entries; all with: show -n 0\n")


def _explain(blog: Blog, wanted: Filter) -> None:
    """Say why a filter leaves an empty page. That of a blog without entries says so itself."""
    from liveblog_cli.model.inventory import explain_none

    shown = [e for e in blog.entries if wanted.statuses or e.is_public(wanted.now)]
    if shown:
        warn(explain_none(shown, wanted, zone(blog)))


def _find_entry(blog: Blog, entry_id: str) -> Entry:
    found = next((e for e in blog.entries if e.id == entry_id), None)
    if found is None:
        raise NotFound(f"entry {entry_id} was not there then")
    return found


def _show_entry(
    blog: Blog, entry: Entry, now: datetime, screen: ScreenOptions, as_json: bool
) -> None:
    """One entry; a draft or a retracted one as it would look, with its status."""
    if as_json:
        answer_record(entry)
    else:
        _draw(_list_parts(blog, entry, now), screen)


def _list_parts(blog: Blog, entry: Entry, now: datetime) -> "Iterator[Part]":
    from msgspec.structs import replace

    from liveblog_cli.edition.from_blog import make_edition
    from liveblog_cli.edition.voice import get_voice
    from liveblog_cli.model.filters import status_at
    from liveblog_cli.preview import parts

    alone = replace(blog, entries=(replace(entry, status=None),))
    shown = make_edition(alone, max(now, entry.time))
    yield from parts.list_entry_parts(shown.items[0], get_voice(shown), now)
    standing = status_at(entry, now)
    count = len(entry.history)
    changes = f", changed {count} times" if count > 1 else ", changed once" if count else ""
    yield parts.Part("stand", f"{standing}{changes}")


def _draw(parts: "Iterator[Part]", screen: ScreenOptions) -> None:
    from liveblog_cli.preview.parts import format_lines

    if not (sys.stdout.isatty() or screen.color == "always"):
        for line in format_lines(parts):
            sys.stdout.write(f"{line}\n")
        return
    from liveblog_cli.preview.console import open_console
    from liveblog_cli.preview.paint import paint

    with open_console(screen.color, screen.pager) as console:
        paint(parts, console)
