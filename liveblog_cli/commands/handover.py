"""`liveblog handover`: what the next shift must know."""

import sys
from typing import Annotated

import typer

from liveblog_cli.editorial.handover import make_shift, to_markdown
from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import zone
from liveblog_cli.text.controls import make_printable


@spread_options
def handover(
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="Since when; 8h is 8 hours ago.")
    ] = "8h",
    *,
    run: ReadOptions,
) -> None:
    """Write a summary for the next shift, in Markdown.

    New, corrected, retracted and unverified entries, drafts, what is scheduled, and quiet times.
    """
    from liveblog_cli.text.times import parse_since

    blog_file = run.open_blog()
    (blog, problems), now = blog_file.load(), blog_file.now()
    done = make_shift(blog, parse_since(since, blog.time_context(now)), now)
    if run.json:
        answer_json(done)
    else:
        sys.stdout.write(make_printable(to_markdown(done)))
    if not done.has_news and not problems:
        newest = max((e.time for e in blog.entries if e.is_public(now)), default=None)
        seen = (
            f"newest entry: {newest.astimezone(zone(blog)):%Y-%m-%d %H:%M}"
            if newest
            else "no entries yet"
        )
        warn(f"nothing to hand over since {done.since:%Y-%m-%d %H:%M}; {seen}")
    if problems:
        raise blog_file.invalid(problems)
