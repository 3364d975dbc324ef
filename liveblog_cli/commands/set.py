"""`liveblog set`: change the fields of the blog itself."""

from typing import Annotated

import typer

from liveblog_cli.errors import WrongUsage
from liveblog_cli.ingest import head, stdin
from liveblog_cli.options import head as options_head
from liveblog_cli.options.common import LOCK_TIMEOUT, By, File, Json, LockTimeout
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say
from liveblog_cli.workspace.blog_path import open_file


def set_(
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT")] = None,
    summary: options_head.Summary = None,
    kicker: options_head.Kicker = None,
    language: options_head.Language = None,
    timezone: options_head.Timezone = None,
    url: options_head.Url = None,
    author: options_head.Author = None,
    publisher: options_head.PublisherOption = None,
    logo: options_head.Logo = None,
    account: options_head.Account = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Change the blog's title, teaser, language and so on. An empty text takes a field away."""
    given = {
        "title": title,
        "summary": summary,
        "kicker": kicker,
        "language": language,
        "timezone": timezone,
        "url": url,
        "authors": author,
        "publisher": publisher,
        "logo": logo,
        "account": account,
    }
    if all(value is None for value in given.values()):
        raise WrongUsage("nothing to set", 'e.g. liveblog set --title "TITLE"; see: set --help')
    given["summary"] = summary and stdin.text_or_stdin(summary, "summary")
    blog_file = open_file(file, by, lock_timeout)
    blog = blog_file.set(lambda old: head.with_fields(old, given), blog_file.stamp("set"))
    if json:
        from liveblog_cli.storage.codec import plain_fields

        answer_json({"file": str(blog_file.path), **plain_fields(blog)})
        return
    told = [
        "publisher" if name in ("logo", "account") else name
        for name in given
        if given[name] is not None
    ]
    for name in dict.fromkeys(told):
        say(f"{name}: {head.shown(getattr(blog, name))}")
