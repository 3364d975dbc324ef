"""`liveblog edit`: change an entry, on the command line or in an editor."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.ingest import stdin
from liveblog_cli.model.cleaning import one_line
from liveblog_cli.model.values import Change, Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.entry import DraftFile, EntryOptions, make_options
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import tell_change, tell_edit
from liveblog_cli.storage.blogfile import BlogFile

if TYPE_CHECKING:
    EditEntryOptions = EntryOptions
else:
    EditEntryOptions = make_options(of_edit=True)

_EMPTIED = "to take it from readers: retract"


class ReaderOptions(Struct, frozen=True):
    """What readers are told of a change."""

    correction: Annotated[
        str | None,
        typer.Option("--correction", metavar="TEXT", help="Tell readers what was wrong."),
    ] = None
    clarification: Annotated[
        str | None,
        typer.Option("--clarification", metavar="TEXT", help="Tell readers what is meant."),
    ] = None
    update: Annotated[
        str | None, typer.Option("--update", metavar="TEXT", help="Tell readers what is new.")
    ] = None
    minor: Annotated[
        bool, typer.Option("--minor", help="Leave the time of the last update as it is.")
    ] = False

    def stamp(self, blog_file: BlogFile) -> Change:
        """The change as it is recorded.

        Raises:
            WrongUsage: more than one text is given.
            LiveblogError: the text is empty.
        """
        told = {
            "correction": self.correction,
            "clarification": self.clarification,
            "update": self.update,
        }
        given = {kind: text for kind, text in told.items() if text is not None}
        if len(given) > 1:
            raise WrongUsage(f"one of --{', --'.join(given)} at a time")
        for kind, text in given.items():
            note = one_line(text, kind)
            if not note:
                raise LiveblogError(f"a {kind} needs a text that readers see")
            return blog_file.stamp("edit", kind=kind, note=note, minor=self.minor)
        return blog_file.stamp("edit", minor=self.minor)


@spread_options
def edit(
    entry: EntryName,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]",
            help="A new headline. `-` reads text from stdin. "
            "Text that begins with a dash stands behind --.",
        ),
    ] = None,
    *,
    fields: EditEntryOptions,
    readers: ReaderOptions,
    draft_file: DraftFile = None,
    run: ChangeOptions,
) -> None:
    """Change an entry; what was there before stays in its history. Without options: the editor.

    A script may give --correction alone: readers are told, the text stays.
    """
    blog_file = run.open_blog()
    stamp = readers.stamp(blog_file)
    given = _read_texts(words or [], fields)
    if draft_file is not None and not given.is_empty:
        raise WrongUsage("--draft-file brings text and fields: leave out all others")
    if given.is_empty and (draft_file is not None or sys.stdin.isatty() or not stamp.note):
        options = _repeat_options(stamp, run.by)
        new, done = _edit_in_editor(blog_file, entry, stamp, options, draft_file)
        tell_change(new, done, run.json)
        return
    edit = given.read(blog_file).edit(_EMPTIED)
    old, new = blog_file.edit_entry(entry, edit, stamp)
    tell_edit(old, new, "edited", run.json)


def _read_texts(words: list[str], fields: EditEntryOptions) -> EntryOptions:
    """The options with headline and body from wherever they come."""
    if words and fields.headline is not None:
        raise WrongUsage("the headline is given twice: as words and with --headline")
    stdin.refuse_lone_dash(words, fields.body)
    if words == ["-"]:
        return fields.with_texts(*stdin.commit_message(stdin.text_or_stdin("-", "entry")))
    body = None if fields.body is None else stdin.text_or_stdin(fields.body, "body")
    return fields.with_texts(" ".join(words) if words else fields.headline, body)


def _repeat_options(stamp: Change, by: str | None) -> list[str]:
    """The options to give again with a draft that is gone on with later."""
    told = [f"--{stamp.kind}={stamp.note}"] if stamp.note else []
    return [*told, *(["--minor"] if stamp.minor else []), *([f"--by={by}"] if by else [])]


def _edit_in_editor(
    blog_file: BlogFile, name: str, stamp: Change, options: list[str], kept: str | None
) -> tuple[Entry, str]:
    """The entry as it then is, and what was done to it."""
    from liveblog_cli.workspace.drafting import open_draft

    old = blog_file.entry(name)
    with open_draft(old, blog_file, ["edit", old.id, *options], kept) as draft:
        new = draft.edit().require_content("an image", _EMPTIED)
        entry = blog_file.change(old.id, lambda _: new, stamp, expected=old)
        return entry, "unchanged" if entry == old else "edited"
