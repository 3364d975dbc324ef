"""`liveblog edit`: change an entry, on the command line or in an editor."""

import sys
from typing import Annotated

import typer

from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.ingest import stdin
from liveblog_cli.model import inputs
from liveblog_cli.model.values import Change, Entry
from liveblog_cli.options import entry as fields
from liveblog_cli.options.common import LOCK_TIMEOUT, By, EntryName, File, Json, LockTimeout
from liveblog_cli.preview.answers import change_entry, tell_change
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.workspace.blog_path import open_file

_EMPTIED = "to take it from readers: retract"


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
    headline: fields.Headline = None,
    body: fields.Body = None,
    at: fields.NewTime = None,
    author: fields.Author = None,
    tag: fields.Tag = None,
    label: fields.Label = None,
    source: fields.Source = None,
    note: fields.Note = None,
    image: fields.Image = None,
    alt: fields.Alt = None,
    caption: fields.Caption = None,
    credit: fields.Credit = None,
    key: Annotated[bool | None, typer.Option("--key/--no-key", help="A key event.")] = None,
    pin: Annotated[bool | None, typer.Option("--pin/--no-pin", help="At the top.")] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Take it from readers until `publish`.")
    ] = False,
    ref: Annotated[
        str | None, typer.Option("--ref", metavar="KEY", help="The sender's own id.")
    ] = None,
    correction: Annotated[
        str | None,
        typer.Option("--correction", metavar="TEXT", help="Tell readers what was wrong."),
    ] = None,
    clarification: Annotated[
        str | None,
        typer.Option("--clarification", metavar="TEXT", help="Tell readers what is meant."),
    ] = None,
    update: Annotated[
        str | None, typer.Option("--update", metavar="TEXT", help="Tell readers what is new.")
    ] = None,
    minor: Annotated[
        bool, typer.Option("--minor", help="Leave the time of the last update as it is.")
    ] = False,
    draft_file: fields.DraftFile = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Change an entry; what was there before stays in its history. Without options: the editor.

    A script may give --correction alone: readers are told, the text stays.
    """
    blog_file = open_file(file, by, lock_timeout)
    told = {"correction": correction, "clarification": clarification, "update": update}
    stamp = _stamp(blog_file, told, minor)
    given = fields.Given(
        at=at,
        authors=author,
        tags=tag,
        label=label,
        sources=source,
        notes=note,
        images=image,
        alts=alt,
        captions=caption,
        credits=credit,
        key=key,
        pinned=pin,
        status="draft" if draft else None,
        ref=ref,
    )
    headline, body = _texts(words or [], headline, body)
    nothing = headline is None and body is None and given == fields.Given()
    if draft_file is not None and not nothing:
        raise WrongUsage("--draft-file brings text and fields: leave out all others")
    if nothing and (draft_file is not None or sys.stdin.isatty() or not stamp.note):
        more = [f"--{stamp.kind}={stamp.note}"] if stamp.note else []
        more += ["--minor"] if minor else []
        more += [f"--by={by}"] if by else []
        tell_change(blog_file, *_in_editor(blog_file, entry, stamp, more, draft_file), json)
        return
    blog = blog_file.head()
    new = fields.texts(headline, body)

    def edited(old: Entry) -> Entry:
        return fields.filled(given.applied(old.with_texts(**new), blog, blog_file), _EMPTIED)

    change_entry(blog_file, entry, edited, stamp, "edited", json)


def _texts(
    words: list[str], headline: str | None, body: str | None
) -> tuple[str | None, str | None]:
    if words and headline is not None:
        raise WrongUsage("the headline is given twice: as words and with --headline")
    stdin.refuse_lone_dash(words, body)
    body = None if body is None else stdin.text_or_stdin(body, "body")
    if words == ["-"]:
        return stdin.commit_message(stdin.text_or_stdin("-", "entry"))
    return " ".join(words) if words else headline, body


def _stamp(blog_file: BlogFile, told: dict[str, str | None], minor: bool) -> Change:
    given = {kind: text for kind, text in told.items() if text is not None}
    if len(given) > 1:
        raise WrongUsage(f"one of --{', --'.join(given)} at a time")
    for kind, text in given.items():
        note = inputs.one_line(text, kind)
        if not note:
            raise LiveblogError(f"a {kind} needs a text that readers see")
        return blog_file.stamp("edit", kind=kind, note=note, minor=minor)
    return blog_file.stamp("edit", minor=minor)


def _in_editor(
    blog_file: BlogFile, name: str, stamp: Change, more: list[str], kept: str | None
) -> tuple[Entry, str]:
    """The entry as it then is, and what was done to it. `more` are options to give again."""
    from liveblog_cli.workspace.drafting import drafting

    old = blog_file.entry(name)
    with drafting(old, blog_file, ["edit", old.id, *more], kept) as draft:
        new = fields.filled(draft.edited(), _EMPTIED)
        entry = blog_file.change(old.id, lambda _: new, stamp, expected=old)
        return entry, "unchanged" if entry == old else "edited"
