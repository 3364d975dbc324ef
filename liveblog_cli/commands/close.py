"""`liveblog close`: the coverage is over."""

from typing import Annotated

import typer

from liveblog_cli.ingest import stdin
from liveblog_cli.model import lifecycle
from liveblog_cli.options.common import ChangeOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_record, format_time
from liveblog_cli.runtime.messages import say, warn


@spread_options
def close(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT...]",
            help="Closing words for readers, in Markdown; `-` reads them from stdin.",
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When it ends. [default: now]")
    ] = None,
    *,
    run: ChangeOptions,
) -> None:
    """End the blog; exports say so. Entries can still be added and corrected."""
    blog_file = run.open_blog()
    stamp = blog_file.stamp("close")
    moment = stamp.at
    if at is not None:
        from liveblog_cli.text.times import parse_time

        moment = parse_time(at, blog_file.head().time_context(stamp.at))
    text = stdin.text_or_stdin(" ".join(words or []), "closing text")
    blog = blog_file.set(lambda b: lifecycle.close_blog(b, moment, text), stamp)
    if run.json:
        return answer_record(blog, action="closed")
    assert blog.ended is not None
    if left := lifecycle.describe_unpublished(blog_file.load().blog, blog.ended):
        warn(f"not seen by readers yet: {left}; see: liveblog list --status draft")
    return say(f"closed {format_time(blog.ended)}: {blog.title}")
