"""`liveblog new`: make a blog file."""

import os
from pathlib import Path
from typing import Annotated

import typer

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest.head import new_blog
from liveblog_cli.model import cleaning
from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.options.head import HeadOptions
from liveblog_cli.preview.answers import answer_record
from liveblog_cli.runtime import machine
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.storage import guard
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace.blog_path import FILE_NAME, get_named_file


@spread_options
def new(
    title: Annotated[
        list[str], typer.Argument(metavar="TITLE...", help="The blog's title; needs no quotes.")
    ],
    *,
    head: HeadOptions,
    schema: Annotated[
        str | None,
        typer.Option("--schema", metavar="URL", help="Name a schema for TOML editors; see: schema"),
    ] = None,
    run: ReadOptions,
) -> None:
    """Make a blog file. It never overwrites one."""
    path = _choose_path(run.file)
    here = machine.find_zone() if head.timezone is None else machine.Zone("")
    given = {**head.read(), "timezone": head.timezone or here.name}
    blog = new_blog(" ".join(title), clock.now(), **given)
    BlogFile(path).create(blog, cleaning.one_line(schema or "", "schema"))
    if here.doubt:
        warn(here.doubt)
    if run.json:
        return answer_record(blog, file=str(path.resolve()))
    return say(f"{path} made: {blog.title} ({blog.language}, {blog.timezone})")


def _choose_path(file: str | None) -> Path:
    """Where the blog is to stand: the file that is named, or one of the usual name.

    Raises:
        LiveblogError: something is there already.
    """
    path = Path(get_named_file(file) or FILE_NAME)
    if path.is_dir():
        path = path / FILE_NAME
    if os.path.lexists(path):
        raise LiveblogError(
            f"{path} exists already", "choose another file with -f, or change it with: liveblog set"
        )
    guard.refuse_companion(path, "nothing was made")
    return path
