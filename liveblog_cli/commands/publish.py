"""`liveblog publish`: a draft for readers."""

from datetime import datetime
from typing import Annotated

import typer

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import tell_edit
from liveblog_cli.storage.blogfile import zone


@spread_options
def publish(
    entry: EntryName,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="TIME", help="14:05, yesterday 14:05, -10m, or ISO 8601. [default: now]"
        ),
    ] = None,
    keep_time: Annotated[
        bool, typer.Option("--keep-time", help="Leave the time that the draft has.")
    ] = False,
    *,
    run: ChangeOptions,
) -> None:
    """Publish a draft, timed now (or --at, which may lie in the future)."""
    blog_file = run.open_blog()
    stamp = blog_file.stamp("publish")
    moment = _parse_moment(at, blog_file.head(), stamp.at)

    def publish_draft(draft: Entry) -> Entry:
        if draft.status == "retracted":
            raise LiveblogError(f"entry {draft.id} is retracted", "bring it back with: restore")
        return draft.publish(None if keep_time and at is None else moment)

    old, new = blog_file.edit_entry(entry, publish_draft, stamp)
    tell_edit(old, new, "published", run.json)


def _parse_moment(at: str | None, blog: Blog, now: datetime) -> datetime:
    if at is None:
        return now.astimezone(zone(blog)).replace(microsecond=0)
    from liveblog_cli.text.times import parse_time

    return parse_time(at, blog.time_context(now))
