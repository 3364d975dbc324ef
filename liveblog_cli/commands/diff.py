"""`liveblog diff`: what changed between two moments, in sentences."""

from collections.abc import Sequence
from typing import Annotated

import typer
from msgspec.structs import asdict

from liveblog_cli.editorial.diff import Difference, list_differences
from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say
from liveblog_cli.text.controls import make_printable


@spread_options
def diff(
    start: Annotated[
        str,
        typer.Argument(metavar="[TIME]", help="From when: 14:05, 8h (ago), or ISO 8601."),
    ] = "24h",
    end: Annotated[str, typer.Argument(metavar="[TIME]", help="Up to when.")] = "now",
    *,
    run: ReadOptions,
) -> None:
    """Say what changed between two moments: added, edited, corrected, pinned, retracted."""
    from liveblog_cli.text.times import parse_since

    blog_file = run.open_blog()
    (blog, problems), now = blog_file.load(), blog_file.now()
    context = blog.time_context(now)
    typed = [parse_since(text, context) for text in (start, end) if text != "now"]
    first, last = sorted([*typed, now, now][:2])
    found = list_differences(blog, first, last)
    _show(found, run.json)
    if problems:
        raise blog_file.invalid(problems)


def _show(found: Sequence[Difference], as_json: bool) -> None:
    if as_json:
        return answer_json([{"sentence": d.sentence, **asdict(d)} for d in found])
    for difference in found:
        say(" ".join(make_printable(difference.sentence).split()))
    if not found:
        say("Nothing changed.")
    return None
