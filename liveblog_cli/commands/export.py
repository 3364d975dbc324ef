"""`liveblog export`: the blog as pages and feeds."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from liveblog_cli import formats
from liveblog_cli.options import reports
from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.export import ExportOptions
from liveblog_cli.options.filters import FilterOptions
from liveblog_cli.options.groups import Only, spread_options
from liveblog_cli.preview.progress import show_progress
from liveblog_cli.publish.publication import Publication, publish
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.runtime import command_run
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace.blog_path import find_file

_show_progress = partial(show_progress, "export")


def _complete_format(incomplete: str) -> list[str]:
    return [name for name in formats.list_names() if name.startswith(incomplete)]


@spread_options
def export(
    format: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FORMAT...]",
            help="html, md, json, rss, atom or another. [default: these five]",
            autocompletion=_complete_format,
        ),
    ] = None,
    *,
    wanted: ExportOptions,
    filters: Annotated[
        FilterOptions,
        Only("tag", "author", "source", "since", "until", "key", "grep", "ignore_case"),
    ],
    run: ReadOptions,
) -> int | None:
    """Write the blog as HTML, Markdown, JSON Feed, RSS and Atom, each file whole at every moment."""
    blog_file = run.open_blog()
    request = wanted.make_request(format or [], filters, blog_file.path.parent)
    wanted.refuse_contradictions(request, run.json)
    if request.to_stdout:
        _write_to_stdout(blog_file, request, wanted.csp)
        return None
    if wanted.watch:
        return _watch(run, request)
    done = publish(blog_file, request, progress=_show_progress)
    command_run.note_done(f"export of {', '.join(done.texts)} to {request.sink or request.folder}")
    _tell(done, wanted.csp, run.json)
    if done.failure:
        raise done.failure
    return None


def _write_to_stdout(blog_file: BlogFile, request: ExportRequest, csp: bool) -> None:
    done = publish(blog_file, request, write=False, progress=_show_progress)
    reports.write_to_stdout(done)
    if csp:
        warn(_read_policy(done))


def _tell(done: Publication, csp: bool, as_json: bool) -> None:
    policy = {"csp": _read_policy(done)} if csp else {}
    if as_json:
        return reports.tell_json(done, **policy)
    reports.tell(done)
    for text in policy.values():
        say(text)
    return None


def _watch(run: ReadOptions, request: ExportRequest) -> int:
    from liveblog_cli.publish.watch import watch

    path = Path(os.path.abspath(find_file(run.file)))
    rounds = reports.Rounds(run.json)
    rounds.begin(path)
    if current := command_run.current():
        current.show_log(rounds.note)
    status = watch(lambda: BlogFile(path), request, rounds, _show_progress)
    rounds.end()
    return status


def _read_policy(done: Publication) -> str:
    from liveblog_cli.formats import html

    return html.csp(done.texts["html"])
