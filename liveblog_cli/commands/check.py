"""`liveblog check`: what to look at before readers do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from liveblog_cli import clock
from liveblog_cli.editorial.findings import Finding, check_file, is_broken
from liveblog_cli.errors import InvalidFile, WrongUsage
from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime import streams, working_folder
from liveblog_cli.runtime.messages import warn
from liveblog_cli.storage.diagnosis import Problem
from liveblog_cli.storage.reader import Reader
from liveblog_cli.storage.torn_tail import HALF_BLOCK
from liveblog_cli.workspace.blog_path import find_file

BROKEN = InvalidFile.status


@spread_options
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help="Blog files. [default: the one that -f means]"),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail on warnings and notes too.")
    ] = False,
    form: Annotated[
        Literal["text", "github", "sarif"],
        typer.Option("--format", help="For people, for GitHub Actions, or for code scanning."),
    ] = "text",
    *,
    run: ReadOptions,
) -> int:
    """Check a blog: alt texts, sources, boxes, links, headlines, times, drafts. Changes nothing.

    Exit status 0: nothing that fails; 1: an error (with --strict anything); 4: a broken file.
    """
    if run.json and form != "text":
        raise WrongUsage("--json and --format are two answers", "give one of them")
    if files and run.file:
        raise WrongUsage("files are named twice: as words and with -f")
    found = [
        f
        for name in files or [working_folder.shorten(find_file(run.file))]
        for f in _list_findings(name)
    ]
    if run.json:
        answer_json(found)
    else:
        _show(found, form)
    if is_broken(found):
        return BROKEN
    return int(any(strict or f.severity == "error" for f in found))


def _list_findings(name: str) -> list[Finding]:
    layout, tail_line = Reader(Path(name)).look()
    known = [] if tail_line is None else [Problem(tail_line, HALF_BLOCK)]
    return check_file(name, layout, clock.now(), known)


def _show(found: Sequence[Finding], form: str) -> None:
    import sys

    from liveblog_cli.editorial.findings_formats import FORMATS
    from liveblog_cli.text.controls import make_printable

    shown = FORMATS[form](found)
    if form == "sarif":
        streams.write_json(shown)
    else:
        sys.stdout.write(make_printable(shown) if form == "text" else shown)
    if form == "text":
        faults = sum(f.severity == "error" for f in found)
        warn(f"errors: {faults}, warnings and notes: {len(found) - faults}")
