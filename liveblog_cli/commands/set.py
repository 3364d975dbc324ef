"""`liveblog set`: change the fields of the blog itself."""

from collections.abc import Iterable
from typing import Annotated

import typer

from liveblog_cli.errors import WrongUsage
from liveblog_cli.ingest.head import shown, with_fields
from liveblog_cli.model.values import Blog
from liveblog_cli.options.common import ChangeOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.options.head import HeadOptions
from liveblog_cli.preview.answers import answer_record
from liveblog_cli.runtime.messages import say


@spread_options
def set_(
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT")] = None,
    *,
    head: HeadOptions,
    run: ChangeOptions,
) -> None:
    """Change the blog's title, teaser, language and so on. An empty text takes a field away."""
    given = {"title": title, **head.read()}
    if all(value is None for value in given.values()):
        raise WrongUsage("nothing to set", 'e.g. liveblog set --title "TITLE"; see: set --help')
    blog_file = run.open_blog()
    blog = blog_file.set(lambda old: with_fields(old, given), blog_file.stamp("set"))
    if run.json:
        answer_record(blog, file=str(blog_file.path))
    else:
        _tell(blog, [name for name, value in given.items() if value is not None])


def _tell(blog: Blog, names: Iterable[str]) -> None:
    """A line for each field that was given; logo and account are the publisher's."""
    fields = ["publisher" if name in ("logo", "account") else name for name in names]
    for name in dict.fromkeys(fields):
        say(f"{name}: {shown(getattr(blog, name))}")
