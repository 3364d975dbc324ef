"""The standing boxes of a blog, and how they change."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, cast, get_args

import msgspec
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError, NotFound, WrongUsage
from liveblog_cli.model import inputs, values
from liveblog_cli.model.values import Blog, Change, Entry, Note, SourceKind
from liveblog_cli.text.suggest import suggestion

KINDS: tuple[str, ...] = get_args(SourceKind)


def added(blog: Blog, name: str, **given: Any) -> Blog:
    """The blog with one more box. `given` may hold title, text and applies_to, as typed.

    Raises:
        LiveblogError: there is one of that id, it has no text, or a field can't be what it should be.
    """
    if any(n.id == name for n in blog.notes):
        raise LiveblogError(f"box {name!r} is there already", "change it with: liveblog note edit")
    fields = _fields(given)
    if not fields.get("text"):
        raise LiveblogError(
            "a box needs a text", f'liveblog note add {shlex.quote(name)} --text "TEXT"'
        )
    try:
        box = msgspec.convert({"id": name, **fields}, Note)
    except msgspec.ValidationError:
        raise LiveblogError(
            f"{name!r} can't be a box's id", "it takes letters, digits, - and _, a letter first"
        ) from None
    return replace(blog, notes=(*blog.notes, box))


def edited(blog: Blog, name: str, **given: Any) -> Blog:
    """The blog with what was given in place of what the box had.

    Raises:
        NotFound: no such box.
        LiveblogError: its text would be empty, or a field can't be what it should be.
    """
    fields = _fields(given)
    if "text" in fields and not fields["text"]:
        raise LiveblogError(
            "a box needs a text", f"to take it away: liveblog note remove {shlex.quote(name)}"
        )
    old = box(blog, name)
    notes = [replace(n, **fields) if n is old else n for n in blog.notes]
    return replace(blog, notes=tuple(notes))


def removed(blog: Blog, name: str, stamp: Change) -> Blog:
    """The whole blog without the box, that in its history.

    Raises:
        NotFound: no such box.
        LiveblogError: entries name it.
    """
    old = box(blog, name)
    if named := [e.id for e in naming(blog, name) if e.status != "retracted"]:
        raise LiveblogError(
            f"box {name!r} is named by entries: {', '.join(named[:8])}",
            "take it from them first: liveblog edit ENTRY --note OTHER",
        )
    head = replace(blog, entries=())
    notes = tuple(n for n in blog.notes if n is not old)
    new = cast(Blog, values.changed(head, replace(head, notes=notes), stamp))
    return replace(new, entries=blog.entries)


def naming(blog: Blog, name: str) -> list[Entry]:
    """The entries that name a box."""
    return [e for e in blog.entries if name in e.notes]


def box(blog: Blog, name: str) -> Note:
    """The box of that id.

    Raises:
        NotFound: there is none; the message suggests one.
    """
    for note in blog.notes:
        if note.id == name:
            return note
    known = [n.id for n in blog.notes]
    raise NotFound(
        f"no box {name!r}{suggestion(name, known)}", f"boxes: {', '.join(known) or 'none yet'}"
    )


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if given.get("title") is not None:
        fields["title"] = inputs.one_line(given["title"], "title")
    if given.get("text") is not None:
        fields["text"] = inputs.clean(given["text"], "text").strip()
    if given.get("applies_to") is not None:
        fields["applies_to"] = _kinds(given["applies_to"])
    return fields


def _kinds(names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if name and name not in KINDS:
            raise WrongUsage(
                f"no kind of source {name!r}{suggestion(name, KINDS)}",
                f"kinds: {', '.join(KINDS)}",
            )
    return tuple(n for n in names if n)
