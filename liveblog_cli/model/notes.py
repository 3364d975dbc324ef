"""The notes of a blog, its standing notices: how they are added, edited, removed and found."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, cast, get_args

import msgspec
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, NotFound, WrongUsage
from liveblog_cli.model import changes, cleaning
from liveblog_cli.model.values import Blog, Change, Entry, Note, SourceKind
from liveblog_cli.text.suggest import suggest

KINDS: tuple[str, ...] = get_args(SourceKind)


def add_note(blog: Blog, name: str, **given: Any) -> Blog:
    """The blog with one more note. `given` may hold title, text and applies_to, as they were typed.

    Raises:
        LiveblogError: a note has that id already, the text is empty, or a field has a wrong value.
    """
    if any(n.id == name for n in blog.notes):
        raise LiveblogError(f"box {name!r} is there already", "change it with: liveblog note edit")
    fields = _clean_fields(given)
    if not fields.get("text"):
        raise LiveblogError(
            "a box needs a text", f'liveblog note add {shlex.quote(name)} --text "TEXT"'
        )
    try:
        note = msgspec.convert({"id": name, **fields}, Note)
    except msgspec.ValidationError:
        raise LiveblogError(
            f"{name!r} can't be a box's id", "it takes letters, digits, - and _, a letter first"
        ) from None
    return replace(blog, notes=(*blog.notes, note))


def edit_note(blog: Blog, name: str, **given: Any) -> Blog:
    """The blog with new fields for the note of that id. Fields that are not given stay as they are.

    Raises:
        NotFound: there is no such note.
        LiveblogError: the text would be empty, or a field has a wrong value.
    """
    fields = _clean_fields(given)
    if "text" in fields and not fields["text"]:
        raise LiveblogError(
            "a box needs a text", f"to take it away: liveblog note remove {shlex.quote(name)}"
        )
    old = find_note(blog, name)
    notes = [replace(n, **fields) if n is old else n for n in blog.notes]
    return replace(blog, notes=tuple(notes))


def remove_note(blog: Blog, name: str, stamp: Change) -> Blog:
    """The whole blog without the note. The removal is recorded in the blog's history.

    Raises:
        NotFound: there is no such note.
        LiveblogError: entries name the note.
    """
    old = find_note(blog, name)
    if named := [e.id for e in find_entries(blog, name) if e.status != "retracted"]:
        raise LiveblogError(
            f"box {name!r} is named by entries: {', '.join(named[:8])}",
            "take it from them first: liveblog edit ENTRY --note OTHER",
        )
    head = replace(blog, entries=())
    notes = tuple(n for n in blog.notes if n is not old)
    new = cast(Blog, changes.record_change(head, replace(head, notes=notes), stamp))
    return replace(new, entries=blog.entries)


def find_entries(blog: Blog, name: str) -> list[Entry]:
    """The entries that name a note."""
    return [e for e in blog.entries if name in e.notes]


def find_note(blog: Blog, name: str) -> Note:
    """The note of that id.

    Raises:
        NotFound: there is no such note. The message suggests one.
    """
    for note in blog.notes:
        if note.id == name:
            return note
    known = [n.id for n in blog.notes]
    raise NotFound(
        f"no box {name!r}{suggest(name, known)}", f"boxes: {', '.join(known) or 'none yet'}"
    )


def _clean_fields(given: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if given.get("title") is not None:
        fields["title"] = cleaning.one_line(given["title"], "title")
    if given.get("text") is not None:
        fields["text"] = cleaning.clean(given["text"], "text").strip()
    if given.get("applies_to") is not None:
        fields["applies_to"] = _check_kinds(given["applies_to"])
    return fields


def _check_kinds(names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if name and name not in KINDS:
            raise WrongUsage(
                f"no kind of source {name!r}{suggest(name, KINDS)}",
                f"kinds: {', '.join(KINDS)}",
            )
    return tuple(n for n in names if n)
