"""`liveblog new`: make a blog file."""

import os
from pathlib import Path
from typing import Annotated

import typer

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import head, stdin
from liveblog_cli.model import cleaning
from liveblog_cli.options import head as options_head
from liveblog_cli.options.common import File, Json
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime import machine
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.storage import guard
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace.blog_path import FILE_NAME, named_file


def new(
    title: Annotated[
        list[str], typer.Argument(metavar="TITLE...", help="The blog's title; needs no quotes.")
    ],
    summary: options_head.Summary = None,
    kicker: options_head.Kicker = None,
    language: options_head.Language = None,
    timezone: options_head.Timezone = None,
    url: options_head.Url = None,
    author: options_head.Author = None,
    publisher: options_head.PublisherOption = None,
    logo: options_head.Logo = None,
    account: options_head.Account = None,
    schema: Annotated[
        str | None,
        typer.Option("--schema", metavar="URL", help="Name a schema for TOML editors; see: schema"),
    ] = None,
    file: File = None,
    json: Json = False,
) -> None:
    """Make a blog file. It never overwrites one."""
    path = Path(named_file(file) or FILE_NAME)
    if path.is_dir():
        path = path / FILE_NAME
    if os.path.lexists(path):
        raise LiveblogError(
            f"{path} exists already", "choose another file with -f, or change it with: liveblog set"
        )
    guard.refuse_companion(path, "nothing was made")
    here = machine.zone() if timezone is None else machine.Zone("")
    blog = head.new_blog(
        " ".join(title),
        clock.now(),
        summary=summary and stdin.text_or_stdin(summary, "summary"),
        kicker=kicker,
        language=language,
        timezone=timezone or here.name,
        url=url,
        authors=author,
        publisher=publisher,
        logo=logo,
        account=account,
    )
    BlogFile(path).create(blog, cleaning.one_line(schema or "", "schema"))
    if here.doubt:
        warn(here.doubt)
    if json:
        from liveblog_cli.storage.codec import plain_fields

        answer_json({"file": str(path.resolve()), **plain_fields(blog)})
    else:
        say(f"{path} made: {blog.title} ({blog.language}, {blog.timezone})")
