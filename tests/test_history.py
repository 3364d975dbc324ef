"""How a blog stood at a moment."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from liveblog_cli import history, model
from liveblog_cli.model import Added, Blog, Change, Entry

T = [datetime(2024, 11, 12, hour, tzinfo=UTC) for hour in range(24)]


def changed(entry: Entry, hour: int, **fields: Any) -> Entry:
    from msgspec.structs import replace

    return cast(Entry, model.changed(entry, replace(entry, **fields), Change(at=T[hour], by="Ann")))


def test_as_of_gives_head_and_entries_as_they_stood() -> None:
    first = Entry(id="a", time=T[1], headline="one", added=Added(at=T[1]))
    second = Entry(id="b", time=T[1], headline="two", added=Added(at=T[5]))
    edited = changed(changed(first, 3, headline="ONE", tags=("x",)), 7, pinned=True)
    head = Blog(title="old")
    new = cast(Blog, model.changed(head, Blog(title="new"), Change(at=T[6])))
    from msgspec.structs import replace

    blog = replace(new, entries=(edited, second))
    assert history.as_of(blog, T[2]) == Blog(title="old", entries=(first,))
    assert history.as_of(blog, T[5]).entries == (
        changed(first, 3, headline="ONE", tags=("x",)),
        second,
    )
    assert history.as_of(blog, T[9]) == blog


def test_an_entry_written_by_hand_was_always_there() -> None:
    blog = Blog(title="t", entries=(Entry(id="a", time=T[5], headline="h"),))
    assert history.as_of(blog, T[1]) == blog


def test_a_clock_set_back_does_not_mix_states() -> None:
    """The second change is dated before the first: as of the first, neither half of it shows."""
    first = Entry(id="a", time=T[1], headline="one", added=Added(at=T[1]))
    entry = changed(changed(first, 10, headline="two"), 9, headline="three")
    at_half_past_nine = T[9] + timedelta(minutes=30)
    assert model.as_of(entry, at_half_past_nine) == first
    assert cast(Entry, model.as_of(entry, T[10])).headline == "three"
