"""What an export reads: the blog as it was at a moment, with the entries that a filter lets through."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from liveblog_cli import clock
from liveblog_cli.model.values import Blog
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.storage.blogfile import BlogFile


def read_blog(blog_file: BlogFile, skip_broken: bool) -> tuple[Blog, list[str]]:
    blog, problems = blog_file.load()
    if not problems:
        return blog, []
    error = blog_file.invalid(problems)
    if skip_broken:
        return blog, [f"left out: {line}" for line in error.problems]
    error.hint = "nothing was exported: mend these lines, or leave them out with --skip-broken"
    raise error


def go_to_moment(blog: Blog, request: ExportRequest) -> tuple[Blog, datetime]:
    """The blog as it was at the requested moment, with the requested address, and that moment."""
    now = _find_moment(request.now, request.as_of, blog)
    if request.url:
        blog = replace(blog, url=request.url)
    if request.as_of:
        from liveblog_cli.model import history

        blog = history.rewind_blog(blog, now)
    return blog, now


def choose_entries(blog: Blog, now: datetime, request: ExportRequest) -> Blog:
    """The blog with the requested entries."""
    if not request.is_filtered:
        return blog
    from liveblog_cli.model import filters

    return filters.keep_matching(blog, filters.parse_filter(blog, now, **request.filter_options))


def _find_moment(typed: str | None, as_of: str | None, blog: Blog) -> datetime:
    now = clock.now()
    if typed is None and as_of is None:
        return now
    from liveblog_cli.text.times import parse_since, parse_time

    if as_of is None:
        return parse_time(typed or "", blog.time_context(now))
    return parse_since(as_of, blog.time_context(now))
