"""The options of `export`, and what they ask for together."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from liveblog_cli.errors import WrongUsage
from liveblog_cli.ingest.head import page_address
from liveblog_cli.options.common import AsOf
from liveblog_cli.options.filters import FilterOptions
from liveblog_cli.publish.request import ExportRequest, choose_destination


class ExportOptions(Struct, frozen=True):
    """Where an export goes, of which moment, and what its files are like; as typed."""

    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR|FILE|-",
            help="A folder; of one format also a file, a pipe, or - for stdout. "
            "[default: public beside the blog file]",
        ),
    ] = None
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="TIME", help="Take it to be this time. [default: now]"),
    ] = None
    as_of: AsOf = None
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="At most N entries in each file."),
    ] = None
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="As if the page stood there, e.g. for a trial."),
    ] = None
    fragment: Annotated[
        bool, typer.Option("--fragment", help="Only the blog's element, to put into another page.")
    ] = False
    theme: Annotated[
        Path | None,
        typer.Option("--theme", metavar="DIR", help="A folder of templates for the page."),
    ] = None
    csp: Annotated[
        bool, typer.Option("--csp", help="Print the page's Content-Security-Policy.")
    ] = False
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: export again whenever something changes.")
    ] = False
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Leave out entries that can't be read.")
    ] = False
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Delete also copies of images that somebody changed."),
    ] = False
    keep_pictures: Annotated[
        bool,
        typer.Option("--keep-pictures", help="Keep copies of images that nothing shows any more."),
    ] = False

    def make_request(
        self, formats: Sequence[str], filters: FilterOptions, source: Path
    ) -> ExportRequest:
        """What is asked for. `source` is the folder of the blog file.

        Raises:
            WrongUsage: no such format, or one file is named for several.
            LiveblogError: the folder is a file, or `--url` is no address of a page.
        """
        destination = choose_destination(formats, self.output, self.fragment, source)
        return ExportRequest(
            names=destination.names,
            folder=destination.folder,
            sink=destination.sink,
            now=self.now,
            as_of=self.as_of,
            filter_options=filters.list_words(),
            limit=self.limit,
            url=page_address(self.url or ""),
            theme=self.theme,
            fragment=self.fragment,
            skip_broken=self.skip_broken,
            unused="prune" if self.prune else "keep" if self.keep_pictures else "delete",
        )

    def refuse_contradictions(self, request: ExportRequest, as_json: bool) -> None:
        """Refuse options that can't be had together. `request` is what they ask for.

        Raises:
            WrongUsage: there are such; the message names the first two.
        """
        for clash, message in self._list_contradictions(request, as_json):
            if clash:
                raise WrongUsage(message, "see: liveblog export --help")

    def _list_contradictions(
        self, request: ExportRequest, as_json: bool
    ) -> Iterable[tuple[bool, str]]:
        timed = self.now is not None or self.as_of is not None
        yield self.now is not None and self.as_of is not None, "--now and --as-of are two times"
        if self.watch:
            yield request.sink is not None, "--watch needs a folder or a file to write to"
            yield timed, "--watch goes with the clock: leave out --now and --as-of"
        yield as_json and request.to_stdout, "--json and -o - would both write to stdout"
        if self.watch:
            yield self.csp or self.prune, "--csp and --prune are for a single export"
        if self.prune:
            yield self.keep_pictures, "--prune deletes what --keep-pictures keeps"
        if self.csp:
            yield "html" not in request.names, "--csp is for html"
            yield self.fragment, "--csp is for a whole page, not for --fragment"
        if self.prune:
            yield request.sink is not None, "--prune needs a folder"
            whole = "--prune needs the whole blog: leave out filters, --now and --as-of"
            yield not request.is_whole, whole
