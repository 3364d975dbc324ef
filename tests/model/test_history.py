"""How a blog stood at a moment, and what undo and redo do to it."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from liveblog_cli.errors import ChangedMeanwhile, LiveblogError
from liveblog_cli.model import changes, history
from liveblog_cli.model import undo as undoing
from liveblog_cli.model.changes import list_fields
from liveblog_cli.model.values import Added, Blog, Change, Entry

T = [datetime(2024, 11, 12, hour, tzinfo=UTC) for hour in range(24)]


def changed(entry: Entry, hour: int, **fields: Any) -> Entry:
    return cast(
        Entry, changes.record_change(entry, replace(entry, **fields), Change(at=T[hour], by="Ann"))
    )


def test_as_of_gives_head_and_entries_as_they_stood() -> None:
    first = Entry(id="a", time=T[1], headline="one", added=Added(at=T[1]))
    second = Entry(id="b", time=T[1], headline="two", added=Added(at=T[5]))
    edited = changed(changed(first, 3, headline="ONE", tags=("x",)), 7, pinned=True)
    head = Blog(title="old")
    new = cast(Blog, changes.record_change(head, Blog(title="new"), Change(at=T[6])))
    blog = replace(new, entries=(edited, second))
    assert history.rewind_blog(blog, T[2]) == Blog(title="old", entries=(first,))
    assert history.rewind_blog(blog, T[5]).entries == (
        changed(first, 3, headline="ONE", tags=("x",)),
        second,
    )
    assert history.rewind_blog(blog, T[9]) == blog


def test_an_entry_written_by_hand_was_always_there() -> None:
    blog = Blog(title="t", entries=(Entry(id="a", time=T[5], headline="h"),))
    assert history.rewind_blog(blog, T[1]) == blog


def test_a_clock_set_back_does_not_mix_states() -> None:
    """The second change is dated before the first: as of the first, neither half of it shows."""
    first = Entry(id="a", time=T[1], headline="one", added=Added(at=T[1]))
    entry = changed(changed(first, 10, headline="two"), 9, headline="three")
    at_half_past_nine = T[9] + timedelta(minutes=30)
    assert changes.rewind(entry, at_half_past_nine) == first
    assert cast(Entry, changes.rewind(entry, T[10])).headline == "three"


# --- undo and redo


class BlogInMemory:
    """A blog whose changes come an hour after each other."""

    def __init__(self) -> None:
        self.blog = Blog(title="Old title")
        self.hour = 0

    def stamp(self, action: str, by: str = "Ann", **more: Any) -> Change:
        self.hour += 1
        return Change(at=T[self.hour], by=by, action=action, **more)

    def add(self, name: str, by: str = "Ann", batch: str = "", **fields: Any) -> None:
        at = self.stamp("add").at
        fields.setdefault("headline", name)
        entry = Entry(id=name, time=at, added=Added(at=at, by=by, batch=batch), **fields)
        self.blog = replace(self.blog, entries=(*self.blog.entries, entry))

    def change(self, name: str, action: str, by: str = "Ann", **fields: Any) -> None:
        told = {k: fields.pop(k) for k in ("kind", "note", "minor") if k in fields}
        stamp = self.stamp(action, by, **told)
        entries = [
            changes.record_change(e, replace(e, **fields), stamp) if e.id == name else e
            for e in self.blog.entries
        ]
        self.blog = replace(self.blog, entries=tuple(entries))

    def set(self, by: str = "Ann", **fields: Any) -> None:
        head = replace(self.blog, entries=())
        new = changes.record_change(head, replace(head, **fields), self.stamp("set", by))
        self.blog = replace(cast(Blog, new), entries=self.blog.entries)

    def undo(self, entry: str = "", by: str = "Ann") -> list[str]:
        self.blog, done = undoing.undo(self.blog, self.stamp("undo", by), entry)
        return [f"{a.action} {a.entry}".strip() for a in done]

    def redo(self, entry: str = "", by: str = "Ann") -> list[str]:
        self.blog, done = undoing.redo(self.blog, self.stamp("redo", by), entry)
        return [f"{a.action} {a.entry}".strip() for a in done]

    def bare(self) -> list[dict[str, Any]]:
        """All fields without histories."""
        return [list_fields(r) for r in (self.blog, *self.blog.entries)]


def test_undo_takes_back_the_newest_change_of_the_blog_and_then_the_one_before() -> None:
    desk = BlogInMemory()
    desk.add("a")
    start = desk.bare()
    desk.change("a", "pin", pinned=True)
    pinned = desk.bare()
    desk.set(title="New title")
    titled = desk.bare()
    desk.change("a", "edit", headline="A", tags=("x",))
    assert desk.undo() == ["edit a"]
    assert desk.bare() == titled
    assert desk.undo() == ["set"]
    assert desk.bare() == pinned
    assert desk.undo() == ["pin a"]
    assert desk.bare() == start


def test_redo_brings_back_what_undo_took_in_reverse() -> None:
    desk = BlogInMemory()
    desk.add("a")
    desk.change("a", "pin", pinned=True)
    desk.change("a", "edit", headline="A")
    whole = desk.bare()
    desk.undo()
    desk.undo()
    assert desk.redo() == ["pin a"]
    assert desk.redo() == ["edit a"]
    assert desk.bare() == whole
    with pytest.raises(LiveblogError, match="nothing to bring back"):
        desk.redo()


def test_a_new_change_ends_redo_for_its_entry_and_no_other() -> None:
    desk = BlogInMemory()
    desk.add("a")
    desk.add("b")
    desk.change("a", "pin", pinned=True)
    desk.undo()
    desk.change("b", "edit", headline="B")
    assert desk.redo() == ["pin a"]
    desk.undo("a")
    desk.change("a", "edit", headline="A")
    with pytest.raises(LiveblogError, match="nothing to bring back in a"):
        desk.redo("a")


def test_an_undone_adding_is_a_retraction_and_nothing_is_removed() -> None:
    desk = BlogInMemory()
    desk.add("a", status="draft")
    assert desk.undo() == ["add a"]
    assert desk.blog.entries[0].status == "retracted"
    assert desk.redo() == ["add a"]
    assert desk.blog.entries[0].status == "draft"
    assert [c.action for c in desk.blog.entries[0].history] == ["undo", "redo"]


def test_history_only_grows() -> None:
    desk = BlogInMemory()
    desk.add("a")
    desk.change("a", "edit", headline="A")
    for step in (desk.undo, desk.redo, desk.undo, desk.undo, desk.redo):
        before = desk.blog.entries[0].history
        step()
        assert desk.blog.entries[0].history[:-1] == before


def test_a_change_after_an_undo_can_be_taken_back_too() -> None:
    desk = BlogInMemory()
    desk.add("a")
    desk.change("a", "edit", headline="A")
    desk.undo()
    desk.change("a", "edit", body="text")
    assert desk.undo() == ["edit a"]
    assert desk.bare()[1]["headline"] == "a"
    assert "body" not in desk.bare()[1]
    assert desk.undo() == ["add a"]
    with pytest.raises(LiveblogError, match="nothing to take back"):
        desk.undo()


def test_somebody_elses_change_is_taken_back_only_by_name() -> None:
    desk = BlogInMemory()
    desk.add("a", by="Ann")
    desk.change("a", "pin", by="Bob", pinned=True)
    with pytest.raises(ChangedMeanwhile, match="by Bob: pin a"):
        desk.undo(by="Ann")
    assert desk.undo("a", by="Ann") == ["pin a"]
    with pytest.raises(ChangedMeanwhile, match="by Ann"):
        desk.redo(by="Bob")
    assert desk.redo("a", by="Bob") == ["pin a"]


def test_a_stream_is_taken_back_and_brought_back_in_one() -> None:
    desk = BlogInMemory()
    desk.add("own")
    for name in ("s1", "s2"):
        desk.add(name, batch="stream-1")
    assert desk.undo() == ["add s1", "add s2"]
    assert [e.status for e in desk.blog.entries] == [None, "retracted", "retracted"]
    assert desk.redo() == ["add s1", "add s2"]
    assert [e.status for e in desk.blog.entries] == [None, None, None]
    desk.undo("s1")
    assert [e.status for e in desk.blog.entries] == [None, "retracted", None]


def test_the_minor_stays_minor_when_taken_back() -> None:
    desk = BlogInMemory()
    desk.add("a")
    desk.change("a", "edit", headline="A", minor=True)
    desk.undo()
    assert desk.blog.entries[0].history[-1].minor


def test_acts_say_who_when_and_what_and_what_no_longer_stands() -> None:
    desk = BlogInMemory()
    desk.add("a", by="Bob")
    desk.change("a", "edit", headline="A", tags=("x",))
    desk.undo()
    adding, edit, undo = history.list_revisions(desk.blog.entries[0])
    assert (adding.action, adding.by, adding.stands) == ("add", "Bob", True)
    assert (edit.at, edit.before, edit.after) == (
        T[2],
        {"headline": "a"},
        {"headline": "A", "tags": ["x"]},
    )
    assert not edit.stands
    assert (undo.about, undo.about_action, undo.after) == (0, "edit", {"headline": "a"})


CHANGES = st.one_of(
    st.tuples(
        st.just("edit"), st.sampled_from([{"headline": "x"}, {"headline": "y", "body": "b"}])
    ),
    st.tuples(st.just("pin"), st.sampled_from([{"pinned": True}, {"pinned": False}])),
    st.tuples(st.just("retract"), st.sampled_from([{"status": "retracted"}, {"status": None}])),
    st.just(("undo", {})),
    st.just(("redo", {})),
)


@given(st.lists(CHANGES, max_size=8))
def test_undo_then_redo_is_nothing(changes: list[tuple[str, dict[str, Any]]]) -> None:
    desk = BlogInMemory()
    desk.add("a")
    for action, fields in changes:
        try:
            if action in ("undo", "redo"):
                getattr(desk, action)()
            else:
                desk.change("a", action, **fields)
        except LiveblogError:
            continue
    before = desk.bare()
    try:
        desk.undo()
    except LiveblogError:
        return
    desk.redo()
    assert desk.bare() == before


@given(st.lists(CHANGES, max_size=8), st.integers(0, 12))
def test_every_past_state_can_be_shown(
    changes: list[tuple[str, dict[str, Any]]], hour: int
) -> None:
    desk = BlogInMemory()
    desk.add("a")
    states = [desk.bare()]
    for action, fields in changes:
        states += [states[-1]] * (desk.hour - len(states))
        try:
            if action in ("undo", "redo"):
                getattr(desk, action)()
            else:
                desk.change("a", action, **fields)
        except LiveblogError:
            continue
        states += [desk.bare()] * (desk.hour - len(states))
    hour = min(hour, len(states) - 1)
    then = history.rewind_blog(desk.blog, T[hour + 1])
    assert [list_fields(r) for r in (then, *then.entries)] == states[hour]
