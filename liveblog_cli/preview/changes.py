"""`history` on a terminal, with a word diff in colour, and as plain lines everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from liveblog_cli.model.history import Revision
from liveblog_cli.preview.answers import format_time
from liveblog_cli.text.controls import make_printable
from liveblog_cli.text.worddiff import diff_words, format_value

if TYPE_CHECKING:
    from rich.console import RenderableType

_PLAIN = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
_STYLES = {"=": "", "-": "red strike", "+": "green underline"}
_CONTEXT = 60
"""Characters of unchanged text that are shown before and after a change."""


def format_lines(revisions: Sequence[Revision], zone: ZoneInfo) -> list[str]:
    """A line for each revision, and below it one for each field that it changed, as `[-before-]{+after+}`.

    Tabs stand between the parts of a revision's line: time, name, action, entry, title, what readers were told.
    """
    found = []
    for revision in revisions:
        found.append("\t".join(_format_heading(revision, zone)))
        for name, parts in _diff_fields(revision):
            marked = "".join(_PLAIN[sign].format(text) for sign, text in parts)
            found.append(f"    {name}: {' '.join(make_printable(marked).split())}")
    return found


def draw_revisions(
    revisions: Sequence[Revision], zone: ZoneInfo, *, bare: bool
) -> Iterator[RenderableType]:
    """The same in colours; if `bare`, with the marks of plain lines instead. Revisions that were taken back are dim."""
    from rich.padding import Padding
    from rich.text import Text

    for revision in revisions:
        when, by, *what = _format_heading(revision, zone)
        style = "" if revision.stands else "dim"
        yield (
            Text(style=style)
            .append(when, "cyan")
            .append(f"  {by}\n", "bold")
            .append("  " + "  ".join(w for w in what if w))
        )
        for name, parts in _diff_fields(revision):
            line = Text(f"{name}: ", style=style)
            for sign, text in parts:
                if bare:
                    line.append(_PLAIN[sign].format(make_printable(text)))
                else:
                    line.append(make_printable(text), _STYLES[sign])
            yield Padding(line, (0, 0, 0, 4))


def _format_heading(revision: Revision, zone: ZoneInfo) -> tuple[str, ...]:
    """When, who, what, where, its title and what readers were told."""
    what = (
        f"{revision.action} ({revision.about_action})" if revision.about_action else revision.action
    )
    told = f"{revision.kind}: {revision.note}" if revision.kind else revision.note
    stale = "" if revision.stands else "taken back"
    told = "; ".join(t for t in (told, "minor" if revision.minor else "", stale) if t)
    texts = (revision.by or "-", what, revision.entry or "-", revision.title, told)
    return (
        format_time(revision.at.astimezone(zone)),
        *[" ".join(make_printable(t).split()) for t in texts],
    )


def _diff_fields(revision: Revision) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for name in dict.fromkeys([*revision.before, *revision.after]):
        parts = diff_words(
            format_value(revision.before.get(name)), format_value(revision.after.get(name))
        )
        last = len(parts) - 1
        yield (
            name,
            [(s, _cut_middle(t, n, last) if s == "=" else t) for n, (s, t) in enumerate(parts)],
        )


def _cut_middle(text: str, number: int, last: int) -> str:
    """Unchanged text between changes, without its long middle."""
    if len(text) <= 2 * _CONTEXT:
        return text
    before = "" if number == 0 else text[:_CONTEXT]
    return f"{before}…{'' if number == last else text[-_CONTEXT:]}"
