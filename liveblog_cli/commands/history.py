"""`liveblog history`: who changed what, and when."""

import sys
from typing import Annotated

import typer

from liveblog_cli.model import history as changes
from liveblog_cli.model.values import Blog
from liveblog_cli.options.common import AnyEntry, Color, ColorOption, File, Json, Pager
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import BlogFile, zone
from liveblog_cli.workspace.blog_path import open_file


def history(
    entry: AnyEntry = None,
    number: Annotated[
        int, typer.Option("-n", "--number", min=0, help="Only the newest N; 0 for all.")
    ] = 0,
    pager: Pager = False,
    color: ColorOption = "auto",
    file: File = None,
    json: Json = False,
) -> None:
    """Show every change of an entry, or of the whole blog: newest first, word by word."""
    blog_file = open_file(file)
    blog, problems = (blog_file.head(), []) if entry else blog_file.load()
    if entry:
        acts = changes.list_revisions(blog if entry == changes.HEAD else blog_file.entry(entry))
    else:
        acts = changes.list_all_revisions(blog)
    _show(acts[::-1][: number or None], blog, color, pager, json)
    if not acts and not problems:
        warn(_none(blog_file, entry))
    if problems:
        raise blog_file.invalid(problems)


def _none(blog_file: BlogFile, entry: str | None) -> str:
    """That there are no changes, and where there are some."""
    if entry is None:
        return "no changes yet"
    count = len(changes.list_all_revisions(blog_file.load().blog))
    if entry == changes.HEAD:
        return f"no changes of the blog's own fields; changes of entries: {count}"
    return f"no changes of entry {blog_file.entry(entry).id}; changes of others: {count}"


def _show(acts: list[changes.Revision], blog: Blog, color: Color, pager: bool, json: bool) -> None:
    if json:
        return answer_json(acts)
    from liveblog_cli.preview import changes as preview
    from liveblog_cli.preview.console import output

    with output(color, pager) as console:
        if not console.is_terminal:
            for line in preview.lines(acts, zone(blog)):
                sys.stdout.write(f"{line}\n")
            return None
        bare = console.no_color or console.color_system is None
        for text in preview.drawn(acts, zone(blog), bare=bare):
            console.print(text)
    return None
