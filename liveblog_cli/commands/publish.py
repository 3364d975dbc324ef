"""`liveblog publish`: a draft for readers."""

from typing import Annotated

import typer

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import LOCK_TIMEOUT, By, EntryName, File, Json, LockTimeout
from liveblog_cli.preview.answers import change_entry
from liveblog_cli.storage.blogfile import zone
from liveblog_cli.workspace.blog_path import open_file


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
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Publish a draft, timed now (or --at, which may lie in the future)."""
    blog_file = open_file(file, by, lock_timeout)
    stamp = blog_file.stamp("publish")
    blog = blog_file.head()
    moment = stamp.at.astimezone(zone(blog)).replace(microsecond=0)
    if at is not None:
        from liveblog_cli.text.times import parse_time

        moment = parse_time(at, stamp.at, zone(blog), blog.language)

    def published(draft: Entry) -> Entry:
        if draft.status == "retracted":
            raise LiveblogError(f"entry {draft.id} is retracted", "bring it back with: restore")
        return draft.publish(None if keep_time and at is None else moment)

    change_entry(blog_file, entry, published, stamp, "published", json)
