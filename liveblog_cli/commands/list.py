"""`liveblog list`: the entries as a table."""

import sys
from typing import Annotated, NamedTuple

import typer

from liveblog_cli.model.filters import Filter, parse_filter, sort_entries
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.options.common import ReadOptions, ScreenOptions
from liveblog_cli.options.filters import FilterOptions, Sort
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import BlogFile, zone
from liveblog_cli.storage.diagnosis import Problem


class Listing(NamedTuple):
    """The entries to list, how many there are without a limit, and what can't be read."""

    entries: list[Entry]
    total: int
    problems: list[Problem]


@spread_options
def list_(
    number: Annotated[
        int | None,
        typer.Option(
            "-n", "--number", min=0, help="The first N; 0 for all. [default: 20 on a terminal]"
        ),
    ] = None,
    *,
    filters: FilterOptions,
    sort: Sort = None,
    screen: ScreenOptions,
    run: ReadOptions,
) -> None:
    """List the entries with their ids, newest first."""
    blog_file = run.open_blog()
    blog = blog_file.head()
    wanted = filters.parse(blog, blog_file.now())
    most = number or 0 if run.json else screen.limit_entries(number)
    listing = _choose(blog_file, blog, wanted, most, sort)
    if run.json:
        _answer(listing)
    elif listing.total:
        _draw(blog, listing, wanted, screen)
    if not listing.total:
        _explain(blog_file, wanted)
    if listing.problems:
        raise blog_file.invalid(listing.problems)


def _choose(
    blog_file: BlogFile, blog: Blog, wanted: Filter, most: int, sort: str | None
) -> Listing:
    """Without a filter, only the end of the file is read for the newest ones."""
    if most and sort is None and wanted == parse_filter(blog, wanted.now):
        return Listing(*blog_file.newest(most))
    loaded = blog_file.load()
    found = [e for e in sort_entries(loaded.blog, sort) if wanted.matches(e)]
    return Listing(found[: most or None], len(found), loaded.problems)


def _answer(listing: Listing) -> None:
    from liveblog_cli.storage.codec import plain_fields

    answer_json([plain_fields(e) for e in listing.entries])


def _explain(blog_file: BlogFile, wanted: Filter) -> None:
    """Say why there is nothing to list. Of entries that can't be read their problems are enough."""
    from liveblog_cli.model.inventory import explain_none

    blog, problems = blog_file.load()
    if blog.entries or not problems:
        warn(explain_none(blog.entries, wanted, zone(blog)))


def _draw(blog: Blog, listing: Listing, wanted: Filter, screen: ScreenOptions) -> None:
    from liveblog_cli.preview import table
    from liveblog_cli.preview.console import open_console

    entries = listing.entries
    if not (sys.stdout.isatty() or screen.color == "always"):
        lines = table.format_lines(entries, zone(blog), wanted.now)
        sys.stdout.write("".join([f"{line}\n" for line in lines]))
        return
    with open_console(screen.color, screen.pager) as console:
        console.print(table.draw_table(entries, zone(blog), wanted.now, console.width))
        if len(entries) < listing.total:
            more = f"{len(entries)} of {listing.total}; all with: liveblog list -n 0"
            console.print(more, style="dim")
