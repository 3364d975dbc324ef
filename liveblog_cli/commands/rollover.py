"""`liveblog rollover`: close this blog and go on in the next."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import stdin
from liveblog_cli.model import cleaning, lifecycle
from liveblog_cli.model.values import Blog, Entry, Media
from liveblog_cli.options.common import ChangeOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.storage import guard
from liveblog_cli.storage.blogfile import BlogFile


class NextOptions(Struct, frozen=True):
    """What is said of the next blog, and of the end of this one."""

    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Its title. [default: the same]")
    ] = None
    url: Annotated[str, typer.Option("--url", metavar="URL", help="Where its page will stand.")] = (
        ""
    )
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="Closing words of this one.")
    ] = ""
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep", metavar="ENTRY", help="An entry that goes over. [default: all pinned ones]"
        ),
    ] = None


@spread_options
def rollover(
    new: Annotated[str, typer.Argument(metavar="NEW", help="The next blog's file.")],
    *,
    given: NextOptions,
    run: ChangeOptions,
) -> None:
    """Close the blog with a link to the next, which starts with the same head, boxes and pins.

    The next one links back. `undo` reopens this one; the next one's file stays.
    """
    text = cleaning.clean(stdin.text_or_stdin(given.text, "closing text"), "closing text")
    blog_file = run.open_blog()
    stamp = blog_file.stamp("rollover")
    blog = blog_file.read()
    entries = _select_entries(blog_file, blog, given.keep or [], stamp.at)
    path = _choose_path(Path(new), blog_file.path)
    head = _make_head(blog, given, stamp.at)
    next_file = BlogFile(path, by=blog_file.by, now=blog_file.now, lock_timeout=run.lock_timeout)
    next_file.create(head, like=blog_file.path)
    added = next_file.add(lifecycle.carry_over(_move_images(entries, blog_file, next_file), head))
    closed = blog_file.set(lambda b: lifecycle.link_successor(b, stamp.at, text, head.url), stamp)
    _warn(blog_file, blog, head, stamp.at)
    if run.json:
        names = {"file": str(path), "previous": str(blog_file.path)}
        return answer_json({**names, "entries": [e.id for e in added]})
    return say(
        f"closed: {closed.title}\n{path} made: {head.title} (entries that go over: {len(added)})"
    )


def _select_entries(
    blog_file: BlogFile, blog: Blog, names: Sequence[str], now: datetime
) -> list[Entry]:
    """The entries that go over: those that are named, else the pinned ones."""
    ids = [blog_file.entry(name).id for name in names]
    return lifecycle.select_entries(blog, ids, now)


def _make_head(blog: Blog, given: NextOptions, now: datetime) -> Blog:
    """The next blog, still without entries."""
    urn = UUID(int=clock.chance(f"rollover {blog.id}"), version=4).urn
    return lifecycle.make_successor(blog, now, urn, given.title or "", given.url)


def _warn(blog_file: BlogFile, blog: Blog, head: Blog, now: datetime) -> None:
    """Say what readers will not get: a link between the two blogs, or entries that wait in the old one."""
    if not (head.url and head.previous):
        warn("a blog without a url can't be linked to: readers get no link between the two")
    if left := lifecycle.describe_unpublished(blog, now):
        warn(f"left in {blog_file.path.name}, not seen by readers: {left}")


def _choose_path(path: Path, old: Path) -> Path:
    path = path / old.name if path.is_dir() else path
    if os.path.lexists(path):
        raise LiveblogError(f"{path} exists already", "name another file; nothing was changed")
    guard.refuse_companion(path, "nothing was changed")
    return path


def _move_images(entries: Sequence[Entry], old_file: BlogFile, new_file: BlogFile) -> list[Entry]:
    """The entries with their image files named as seen from the new blog's folder."""
    old, new = old_file.path.parent, new_file.path.parent

    def move(image: Media) -> Media:
        file = Path(os.path.relpath(old / image.file, new)).as_posix() if image.file else ""
        return replace(image, file=file)

    return [replace(entry, media=tuple(map(move, entry.media))) for entry in entries]
