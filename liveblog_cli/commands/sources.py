"""`liveblog sources`: who was cited, how often, and which entries cite no one."""

from collections.abc import Sequence
from typing import Annotated

from liveblog_cli.editorial.sources import CitedSource, count_by_kind, list_cited, list_uncited
from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ReadOptions, ScreenOptions
from liveblog_cli.options.groups import Only, spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn


@spread_options
def sources(screen: Annotated[ScreenOptions, Only("color")], run: ReadOptions) -> None:
    """List who was cited and how often, by kind, and the entries that cite no one.

    Retracted entries are left out.
    """
    blog_file = run.open_blog()
    blog, problems = blog_file.load()
    entries = [e for e in blog.ordered() if e.status != "retracted"]
    _show(entries, screen, run.json)
    if not entries and not problems:
        from liveblog_cli.model.inventory import NONE_YET

        retracted = len(blog.entries)
        warn(f"no entries but retracted ones: {retracted}" if retracted else NONE_YET)
    if problems:
        raise blog_file.invalid(problems)


def _show(entries: Sequence[Entry], screen: ScreenOptions, json: bool) -> None:
    found, without = list_cited(entries[::-1]), list_uncited(entries)
    if json:
        ids = [e.id for e in without]
        return answer_json({"sources": found, "kinds": count_by_kind(found), "uncited": ids})
    _draw_sources(found, screen)
    if without:
        _draw_uncited(without, len(entries), screen)
    return None


def _draw_sources(found: Sequence[CitedSource], screen: ScreenOptions) -> None:
    from liveblog_cli.preview.rows import Column, show_rows

    columns = (
        Column("times", is_number=True, is_whole=True),
        Column("source"),
        Column("kind", is_whole=True),
        Column("", is_whole=True),
        Column("address", is_optional=True),
    )
    rows = [(str(c.times), c.name, c.kind or "", _describe_doubt(c), c.url) for c in found]
    show_rows(columns, rows, screen.color)


def _draw_uncited(entries: Sequence[Entry], total: int, screen: ScreenOptions) -> None:
    from liveblog_cli.preview.rows import Column, show_heading, show_rows

    show_heading(f"{len(entries)} of {total} entries cite no one:", screen.color)
    rows = [(e.id, e.short_title(60)) for e in entries]
    show_rows((Column("id", is_whole=True), Column("headline")), rows, screen.color)


def _describe_doubt(source: CitedSource) -> str:
    return f"{source.unverified} unverified" if source.unverified else ""
