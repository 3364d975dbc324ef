"""`liveblog add-entry` (`add`): one more entry."""

import sys
from contextlib import suppress
from typing import Annotated

import typer

from liveblog_cli.errors import LiveblogError, NotFound, WrongUsage
from liveblog_cli.ingest import stdin
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.options import entry as fields
from liveblog_cli.options.common import LOCK_TIMEOUT, By, File, Json, LockTimeout
from liveblog_cli.preview.answers import tell_change
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.upsert import Upsert
from liveblog_cli.workspace.blog_path import open_file


def add_entry(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]",
            help="The headline; needs no quotes. `-` reads headline and body from stdin. "
            "Text that begins with a dash stands behind --.",
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
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help="Read one entry a line as JSON, from the file that WORDS name or stdin."
        ),
    ] = False,
    atomic: Annotated[
        bool, typer.Option("--atomic", help="With --jsonl: all of the lines, or none.")
    ] = False,
    draft_file: fields.DraftFile = None,
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
    bare = (given, headline, body) == (fields.Given(), None, None)
    if draft_file is not None:
        if words or jsonl or not bare:
            raise WrongUsage("--draft-file brings text and fields: leave out all others")
        entry = _from_editor(blog_file, given, by, draft_file)
        return tell_change(blog_file, entry, "added", json)
    if jsonl or atomic:
        if not jsonl or len(words or []) > 1 or not bare:
            raise WrongUsage("--jsonl takes a file or `-`, and --atomic; fields stand in the lines")
        from liveblog_cli.options.streaming import add_stream

        return add_stream(blog_file, words[0] if words else "-", atomic)
    if words and headline is not None:
        raise WrongUsage("the headline is given twice: as words and with --headline")
    stdin.refuse_lone_dash(words or [], body)
    body = None if body is None else stdin.text_or_stdin(body, "body")
    headline = headline or " ".join(words or [])
    if words == ["-"] or (not headline and body is None and not image and not sys.stdin.isatty()):
        headline, body = stdin.commit_message(stdin.from_stdin())
    elif not headline and body is None and not image:
        entry = _from_editor(blog_file, given, by)
        return tell_change(blog_file, entry, "added", json)
    head = blog_file.head()
    entry = fields.filled(given.entry(head, blog_file, headline=headline, body=body or ""))
    texts = fields.texts(headline or None, body)
    outcome = blog_file.put_one(
        Upsert(entry, lambda old: _again(old, texts, given, blog_file, head))
    )
    return tell_change(blog_file, outcome.entry, outcome.action, json, outcome.note)


def _again(
    old: Entry, texts: dict[str, str], given: fields.Given, blog_file: BlogFile, head: Blog
) -> Entry:
    """The entry that has the same ref, with what is given now."""
    return fields.filled(given.applied(old.with_texts(**texts), head, blog_file))


def _from_editor(
    blog_file: BlogFile, given: fields.Given, by: str | None, kept: str | None = None
) -> Entry:
    """The entry that was written in the editor. It never goes into one that a sender's ref names already."""
    from liveblog_cli.workspace.drafting import drafting

    command = ["add", *([f"--by={by}"] if by else [])]
    start = given.entry(blog_file.head(), blog_file)
    if start.ref:
        with suppress(NotFound):
            _refuse_known(blog_file.entry(f"ref:{start.ref}"))
    with drafting(start, blog_file, command, kept) as draft:
        outcome = blog_file.put_one(Upsert(fields.filled(draft.edited()), _refuse_known))
        return outcome.entry if outcome.action == "added" else _refuse_known(outcome.entry)


def _refuse_known(old: Entry) -> Entry:
    raise LiveblogError(
        f"entry {old.id} has this ref already", f"to change it: liveblog edit {old.id}"
    )
