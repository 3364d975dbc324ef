"""`liveblog stats`: how many entries, when, by whom and on what."""

import sys
from typing import Annotated

from liveblog_cli.editorial.stats import Tallies, count_all
from liveblog_cli.options.common import ReadOptions, ScreenOptions
from liveblog_cli.options.groups import Only, spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import warn


@spread_options
def stats(screen: Annotated[ScreenOptions, Only("color")], run: ReadOptions) -> None:
    """Count the published entries by hour, author, tag and source."""
    blog_file = run.open_blog()
    blog, problems = blog_file.load()
    found = count_all(blog, blog_file.now())
    _show(found, screen, run.json)
    if not found.entries and not problems:
        rest = f"drafts: {found.drafts}, scheduled: {found.scheduled}, retracted: {found.retracted}"
        warn(f"no published entries to count; {rest}")
    if problems:
        raise blog_file.invalid(problems)


def _show(found: Tallies, screen: ScreenOptions, json: bool) -> None:
    if json:
        return answer_json(found)
    from liveblog_cli.preview import chart
    from liveblog_cli.preview.console import make_console

    drawn = make_console(screen.color)
    if drawn.is_terminal:
        return chart.draw_tallies(found, drawn)
    sys.stdout.writelines([f"{line}\n" for line in chart.format_lines(found)])
    return None
