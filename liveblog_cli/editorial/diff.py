"""The differences of a blog between two moments, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from liveblog_cli.model import changes, filters, history
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.text.worddiff import format_value

_OF_STATUS = {
    ("published", "retracted"): "retracted",
    ("scheduled", "retracted"): "retracted",
    ("draft", "retracted"): "retracted",
    ("retracted", "published"): "restored",
    ("draft", "published"): "published",
    ("draft", "scheduled"): "scheduled",
    ("scheduled", "published"): "came out as scheduled",
    ("published", "scheduled"): "put off",
}
_FLAGS = {
    ("pinned", True): "pinned",
    ("pinned", False): "unpinned",
    ("key", True): "made a key event",
    ("key", False): "no longer a key event",
}
_APART = ("pinned", "key", "status", "added")


class Difference(Struct, frozen=True, kw_only=True):
    """One difference. `what` says what happened.

    `entry` is the id of the entry, empty for the head; `title` is its title. `more` names the fields, or is the
    text for readers.
    """

    what: str
    entry: str = ""
    title: str = ""
    more: str = ""

    @property
    def sentence(self) -> str:
        """The difference as a sentence."""
        named = " ".join(t for t in (self.entry, f"“{self.title}”" if self.title else "") if t)
        subject = f"{self.what}: {named}" if named else self.what
        return f"{subject[0].upper()}{subject[1:]}{' - ' if self.more else ''}{self.more}."


def list_differences(blog: Blog, start: datetime, end: datetime) -> list[Difference]:
    """The differences between the blog as it was at `start` and at `end`: first the head, then entries by time."""
    before, after = history.rewind_blog(blog, start), history.rewind_blog(blog, end)
    known = {e.id: e for e in before.entries}
    found = list(_compare_heads(before, after))
    for entry in reversed(after.ordered()):
        old = known.get(entry.id)
        found += (
            _describe_added(entry, end) if old is None else _compare_entries(old, entry, start, end)
        )
    return found


def _compare_heads(before: Blog, after: Blog) -> Iterator[Difference]:
    was, absent = changes.diff_fields(before, after)
    now = changes.list_fields(after)
    if "ended" in (*was, *absent):
        ended = format_value(now.get("ended"))
        yield Difference(what="closed" if ended else "reopened", title=after.title, more=ended)
    for name in (*was, *absent):
        old, new = format_value(was.get(name)), format_value(now.get(name))
        text = f"“{old}” became “{new}”" if old and new else f"“{new}”" if new else "taken away"
        if name not in ("ended", "notes"):
            yield Difference(what=f"{name} of the blog", more=text)
    yield from _compare_notes(before, after)


def _compare_notes(before: Blog, after: Blog) -> Iterator[Difference]:
    was, now = ({n.id: n for n in blog.notes} for blog in (before, after))
    for name, note in {**was, **now}.items():
        old, new = was.get(name), now.get(name)
        title = f"{name} “{note.title}”" if note.title else name
        if old is None or new is None:
            yield Difference(what=f"box {'added' if new else 'removed'}: {title}")
        elif old != new:
            fields = [f for f in old.__struct_fields__ if getattr(old, f) != getattr(new, f)]
            yield Difference(what=f"box changed: {title}", more=", ".join(fields))


def _describe_added(entry: Entry, end: datetime) -> Iterator[Difference]:
    state = filters.status_at(entry, end)
    as_what = {"draft": "added as a draft", "scheduled": "added and scheduled"}
    if state == "retracted":
        yield _make_difference(entry, "added and retracted")
        return
    yield _make_difference(entry, as_what.get(state, "added"))
    yield from _list_corrections(entry, 0)


def _compare_entries(
    old: Entry, new: Entry, start: datetime, end: datetime
) -> Iterator[Difference]:
    states = filters.status_at(old, start), filters.status_at(new, end)
    if states[0] != states[1]:
        yield _make_difference(new, _OF_STATUS.get(states, f"now {states[1]}, was {states[0]}"))
    for name in ("pinned", "key"):
        if getattr(old, name) != getattr(new, name):
            yield _make_difference(new, _FLAGS[name, getattr(new, name)])
    was, absent = changes.diff_fields(old, new)
    apart = (*_APART, "time") if states[0] == "draft" != states[1] else _APART
    names = [n for n in (*was, *absent) if n not in apart]
    if names:
        yield _make_difference(new, "edited", ", ".join(names))
    yield from _list_corrections(new, len(old.history))


def _list_corrections(entry: Entry, since: int) -> Iterator[Difference]:
    """The corrections since a place in the history, without those that were taken back."""
    words = {"correction": "corrected", "clarification": "clarified", "update": "updated"}
    stands = history.build_undo_stack(entry).done
    for number, change in enumerate(entry.history[since:], since):
        if change.kind and change.note and number in stands:
            yield _make_difference(entry, words[change.kind], change.note)


def _make_difference(entry: Entry, what: str, more: str = "") -> Difference:
    return Difference(what=what, entry=entry.id, title=entry.short_title(60), more=more.rstrip("."))
