"""What the checks found, and where in the file it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from liveblog_cli.editorial import checks
from liveblog_cli.editorial.checks import Rule, Severity
from liveblog_cli.editorial.rules import Found, Subject
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog
from liveblog_cli.storage import codec, diagnosis
from liveblog_cli.storage.layout import Layout

BROKEN = checks.RULES[0]


class Finding(Struct, frozen=True, kw_only=True):
    """A fault with its place: `file` as it was named, `line` and `column` from 1 (0: unknown)."""

    code: str
    severity: Severity
    message: str
    mend: str
    file: str
    line: int
    column: int = 0
    entry: str = ""


def of_file(
    file: str, layout: Layout, now: datetime, known: Iterable[diagnosis.Problem] = ()
) -> list[Finding]:
    """All findings of a blog file in the order of its lines; `now` decides what waits for its time.

    `known` are problems of the file that its layout does not show.
    """
    blog, problems = codec.survey(layout)
    broken = [_broken(file, p) for p in (*problems, *known)]
    if blog is None:
        return broken
    layout = codec.split_hidden(layout) if problems else layout
    places = _places(layout)
    subject = Subject(blog, now, _unfit(blog, Path(file).parent))
    found = [_placed(rule, fault, file, layout, places) for rule, fault in checks.found(subject)]
    return sorted([*broken, *found], key=lambda f: (f.line, f.code))


def is_broken(findings: Iterable[Finding]) -> bool:
    """Whether anything in the file could not be read."""
    return any(f.code == BROKEN.code for f in findings)


def _broken(file: str, problem: diagnosis.Problem) -> Finding:
    return Finding(
        code=BROKEN.code,
        severity=BROKEN.severity,
        message=problem.message,
        mend=BROKEN.mend,
        file=file,
        line=problem.line,
        column=problem.column,
    )


def _placed(
    rule: Rule, fault: Found, file: str, layout: Layout, places: dict[str, tuple[int, str]]
) -> Finding:
    if fault.entry:
        first, block = places[fault.entry]
        line = first + diagnosis.find_line(block, fault.field) - 1
    else:
        line = layout.head_line(diagnosis.find_line(layout.head, fault.field, fault.number))
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=fault.message,
        mend=rule.mend,
        file=file,
        line=line,
        entry=fault.entry,
    )


def _places(layout: Layout) -> dict[str, tuple[int, str]]:
    """The first line and the text of each entry's block, counted once over the whole file."""
    places, line, at = {}, 1, 0
    for piece in layout.blocks:
        line += layout.text.count("\n", at, piece.start)
        at = piece.start
        block = layout.text[piece.start : piece.end]
        places[codec.read_id(block)] = (line, block)
    return places


def _unfit(blog: Blog, folder: Path) -> dict[str, str]:
    """Of image files that are not there or are none, what is wrong. Only their beginnings are read."""
    files = {m.file for e in blog.entries for m in e.media if m.file}
    return {f: why for f in files if (why := _fault_of(folder / f, f))}


def _fault_of(path: Path, name: str) -> str:
    if not path.is_file():
        return f"{name} is not there"
    from liveblog_cli import images

    try:
        images.facts(path)
    except LiveblogError as error:
        return error.message.replace(str(path), name)
    return ""
