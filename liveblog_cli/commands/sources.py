"""`liveblog sources`: who was cited, how often, and which entries cite no one."""

from collections.abc import Sequence

from liveblog_cli.editorial.sources import CitedSource, count_by_kind, list_cited, list_uncited
from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import Color, ColorOption, ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn


@spread_options
def sources(color: ColorOption = "auto", *, run: ReadOptions) -> None:
    """List who was cited and how often, by kind, and the entries that cite no one.

    Retracted entries are left out.
    """
    blog_file = run.open_blog()
    blog, problems = blog_file.load()
    entries = [e for e in blog.ordered() if e.status != "retracted"]
    _show(entries, color, run.json)
    if not entries and not problems:
        from liveblog_cli.model.inventory import NONE_YET

        retracted = len(blog.entries)
        warn(f"no entries but retracted ones: {retracted}" if retracted else NONE_YET)
    if problems:
        raise blog_file.invalid(problems)


def _show(entries: Sequence[Entry], color: Color, json: bool) -> None:
    found, without = list_cited(entries[::-1]), list_uncited(entries)
    if json:
        return answer_json(
            {
                "sources": found,
                "kinds": count_by_kind(found),
                "uncited": [e.id for e in without],
            }
        )
    from liveblog_cli.preview.rows import show_heading, show_rows

    rows = [(str(c.times), c.name, c.kind or "", _describe_doubt(c), c.url) for c in found]
    names = ("times", "source", "kind", "", "address")
    whole = ("times", "kind", "")
    show_rows(names, rows, color, right=("times",), wide=("address",), whole=whole)
    if without:
        show_heading(f"{len(without)} of {len(entries)} entries cite no one:", color)
        show_rows(
            ("id", "headline"),
            [(e.id, e.short_title(60)) for e in without],
            color,
            whole=("id",),
        )
    return None


def _describe_doubt(source: CitedSource) -> str:
    return f"{source.unverified} unverified" if source.unverified else ""
