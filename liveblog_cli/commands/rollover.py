"""`liveblog rollover`: close this blog and go on in the next."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from msgspec.structs import replace

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import stdin
from liveblog_cli.model import cleaning, lifecycle
from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import LOCK_TIMEOUT, By, File, Json, LockTimeout
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.storage import guard
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace.blog_path import open_file


def rollover(
    new: Annotated[str, typer.Argument(metavar="NEW", help="The next blog's file.")],
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Its title. [default: the same]")
    ] = None,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where its page will stand.")
    ] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="Closing words of this one.")
    ] = "",
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep", metavar="ENTRY", help="An entry that goes over. [default: all pinned ones]"
        ),
    ] = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Close the blog with a link to the next, which starts with the same head, boxes and pins.

    The next one links back. `undo` reopens this one; the next one's file stays.
    """
    text = cleaning.clean(stdin.text_or_stdin(text, "closing text"), "closing text")
    blog_file = open_file(file, by, lock_timeout)
    stamp = blog_file.stamp("rollover")
    blog = blog_file.read()
    names = [blog_file.entry(name).id for name in keep or []]
    pins = lifecycle.select_entries(blog, names, stamp.at)
    path = _free(Path(new), blog_file.path)
    urn = UUID(int=clock.chance(f"rollover {blog.id}"), version=4).urn
    head = lifecycle.make_successor(blog, stamp.at, urn, title or "", url)
    next_file = BlogFile(path, by=blog_file.by, now=blog_file.now, lock_timeout=lock_timeout)
    next_file.create(head, like=blog_file.path)
    moved = _moved(pins, blog_file.path.parent, next_file.path.parent)
    added = next_file.add(lifecycle.carry_over(moved, head))
    closed = blog_file.set(lambda b: lifecycle.link_successor(b, stamp.at, text, head.url), stamp)
    if not (head.url and head.previous):
        warn("a blog without a url can't be linked to: readers get no link between the two")
    if left := lifecycle.describe_unpublished(blog, stamp.at):
        warn(f"left in {blog_file.path.name}, not seen by readers: {left}")
    if json:
        return answer_json(
            {"file": str(path), "previous": str(blog_file.path), "entries": [e.id for e in added]}
        )
    return say(
        f"closed: {closed.title}\n{path} made: {head.title} (entries that go over: {len(added)})"
    )


def _free(path: Path, old: Path) -> Path:
    path = path / old.name if path.is_dir() else path
    if os.path.lexists(path):
        raise LiveblogError(f"{path} exists already", "name another file; nothing was changed")
    guard.refuse_companion(path, "nothing was changed")
    return path


def _moved(entries: Sequence[Entry], old: Path, new: Path) -> list[Entry]:
    """Entries whose image files are named as seen from the new folder."""
    return [
        replace(
            entry,
            media=tuple(
                replace(
                    m, file=Path(os.path.relpath(old / m.file, new)).as_posix() if m.file else ""
                )
                for m in entry.media
            ),
        )
        for entry in entries
    ]
