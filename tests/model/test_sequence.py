"""The order of doing, whatever the clock says: undo takes back what was done last."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from folders import MEMORY
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from reporter import Reporter

from liveblog_cli.model import changes, history, sequence, undo
from liveblog_cli.model.values import Added, Blog, Change, Entry
from liveblog_cli.storage import chronicle, lock_file
from liveblog_cli.storage.blogfile import BlogFile

NOON = datetime(2024, 11, 12, 12, tzinfo=UTC)
CLOCK = st.sampled_from([-86400, -1, 0, 0, 0, 0.000001, 1, 60, 3600]).map(
    lambda seconds: NOON + timedelta(seconds=seconds)
) | st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))
"""Set back by NTP, a day wrong in a virtual machine, stood still by LIVEBLOG_NOW, or as it should be."""

ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "set", "ref", "two"]), st.integers(0, 9), CLOCK),
    min_size=1,
    max_size=7,
)


class SharedBlog:
    """A blog file, and one process after the other that works on it; what it held before each act."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "liveblog.toml"
        self.at(NOON).create(Blog(title="Storm"))
        self.number = 0

    def at(self, now: datetime) -> BlogFile:
        return BlogFile(self.path, by="Ann", now=lambda: now)

    def act(self, action: str, which: int, now: datetime) -> None:
        self.number += 1
        file, name = self.at(now), f"n{self.number}"
        entries = file.read().entries
        if action == "set":
            file.set(lambda b: replace(b, title=name), file.stamp("set"))
        elif action == "add" or not entries:
            file.add([Entry(id=name, time=NOON, headline=name)])
        elif action == "two":
            file.add([Entry(id=f"{name}{x}", time=NOON, headline=name) for x in "ab"], batch=name)
        elif action == "ref":
            ref = f"dpa:{which % 2}"
            file.add([Entry(id=name, time=NOON, headline=name, ref=ref)])
        else:
            chosen = entries[which % len(entries)].id
            file.change(chosen, lambda e: replace(e, headline=name), file.stamp("edit"))

    def step(self, take: Callable[..., Any], now: datetime) -> None:
        file = self.at(now)
        stamp = file.stamp(take.__name__)
        file.revise(lambda blog: take(blog, stamp))

    def shown(self) -> list[dict[str, Any]]:
        """All fields of what is not retracted, without histories."""
        blog = self.at(NOON).read()
        records = [blog, *[e for e in blog.entries if e.status is None]]
        return [{n: v for n, v in changes.list_fields(r).items() if n != "added"} for r in records]


@settings(max_examples=60)
@given(ACTS, st.lists(CLOCK, min_size=24, max_size=24), st.sets(st.integers(0, 20)))
def test_undo_goes_back_through_all_that_was_done_and_redo_forth(
    acts: list[tuple[str, int, datetime]], readings: list[datetime], lost: set[int]
) -> None:
    """Each act by a process of its own, at any reading of the clock; some find no lock file."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        desk = SharedBlog(Path(folder))
        states = [desk.shown()]
        steps: list[Callable[[], None]] = []
        clock = iter(readings)
        for action in acts:
            steps.append(lambda action=action: desk.act(*action))  # type: ignore[misc]  # bound now
        for number, step in enumerate(steps):
            if number in lost:
                lock_file.path_of(desk.path).unlink(missing_ok=True)
            before = len(history.list_all_revisions(desk.at(NOON).read()))
            step()
            if (
                len(history.list_all_revisions(desk.at(NOON).read())) > before
            ):  # else nothing was done
                states.append(desk.shown())
        for state in states[-2::-1]:
            desk.step(undo.undo, next(clock))
            assert desk.shown() == state
        for state in states[1:]:
            desk.step(undo.redo, next(clock))
            assert desk.shown() == state
        desk.step(undo.undo, next(clock))
        assert desk.shown() == states[-2]


@given(st.lists(st.tuples(st.booleans(), CLOCK), min_size=1))
def test_moments_grow_as_things_are_done(done: list[tuple[bool, datetime]]) -> None:
    """Changes one after the other, strictly; additions may share a moment with each other."""
    entry, floor, last = Entry(id="a", time=NOON, headline="h"), sequence.EARLIEST, None
    records: list[Entry] = []
    for is_change, at in done:
        made = sequence.put_behind(Change(at=at) if is_change else Added(at=at), floor)
        assert made.at == at
        assert (made.order is None) == (at >= floor)
        if last is not None:
            assert sequence.moment_of(made) >= sequence.earliest_after(last)
        records.append(
            replace(entry, history=(made,))
            if isinstance(made, Change)
            else replace(entry, added=made)
        )
        floor, last = sequence.earliest_after(made), made
        assert floor == sequence.find_floor(records)


def test_nothing_more_is_written_while_the_clock_goes_on(reporter: Reporter) -> None:
    for minute, words in enumerate(["add One", "add Two", "pin last", "set --kicker K", "undo"]):
        reporter.at(f"2024-11-12T14:0{minute}:00+01:00")
        reporter.done(*words.split())
    reporter.done("add", "Three", "--ref", "x")  # at the moment of the undo
    assert reporter.file.read_text().count("order") == 1


def test_a_clock_set_back_changes_what_undo_takes_by_nothing(reporter: Reporter) -> None:
    """14:00 pin; NTP sets the clock back an hour; 13:00 edit of another entry; undo takes the edit."""
    reporter.done("add", "One")
    one = reporter.data()["entries"][0]["id"]
    reporter.done("add", "Two")
    reporter.done("pin", one)
    reporter.at("2024-11-12T13:00:00+01:00")
    reporter.done("edit", "last", "Zwei")
    change = reporter.data()["entries"][1]["history"][0]
    assert change["at"].isoformat() == "2024-11-12T13:00:00+01:00"
    assert change["order"].isoformat() == "2024-11-12T14:00:00.000001+01:00"
    assert "took back: edit" in reporter.done("undo").out
    assert "took back: pin" in reporter.done("undo").out
    assert "brought back: pin" in reporter.done("redo").out
    assert "brought back: edit" in reporter.done("redo").out


def test_of_two_changes_at_one_moment_the_last_is_taken_back(reporter: Reporter) -> None:
    """LIVEBLOG_NOW stands still. The second change stands further up in the file."""
    reporter.done("add", "One")
    one = reporter.data()["entries"][0]["id"]
    reporter.done("add", "Two")
    reporter.done("pin", "last")
    reporter.done("pin", one)
    assert f"pin {one}" in reporter.done("undo").out
    reporter.done("add", "Three")
    assert "Three" in reporter.done("undo").out
    acts = reporter.done("history", "--json").json
    assert [a["action"] for a in acts] == ["undo", "add", "undo", "pin", "pin", "add", "add"]


def test_whoever_waited_for_the_lock_did_it_later(tmp_path: Path) -> None:
    """The stamp of a change is of before it waited; another process was done meanwhile."""
    desk = SharedBlog(tmp_path)
    desk.act("add", 0, NOON)
    waiting = desk.at(NOON + timedelta(seconds=1))
    stamp = waiting.stamp("edit")
    desk.act("add", 0, NOON + timedelta(seconds=5))
    waiting.change("n1", lambda e: replace(e, headline="late"), stamp)
    blog, acts = undo.undo(desk.at(NOON).read(), waiting.stamp("undo"))
    assert [a.action for a in acts] == ["edit"]
    assert blog.entries[0].headline == "n1"


def test_a_redo_is_the_newest_thing_done(tmp_path: Path) -> None:
    """edit A, undo, pin B, redo: the next undo is about A again, for that was done last."""
    desk = SharedBlog(tmp_path)
    for minute, words in enumerate(["add", "add", "edit"]):
        desk.act(words, 0, NOON + timedelta(minutes=minute))
    edited = desk.shown()
    desk.step(undo.undo, NOON + timedelta(minutes=5))
    file = desk.at(NOON + timedelta(minutes=6))
    file.change("n2", Entry.pin, file.stamp("pin"))
    desk.step(undo.redo, NOON + timedelta(minutes=7))
    assert [e["headline"] for e in desk.shown()[1:]] == [e["headline"] for e in edited[1:]]
    desk.step(undo.undo, NOON + timedelta(minutes=8))
    assert [(e["headline"], e.get("pinned")) for e in desk.shown()[1:]] == [
        ("n1", None),
        ("n2", True),
    ]


def test_files_of_before_are_read_as_they_are() -> None:
    """Without `order` the clock counts, and within an entry the place."""
    first = Entry(
        id="a",
        time=NOON,
        headline="A",
        added=Added(at=NOON),
        history=(Change(at=NOON + timedelta(hours=2)), Change(at=NOON - timedelta(hours=2))),
    )
    second = Entry(id="b", time=NOON, headline="B", added=Added(at=NOON + timedelta(hours=1)))
    blog = Blog(title="t", entries=(first, second))
    _, acts = undo.undo(blog, Change(at=NOON))
    assert (acts[0].entry, acts[0].number) == ("a", 1)


@pytest.mark.parametrize(
    "text",
    [
        'body = """\nThe meeting is at = 2099-01-01T00:00:00Z"""',
        'headline = "order=2099-01-01T00:00:00Z"',
        "body = '''\nat = 9998-12-31T23:59:59Z\n'''",
    ],
)
def test_what_a_text_says_of_times_moves_no_order(reporter: Reporter, text: str) -> None:
    with reporter.file.open("a") as file:
        file.write(f'\n[[entries]]\nid = "wire1"\ntime = 2024-11-12T12:00:00Z\n{text}\n')
    reporter.done("add", "One")
    reporter.done("pin", "last")
    reporter.done("set", "--kicker", "K")
    orders = [c.get("order") for c in (*reporter.data()["history"], *_changes(reporter))]
    assert orders[0].isoformat() == "2024-11-12T14:00:00.000001+01:00"
    assert orders[1:] == [None, None]


def _changes(reporter: Reporter) -> list[dict[str, Any]]:
    entry = reporter.data()["entries"][-1]
    return [entry["added"], *entry["history"]]


@pytest.mark.parametrize(
    "line",
    [
        'added = { at = 2024-11-12T20:00:00Z, by = "x" }',
        'added = { by = "x", "at" = "2024-11-12T20:00:00Z" }',
        "added.at=2024-11-12 20:00:00Z",
        "history = [{ at = 2024-11-12T19:59:59.999999Z }]",
        "history = [{ 'at' = 2024-11-12T10:00:00Z, order=2024-11-12T19:59:59.999999Z }]",
    ],
)
def test_an_act_is_found_however_a_person_writes_it(line: str) -> None:
    text = (
        f'title = "t"\n[[entries]]\nid = "a"\ntime = 2024-11-12T12:00:00Z\nheadline = "h"\n{line}\n'
    )
    assert chronicle.find_earliest(text, NOON) == datetime(2024, 11, 12, 20, tzinfo=UTC)


def test_a_broken_block_or_byte_stops_no_addition(reporter: Reporter) -> None:
    with reporter.file.open("ab") as file:
        file.write(b'\n[[entries]]\nid = "caf\xe9"\nadded = { at = 2099-01-01T00:00:00Z }\n')
    reporter.done("add", "One")


def test_at_the_end_of_all_years_the_file_stays_sound(reporter: Reporter) -> None:
    reporter.at("9998-12-30T12:00:00+00:00")
    for words in (["add", "One"], ["pin", "last"], ["unpin", "last"], ["add", "Two"], ["undo"]):
        reporter.done(*words)
    assert reporter.done("check", "--json").status == 0


def test_sorting_by_what_was_added_or_changed_last_follows_it_too(reporter: Reporter) -> None:
    reporter.done("add", "One")
    reporter.at("2024-11-12T13:00:00+01:00")
    reporter.done("add", "Two")
    for order in ("added", "changed"):
        found = reporter.done("list", "--sort", order, "--json").json
        assert [e["headline"] for e in found] == ["Two", "One"]
