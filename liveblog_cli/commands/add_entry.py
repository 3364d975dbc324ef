"""`liveblog add-entry` (`add`): one more entry."""

import sys
from typing import Annotated

import typer

from liveblog_cli import inputs
from liveblog_cli import options_entry as fields
from liveblog_cli.blogfile import BlogFile
from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.model import Entry
from liveblog_cli.options import (
    LOCK_TIMEOUT,
    By,
    File,
    Json,
    LockTimeout,
    TextCommand,
    open_file,
    tell_change,
)

command_class = TextCommand


def add_entry(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]",
            help="The headline; needs no quotes. `-` reads headline and body from stdin.",
        ),
    ] = None,
    headline: fields.Headline = None,
    body: fields.Body = None,
    at: fields.At = None,
    author: fields.Author = None,
    tag: fields.Tag = None,
    label: fields.Label = None,
    source: fields.Source = None,
    note: fields.Note = None,
    image: fields.Image = None,
    alt: fields.Alt = None,
    caption: fields.Caption = None,
    credit: fields.Credit = None,
    key: Annotated[bool, typer.Option("--key", help="Mark it as a key event.")] = False,
    pin: Annotated[bool, typer.Option("--pin", help="Pin it to the top.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Keep it from readers until `publish`.")
    ] = False,
    ref: Annotated[
        str | None,
        typer.Option(
            "--ref",
            metavar="KEY",
            help="The sender's own id; the same one never makes a second entry.",
        ),
    ] = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Add an entry. Without words it reads a pipe, or opens the editor on a terminal."""
    blog_file = open_file(file, by, lock_timeout)
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
        key=key or None,
        pinned=pin or None,
        status="draft" if draft else None,
        ref=ref,
    )
    if words and headline is not None:
        raise WrongUsage("the headline is given twice: as words and with --headline")
    headline = headline or " ".join(words or [])
    if words == ["-"] or (not headline and body is None and not image and not sys.stdin.isatty()):
        if body is not None:
            raise WrongUsage("`-` reads the body from stdin: leave out --body")
        headline, body = inputs.commit_message(inputs.from_stdin())
    elif not headline and body is None and not image:
        entry = _from_editor(blog_file, given)
        return tell_change(blog_file, entry, "added", json)
    head = blog_file.head()
    entry = given.entry(head, blog_file, headline=headline, body=body or "")
    tell_change(blog_file, blog_file.add([_filled(entry)])[0], "added", json)
    return None


def _filled(entry: Entry) -> Entry:
    if entry.is_empty:
        raise LiveblogError("an entry needs a headline, a body or an image", "nothing was added")
    return entry


def _from_editor(blog_file: BlogFile, given: fields.Given) -> Entry:
    from liveblog_cli import editor

    start = given.entry(blog_file.head(), blog_file)
    with editor.session(start, blog_file) as session:
        return blog_file.add([_filled(session.edited())])[0]
