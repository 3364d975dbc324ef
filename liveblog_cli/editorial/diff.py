"""What changed in a blog between two moments, in sentences."""

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
    """One thing that differs. `entry` is empty for the head; `more` are fields, or words to readers."""

    what: str
    entry: str = ""
    title: str = ""
    more: str = ""

    @property
    def sentence(self) -> str:
        """What happened, to which entry, and in which respect."""
        named = " ".join(t for t in (self.entry, f"“{self.title}”" if self.title else "") if t)
        subject = f"{self.what}: {named}" if named else self.what
        return f"{subject[0].upper()}{subject[1:]}{' - ' if self.more else ''}{self.more}."


def between(blog: Blog, start: datetime, end: datetime) -> list[Difference]:
    """How the blog as of `end` differs from that of `start`: the head, then entries by time."""
    before, after = history.rewind_blog(blog, start), history.rewind_blog(blog, end)
    known = {e.id: e for e in before.entries}
    found = list(_of_head(before, after))
    for entry in reversed(after.ordered()):
        old = known.get(entry.id)
        found += _added(entry, end) if old is None else _changed(old, entry, start, end)
    return found


def _of_head(before: Blog, after: Blog) -> Iterator[Difference]:
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
    yield from _of_boxes(before, after)


def _of_boxes(before: Blog, after: Blog) -> Iterator[Difference]:
    was, now = ({n.id: n for n in blog.notes} for blog in (before, after))
    for name, box in {**was, **now}.items():
        old, new = was.get(name), now.get(name)
        title = f"{name} “{box.title}”" if box.title else name
        if old is None or new is None:
            yield Difference(what=f"box {'added' if new else 'removed'}: {title}")
        elif old != new:
            fields = [f for f in old.__struct_fields__ if getattr(old, f) != getattr(new, f)]
            yield Difference(what=f"box changed: {title}", more=", ".join(fields))


def _added(entry: Entry, end: datetime) -> Iterator[Difference]:
    state = filters.status_at(entry, end)
    as_what = {"draft": "added as a draft", "scheduled": "added and scheduled"}
    if state == "retracted":
        yield _difference(entry, "added and retracted")
        return
    yield _difference(entry, as_what.get(state, "added"))
    yield from _told(entry, 0)


def _changed(old: Entry, new: Entry, start: datetime, end: datetime) -> Iterator[Difference]:
    states = filters.status_at(old, start), filters.status_at(new, end)
    if states[0] != states[1]:
        yield _difference(new, _OF_STATUS.get(states, f"now {states[1]}, was {states[0]}"))
    for name in ("pinned", "key"):
        if getattr(old, name) != getattr(new, name):
            yield _difference(new, _FLAGS[name, getattr(new, name)])
    was, absent = changes.diff_fields(old, new)
    apart = (*_APART, "time") if states[0] == "draft" != states[1] else _APART
    names = [n for n in (*was, *absent) if n not in apart]
    if names:
        yield _difference(new, "edited", ", ".join(names))
    yield from _told(new, len(old.history))


def _told(entry: Entry, since: int) -> Iterator[Difference]:
    """What readers were told, if it stands."""
    words = {"correction": "corrected", "clarification": "clarified", "update": "updated"}
    stands = history.build_undo_stack(entry).done
    for number, change in enumerate(entry.history[since:], since):
        if change.kind and change.note and number in stands:
            yield _difference(entry, words[change.kind], change.note)


def _difference(entry: Entry, what: str, more: str = "") -> Difference:
    return Difference(what=what, entry=entry.id, title=entry.short_title(60), more=more.rstrip("."))
