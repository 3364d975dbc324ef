"""`liveblog add-entry` (`add`): one more entry."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from liveblog_cli.errors import LiveblogError, NotFound, WrongUsage
from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions
from liveblog_cli.options.entry import DraftFile, EntryOptions, make_options
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import tell_change
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.upsert import Outcome, Upsert

if TYPE_CHECKING:
    NewEntryOptions = EntryOptions
else:
    NewEntryOptions = make_options(of_edit=False)

_NOTHING_ADDED = "nothing was added"


class StreamOptions(Struct, frozen=True):
    """Options for many entries at once."""

    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help="Read one entry a line as JSON, from the file that WORDS name or stdin."
        ),
    ] = False
    atomic: Annotated[
        bool, typer.Option("--atomic", help="With --jsonl: all of the lines, or none.")
    ] = False
    draft_file: DraftFile = None


@spread_options
def add_entry(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]",
            help="The headline; needs no quotes. `-` reads headline and body from stdin. "
            "Text that begins with a dash stands behind --.",
        ),
    ] = None,
    *,
    entry: NewEntryOptions,
    stream: StreamOptions,
    run: ChangeOptions,
) -> None:
    """Add an entry. Without words it reads a pipe, or opens the editor on a terminal."""
    blog_file = run.open_blog()
    words = words or []
    if stream.draft_file is not None:
        if words or stream.jsonl or not entry.is_empty:
            raise WrongUsage("--draft-file brings text and fields: leave out all others")
        outcome = _add_from_editor(blog_file, entry, run.by, stream.draft_file)
    elif stream.jsonl or stream.atomic:
        return _add_lines(blog_file, words, entry, stream)
    elif texts := _read_texts(words, entry):
        outcome = _add(blog_file, texts)
    else:
        outcome = _add_from_editor(blog_file, entry, run.by)
    tell_change(outcome.entry, outcome.action, run.json, outcome.note)
    return None


def _add_lines(
    blog_file: BlogFile, words: list[str], entry: EntryOptions, stream: StreamOptions
) -> None:
    if not stream.jsonl or len(words) > 1 or not entry.is_empty:
        raise WrongUsage("--jsonl takes a file or `-`, and --atomic; fields stand in the lines")
    from liveblog_cli.options.streaming import add_stream

    add_stream(blog_file, words[0] if words else "-", stream.atomic)


def _read_texts(words: list[str], entry: NewEntryOptions) -> EntryOptions | None:
    """The options with headline and body from wherever they come; None where an editor is to bring them."""
    if words and entry.headline is not None:
        raise WrongUsage("the headline is given twice: as words and with --headline")
    headline = entry.headline or " ".join(words)
    if headline and "-" not in (*words[:1], entry.body):
        return entry.with_texts(headline, entry.body)
    from liveblog_cli.ingest import stdin

    stdin.refuse_lone_dash(words, entry.body)
    body = None if entry.body is None else stdin.text_or_stdin(entry.body, "body")
    has_any = headline or body is not None or entry.image
    if words == ["-"] or not (has_any or sys.stdin.isatty()):
        headline, body = stdin.commit_message(stdin.from_stdin())
    elif not has_any:
        return None
    return entry.with_texts(headline or None, body)


def _add(blog_file: BlogFile, entry: EntryOptions) -> Outcome:
    given = entry.read(blog_file)
    new = given.new_entry().require_content("an image", _NOTHING_ADDED)
    return blog_file.put_one(Upsert(new, given.edit(_NOTHING_ADDED)))


def _add_from_editor(
    blog_file: BlogFile, entry: EntryOptions, by: str | None, kept: str | None = None
) -> Outcome:
    """The entry that was written in the editor. It never goes into one that a sender's ref names already."""
    from liveblog_cli.workspace.drafting import open_draft

    command = ["add", *([f"--by={by}"] if by else [])]
    start = entry.read(blog_file).new_entry()
    if start.ref:
        with suppress(NotFound):
            _refuse_known(blog_file.entry(f"ref:{start.ref}"))
    with open_draft(start, blog_file, command, kept) as draft:
        new = draft.edit().require_content("an image", _NOTHING_ADDED)
        outcome = blog_file.put_one(Upsert(new, _refuse_known))
        if outcome.action != "added":
            _refuse_known(outcome.entry)
        return outcome


def _refuse_known(old: Entry) -> Entry:
    raise LiveblogError(
        f"entry {old.id} has this ref already", f"to change it: liveblog edit {old.id}"
    )
