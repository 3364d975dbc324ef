"""`liveblog export`: the blog as pages and feeds."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from liveblog_cli import formats
from liveblog_cli.errors import WrongUsage
from liveblog_cli.ingest import head
from liveblog_cli.options import filters as pick
from liveblog_cli.options import reports
from liveblog_cli.options.common import File, Json
from liveblog_cli.preview import progress
from liveblog_cli.publish import request
from liveblog_cli.publish.publication import Publication, publish
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.runtime import command_run
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace.blog_path import find_file, open_file

_bar = partial(progress.bar, "export")


def _complete_format(incomplete: str) -> list[str]:
    return [name for name in formats.names() if name.startswith(incomplete)]


def export(
    format: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FORMAT...]",
            help="html, md, json, rss, atom or another. [default: these five]",
            autocompletion=_complete_format,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR|FILE|-",
            help="A folder; of one format also a file, a pipe, or - for stdout. "
            "[default: public beside the blog file]",
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="TIME", help="Take it to be this time. [default: now]"),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TIME", help="As readers saw it then; 2h is 2 hours ago."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="At most N entries in each file."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="As if the page stood there, e.g. for a trial."),
    ] = None,
    fragment: Annotated[
        bool, typer.Option("--fragment", help="Only the blog's element, to put into another page.")
    ] = False,
    theme: Annotated[
        Path | None,
        typer.Option("--theme", metavar="DIR", help="A folder of templates for the page."),
    ] = None,
    csp: Annotated[
        bool, typer.Option("--csp", help="Print the page's Content-Security-Policy.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: export again whenever something changes.")
    ] = False,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Leave out entries that can't be read.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Delete also copies of images that somebody changed."),
    ] = False,
    keep_pictures: Annotated[
        bool,
        typer.Option("--keep-pictures", help="Keep copies of images that nothing shows any more."),
    ] = False,
    tag: pick.Tag = None,
    author: pick.Author = None,
    source: pick.Source = None,
    since: pick.Since = None,
    until: pick.Until = None,
    key: pick.Key = False,
    grep: pick.Grep = None,
    ignore_case: pick.IgnoreCase = False,
    file: File = None,
    json: Json = False,
) -> int | None:
    """Write the blog as HTML, Markdown, JSON Feed, RSS and Atom, each file whole at every moment."""
    blog_file = open_file(file)
    place = request.place(format or [], output, fragment, blog_file.path.parent)
    picked = {
        "tags": tag,
        "authors": author,
        "sources": source,
        "since": since,
        "until": until,
        "key": key or None,
        "grep": grep,
        "ignore_case": ignore_case,
    }
    order = ExportRequest(
        names=place.names,
        folder=place.folder,
        sink=place.sink,
        now=now,
        as_of=as_of,
        picked=picked,
        limit=limit,
        url=head.page_address(url or ""),
        theme=theme,
        fragment=fragment,
        skip_broken=skip_broken,
        unused="prune" if prune else "keep" if keep_pictures else "delete",
    )
    _refuse_contradictions(order, csp=csp, watch=watch, keep=keep_pictures, json=json)
    if order.to_stdout:
        done = publish(blog_file, order, write=False, progress=_bar)
        reports.to_stdout(done)
        if csp:
            warn(_policy(done))
        return None
    if watch:
        return _watched(file, order, json)
    done = publish(blog_file, order, progress=_bar)
    command_run.note_done(f"export of {', '.join(done.texts)} to {order.sink or order.folder}")
    policy = {"csp": _policy(done)} if csp else {}
    if json:
        reports.tell_json(done, **policy)
    else:
        reports.tell(done)
        if csp:
            say(policy["csp"])
    if done.failure:
        raise done.failure
    return None


def _refuse_contradictions(
    order: ExportRequest, *, csp: bool, watch: bool, keep: bool, json: bool
) -> None:
    prune = order.unused == "prune"
    timed = order.now is not None or order.as_of is not None
    clashes = [
        (order.now is not None and order.as_of is not None, "--now and --as-of are two times"),
        (watch and order.sink is not None, "--watch needs a folder or a file to write to"),
        (watch and timed, "--watch goes with the clock: leave out --now and --as-of"),
        (json and order.to_stdout, "--json and -o - would both write to stdout"),
        (watch and (csp or prune), "--csp and --prune are for a single export"),
        (prune and keep, "--prune deletes what --keep-pictures keeps"),
        (csp and "html" not in order.names, "--csp is for html"),
        (csp and order.fragment, "--csp is for a whole page, not for --fragment"),
        (prune and order.sink is not None, "--prune needs a folder"),
        (
            prune and not order.whole,
            "--prune needs the whole blog: leave out filters, --now and --as-of",
        ),
    ]
    for clash, message in clashes:
        if clash:
            raise WrongUsage(message, "see: liveblog export --help")


def _watched(file: str | None, order: ExportRequest, as_json: bool) -> int:
    from liveblog_cli.publish.watch import watch

    path = Path(os.path.abspath(find_file(file)))
    rounds = reports.Rounds(as_json)
    rounds.begin(path)
    if run := command_run.current():
        run.show_log(rounds.note)
    status = watch(lambda: BlogFile(path), order, rounds, _bar)
    rounds.end()
    return status


def _policy(done: Publication) -> str:
    from liveblog_cli.formats import html

    return html.csp(done.texts["html"])
