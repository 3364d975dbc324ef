"""`history` on a terminal, with a word diff in colour, and as plain lines everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from liveblog_cli.model.history import Revision
from liveblog_cli.preview.answers import said_time
from liveblog_cli.text.controls import make_printable
from liveblog_cli.text.worddiff import diff_words, format_value

if TYPE_CHECKING:
    from rich.console import RenderableType

_PLAIN = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
_STYLES = {"=": "", "-": "red strike", "+": "green underline"}
_CONTEXT = 60
"""Characters of unchanged text that stay at each side of a change."""


def lines(acts: Sequence[Revision], zone: ZoneInfo) -> list[str]:
    """A line an act, its parts apart by tabs, and below it a line a field: `[-before-]{+after+}`."""
    found = []
    for act in acts:
        found.append("\t".join(_heading(act, zone)))
        for name, parts in _fields(act):
            marked = "".join(_PLAIN[sign].format(text) for sign, text in parts)
            found.append(f"    {name}: {' '.join(make_printable(marked).split())}")
    return found


def drawn(acts: Sequence[Revision], zone: ZoneInfo, *, bare: bool) -> Iterator[RenderableType]:
    """The same in colour, or with the marks of plain lines if `bare`; what no longer stands is dim."""
    from rich.padding import Padding
    from rich.text import Text

    for act in acts:
        when, by, *what = _heading(act, zone)
        style = "" if act.stands else "dim"
        yield (
            Text(style=style)
            .append(when, "cyan")
            .append(f"  {by}\n", "bold")
            .append("  " + "  ".join(w for w in what if w))
        )
        for name, parts in _fields(act):
            line = Text(f"{name}: ", style=style)
            for sign, text in parts:
                if bare:
                    line.append(_PLAIN[sign].format(make_printable(text)))
                else:
                    line.append(make_printable(text), _STYLES[sign])
            yield Padding(line, (0, 0, 0, 4))


def _heading(act: Revision, zone: ZoneInfo) -> tuple[str, ...]:
    """When, who, what, where, its title and what readers were told."""
    what = f"{act.action} ({act.about_action})" if act.about_action else act.action
    told = f"{act.kind}: {act.note}" if act.kind else act.note
    stale = "" if act.stands else "taken back"
    told = "; ".join(t for t in (told, "minor" if act.minor else "", stale) if t)
    texts = (act.by or "-", what, act.entry or "-", act.title, told)
    return (
        said_time(act.at.astimezone(zone)),
        *[" ".join(make_printable(t).split()) for t in texts],
    )


def _fields(act: Revision) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for name in dict.fromkeys([*act.before, *act.after]):
        parts = diff_words(format_value(act.before.get(name)), format_value(act.after.get(name)))
        last = len(parts) - 1
        yield name, [(s, _cut(t, n, last) if s == "=" else t) for n, (s, t) in enumerate(parts)]


def _cut(text: str, number: int, last: int) -> str:
    """Unchanged text between changes, without its long middle."""
    if len(text) <= 2 * _CONTEXT:
        return text
    before = "" if number == 0 else text[:_CONTEXT]
    return f"{before}…{'' if number == last else text[-_CONTEXT:]}"
