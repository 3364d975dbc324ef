"""The findings of the checks in a blog file, with their lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from liveblog_cli.editorial import checks
from liveblog_cli.editorial.checks import Rule, Severity
from liveblog_cli.editorial.subject import Fault, Subject
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog
from liveblog_cli.storage import codec, diagnosis
from liveblog_cli.storage.layout import Layout

BROKEN = checks.RULES[0]


class Finding(Struct, frozen=True, kw_only=True):
    """A fault with its place. `file` is as it was typed. `line` and `column` count from 1; 0 is unknown."""

    code: str
    severity: Severity
    message: str
    mend: str
    file: str
    line: int
    column: int = 0
    entry: str = ""


def check_file(
    file: str, layout: Layout, now: datetime, known: Iterable[diagnosis.Problem] = ()
) -> list[Finding]:
    """All findings of a blog file, by line. `now` decides which entries are scheduled.

    `known` are problems of the file that can't be seen in its layout.
    """
    blog, problems = codec.survey(layout)
    broken = [_make_broken(file, p) for p in (*problems, *known)]
    if blog is None:
        return broken
    layout = codec.split_hidden(layout) if problems else layout
    places = _list_places(layout)
    subject = Subject(blog, now, _find_unfit_images(blog, Path(file).parent))
    found = [
        _make_finding(rule, fault, file, layout, places)
        for rule, fault in checks.run_checks(subject)
    ]
    return sorted([*broken, *found], key=lambda f: (f.line, f.code))


def is_broken(findings: Iterable[Finding]) -> bool:
    """Whether a part of the file could not be read."""
    return any(f.code == BROKEN.code for f in findings)


def _make_broken(file: str, problem: diagnosis.Problem) -> Finding:
    return Finding(
        code=BROKEN.code,
        severity=BROKEN.severity,
        message=problem.message,
        mend=BROKEN.mend,
        file=file,
        line=problem.line,
        column=problem.column,
    )


def _make_finding(
    rule: Rule, fault: Fault, file: str, layout: Layout, places: dict[str, tuple[int, str]]
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


def _list_places(layout: Layout) -> dict[str, tuple[int, str]]:
    """The first line and the text of each entry's block, by the entry's id."""
    places, line, at = {}, 1, 0
    for piece in layout.blocks:
        line += layout.text.count("\n", at, piece.start)
        at = piece.start
        block = layout.text[piece.start : piece.end]
        places[codec.read_id(block)] = (line, block)
    return places


def _find_unfit_images(blog: Blog, folder: Path) -> dict[str, str]:
    """The image files that do not exist or are no images, with the reason. Only the beginning of a file is read."""
    files = {m.file for e in blog.entries for m in e.media if m.file}
    return {f: why for f in files if (why := _describe_fault(folder / f, f))}


def _describe_fault(path: Path, name: str) -> str:
    if not path.is_file():
        return f"{name} is not there"
    from liveblog_cli import images

    try:
        images.facts(path)
    except LiveblogError as error:
        return error.message.replace(str(path), name)
    return ""
