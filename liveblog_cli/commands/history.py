"""`liveblog history`: who changed what, and when."""

import sys
from typing import Annotated

import typer

from liveblog_cli.model.history import HEAD, Revision, list_all_revisions, list_revisions
from liveblog_cli.model.values import Blog
from liveblog_cli.options.common import AnyEntry, ReadOptions, ScreenOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.blogfile import BlogFile, zone


@spread_options
def history(
    entry: AnyEntry = None,
    number: Annotated[
        int, typer.Option("-n", "--number", min=0, help="Only the newest N; 0 for all.")
    ] = 0,
    *,
    screen: ScreenOptions,
    run: ReadOptions,
) -> None:
    """Show every change of an entry, or of the whole blog: newest first, word by word."""
    blog_file = run.open_blog()
    blog, problems = (blog_file.head(), []) if entry else blog_file.load()
    if entry:
        revisions = list_revisions(blog if entry == HEAD else blog_file.entry(entry))
    else:
        revisions = list_all_revisions(blog)
    _show(revisions[::-1][: number or None], blog, screen, run.json)
    if not revisions and not problems:
        warn(_explain_none(blog_file, entry))
    if problems:
        raise blog_file.invalid(problems)


def _explain_none(blog_file: BlogFile, entry: str | None) -> str:
    """That there are no changes, and where there are some."""
    if entry is None:
        return "no changes yet"
    count = len(list_all_revisions(blog_file.load().blog))
    if entry == HEAD:
        return f"no changes of the blog's own fields; changes of entries: {count}"
    return f"no changes of entry {blog_file.entry(entry).id}; changes of others: {count}"


def _show(revisions: list[Revision], blog: Blog, screen: ScreenOptions, json: bool) -> None:
    if json:
        return answer_json(revisions)
    from liveblog_cli.preview import changes
    from liveblog_cli.preview.console import open_console

    with open_console(screen.color, screen.pager) as console:
        if not console.is_terminal:
            for line in changes.format_lines(revisions, zone(blog)):
                sys.stdout.write(f"{line}\n")
            return None
        bare = console.no_color or console.color_system is None
        for text in changes.draw_revisions(revisions, zone(blog), bare=bare):
            console.print(text)
    return None
