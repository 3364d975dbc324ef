"""`liveblog list`: the entries as a table."""

import sys
from typing import Annotated

import typer

from liveblog_cli.model.filters import Filter, parse_filter, sort_entries
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.options import filters as only
from liveblog_cli.options.common import Color, ColorOption, File, Json, Pager
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import BlogFile, zone
from liveblog_cli.storage.diagnosis import Problem
from liveblog_cli.workspace.blog_path import open_file

ON_A_TERMINAL = 20
"""How many entries a terminal gets unless -n says otherwise."""


def list_(
    number: Annotated[
        int | None,
        typer.Option(
            "-n", "--number", min=0, help="The first N; 0 for all. [default: 20 on a terminal]"
        ),
    ] = None,
    grep: only.Grep = None,
    ignore_case: only.IgnoreCase = False,
    tag: only.Tag = None,
    author: only.Author = None,
    source: only.Source = None,
    label: only.Label = None,
    since: only.Since = None,
    until: only.Until = None,
    status: only.Status = None,
    key: only.Key = False,
    pinned: only.Pinned = False,
    sort: only.Sort = None,
    pager: Pager = False,
    color: ColorOption = "auto",
    file: File = None,
    json: Json = False,
) -> None:
    """List the entries with their ids, newest first."""
    blog_file = open_file(file)
    if number is None:
        number = ON_A_TERMINAL if sys.stdout.isatty() and not (json or pager) else 0
    blog = blog_file.head()
    wanted = parse_filter(
        blog,
        blog_file.now(),
        grep=grep,
        ignore_case=ignore_case,
        tags=tag,
        authors=author,
        sources=source,
        labels=label,
        statuses=status,
        since=since,
        until=until,
        key=key or None,
        pinned=pinned or None,
    )
    entries, total, problems = _chosen(blog_file, wanted, blog, number, sort)
    if json:
        from liveblog_cli.storage.codec import plain_fields

        answer_json([plain_fields(e) for e in entries])
    else:
        _draw(blog, entries, total, wanted, color, pager)
    if not total:
        _explain(blog_file, wanted)
    if problems:
        raise blog_file.invalid(problems)


def _chosen(
    blog_file: BlogFile, wanted: Filter, blog: Blog, number: int, sort: str | None
) -> tuple[list[Entry], int, list[Problem]]:
    """The entries to show, how many there are, and what can't be read."""
    if number and sort is None and wanted == parse_filter(blog, wanted.now):
        return blog_file.newest(number)
    loaded = blog_file.load()
    found = [e for e in sort_entries(loaded.blog, sort) if wanted.matches(e)]
    return found[: number or None], len(found), loaded.problems


def _explain(blog_file: BlogFile, wanted: Filter) -> None:
    """Say why there is nothing to list. Of entries that can't be read their problems are enough."""
    from liveblog_cli.model.inventory import explain_none

    blog, problems = blog_file.load()
    if blog.entries or not problems:
        warn(explain_none(blog.entries, wanted, zone(blog)))


def _draw(
    blog: Blog, entries: list[Entry], total: int, wanted: Filter, color: Color, pager: bool
) -> None:
    from liveblog_cli.preview import table
    from liveblog_cli.preview.console import output

    if not (sys.stdout.isatty() or color == "always"):
        lines = table.lines(entries, zone(blog), wanted.now)
        sys.stdout.write("".join([f"{line}\n" for line in lines]))
        return
    with output(color, pager) as screen:
        screen.print(table.table(entries, zone(blog), wanted.now, screen.width))
        if len(entries) < total:
            screen.print(f"{len(entries)} of {total}; all with: liveblog list -n 0", style="dim")
