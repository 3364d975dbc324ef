"""What readers may see at one moment, and what they are told of changes."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from msgspec.structs import replace

from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.model import changes, history, undo
from liveblog_cli.model.values import Added, Blog, Change, Entry, Media, Note, Source

T = [datetime(2024, 11, 12, tzinfo=UTC) + timedelta(hours=h) for h in range(48)]
NOW = T[20]


def entry(name: str, hour: int, **fields: Any) -> Entry:
    fields.setdefault("headline", name)
    return Entry(id=name, time=T[hour], added=Added(at=T[hour]), **fields)


def changed(old: Entry, hour: int, stamp: dict[str, Any] | None = None, **fields: Any) -> Entry:
    new = changes.record_change(old, replace(old, **fields), Change(at=T[hour], **(stamp or {})))
    return cast(Entry, new)


def blog(*entries: Entry, **fields: Any) -> Blog:
    fields.setdefault("title", "t")
    fields.setdefault("started", T[1])
    return Blog(entries=entries, url="https://news.example/b", **fields)


def undone(old: Entry, hour: int) -> Entry:
    return undo.undo(blog(old), Change(at=T[hour], action="undo"))[0].entries[0]


def redone(old: Entry, hour: int) -> Entry:
    return undo.redo(blog(old), Change(at=T[hour], action="redo"))[0].entries[0]


CORRECTED = {"kind": "correction", "note": "It was five, not four."}


# --- who is on the page


def test_only_what_is_public_now_is_on_the_page_newest_first() -> None:
    shown = make_edition(
        blog(
            entry("old", 2),
            entry("draft", 3, status="draft"),
            entry("gone", 4, status="retracted"),
            entry("new", 5),
            entry("later", 21),
        ),
        NOW,
    )
    assert [i.id for i in shown.items] == ["new", "old"]


def test_of_one_second_the_one_that_was_added_later_comes_first() -> None:
    shown = make_edition(blog(entry("a", 2), entry("b", 2)), NOW)
    assert [i.id for i in shown.items] == ["b", "a"]


def test_a_scheduled_entry_comes_in_at_its_time() -> None:
    later = blog(entry("later", 21))
    assert make_edition(later, T[21] - timedelta(seconds=1)).items == ()
    assert [i.id for i in make_edition(later, T[21]).items] == ["later"]


def test_pinned_ones_stay_in_order_and_are_also_apart() -> None:
    shown = make_edition(blog(entry("a", 2, pinned=True), entry("b", 3), entry("c", 4)), NOW)
    assert [i.id for i in shown.items] == ["c", "b", "a"]
    assert ([i.id for i in shown.pinned], [i.id for i in shown.unpinned]) == (["a"], ["c", "b"])


def test_entries_without_authors_have_those_of_the_blog() -> None:
    shown = make_edition(
        blog(entry("a", 2), entry("b", 3, authors=("Ana",)), authors=("Desk",)), NOW
    )
    assert [i.authors for i in shown.items] == [("Ana",), ("Desk",)]


# --- boxes


def test_a_box_stands_with_each_entry_that_names_it() -> None:
    box = Note(id="box", text="x")
    shown = make_edition(blog(entry("a", 2, notes=("box",)), entry("b", 3), notes=(box,)), NOW)
    assert [i.notes for i in shown.items] == [(), (box,)]


def test_a_box_for_a_kind_of_source_stands_once_at_the_newest_that_cites_one() -> None:
    box = Note(id="parties", text="x", applies_to=("party-to-conflict",))
    party, agency = Source(name="P", kind="party-to-conflict"), Source(name="A", kind="agency")
    shown = make_edition(
        blog(
            entry("a", 2, sources=(party,)),
            entry("b", 3, sources=(agency, party)),
            entry("c", 4, sources=(agency,)),
            entry("d", 5, sources=(party,), status="draft"),
            notes=(box,),
        ),
        NOW,
    )
    assert {i.id: len(i.notes) for i in shown.items} == {"c": 0, "b": 1, "a": 0}


def test_a_box_that_an_entry_names_does_not_come_again_by_itself() -> None:
    box = Note(id="parties", text="x", applies_to=("social",))
    source = Source(name="P", kind="social")
    named = entry("a", 2, notes=("parties",))
    shown = make_edition(blog(named, entry("b", 3, sources=(source,)), notes=(box,)), NOW)
    assert [len(i.notes) for i in shown.items] == [0, 1]


# --- corrections


def test_readers_are_told_kind_time_and_text_of_each_correction() -> None:
    twice = changed(
        changed(entry("a", 2), 3, CORRECTED, body="x"), 4, {"kind": "update", "note": "More."}
    )
    told = make_edition(blog(twice), NOW).items[0].corrections
    assert [(c.kind, c.at, c.note) for c in told] == [
        ("correction", T[3], "It was five, not four."),
        ("update", T[4], "More."),
    ]


def test_a_correction_counts_also_where_the_text_was_mended_before() -> None:
    told = changed(changed(entry("a", 2), 3, body="x"), 4, CORRECTED)
    assert len(make_edition(blog(told), NOW).items[0].corrections) == 1


def test_an_undone_correction_is_told_no_more_and_a_redone_one_is_again() -> None:
    corrected = changed(entry("a", 2), 3, CORRECTED, body="x")
    back = undone(corrected, 4)
    again = redone(back, 5)
    assert make_edition(blog(back), NOW).items[0].corrections == ()
    assert [c.at for c in make_edition(blog(again), NOW).items[0].corrections] == [T[3]]


def test_a_correction_of_a_draft_or_before_its_time_is_not_told() -> None:
    draft = changed(entry("a", 2, status="draft"), 3, CORRECTED, body="x")
    published = changed(draft, 4, {"action": "publish"}, status=None, time=T[4])
    scheduled = changed(entry("b", 6), 5, CORRECTED, body="x")
    shown = make_edition(blog(published, scheduled), NOW)
    assert [i.corrections for i in shown.items] == [(), ()]


def test_a_correction_of_a_correction_is_told_too() -> None:
    twice = changed(entry("a", 2), 3, CORRECTED, body="x")
    twice = changed(twice, 4, {"kind": "clarification", "note": "Five in all."}, body="y")
    twice = changed(twice, 5, {"kind": "clarification", "note": "With the guide."}, body="z")
    assert len(make_edition(blog(twice), NOW).items[0].corrections) == 3
    assert make_edition(blog(twice), NOW).corrected[0].id == "a"


# --- updated


@pytest.mark.parametrize(
    ("stamp", "fields", "hour"),
    [
        ({}, {"body": "silent"}, 4),
        ({"minor": True}, {"body": "typo"}, 2),
        (CORRECTED, {}, 4),
        ({**CORRECTED, "minor": True}, {"body": "x"}, 2),
        ({"action": "pin"}, {"pinned": True}, 2),
        ({"action": "edit"}, {"ref": "dpa:1"}, 2),
        ({}, {"key": True, "pinned": True}, 4),
    ],
)
def test_what_readers_notice_moves_updated_and_the_rest_does_not(
    stamp: dict[str, Any], fields: dict[str, Any], hour: int
) -> None:
    item = make_edition(blog(changed(entry("a", 2), 4, stamp, **fields)), NOW).items[0]
    assert (item.time, item.updated) == (T[2], T[hour])


def test_an_undo_moves_updated_as_what_it_takes_back_did() -> None:
    silent = undone(changed(entry("a", 2), 3, body="x"), 5)
    minor = undone(changed(entry("a", 2), 3, {"minor": True}, body="x"), 5)
    pin = undone(changed(entry("a", 2), 3, {"action": "pin"}, pinned=True), 5)
    found = [make_edition(blog(e), NOW).items[0].updated for e in (silent, minor, pin)]
    assert found == [T[5], T[2], T[2]]


def test_what_happened_to_a_draft_does_not_make_it_updated() -> None:
    draft = changed(entry("a", 2, status="draft"), 5, body="x")
    published = changed(draft, 6, {"action": "publish"}, status=None)
    assert make_edition(blog(published), NOW).items[0].updated == T[2]


def test_a_restored_entry_is_updated_when_it_comes_back() -> None:
    gone = changed(entry("a", 2), 3, {"action": "retract"}, status="retracted")
    back = changed(gone, 5, {"action": "restore"}, status=None)
    assert make_edition(blog(back), NOW).items[0].updated == T[5]


def test_updated_is_never_before_time() -> None:
    moved = changed(entry("a", 2), 4, body="x")
    moved = changed(moved, 5, {"minor": True}, time=T[8])
    assert make_edition(blog(moved), NOW).items[0].updated == T[8]


def test_the_page_is_as_new_as_its_newest_change_the_head_among_it() -> None:
    def told(head: Blog) -> datetime:
        return make_edition(replace(head, entries=(entry("a", 2),)), NOW).updated

    def set_(hour: int, **fields: Any) -> Blog:
        head = blog()
        return cast(Blog, changes.record_change(head, replace(head, **fields), Change(at=T[hour])))

    assert told(blog()) == T[2]
    assert told(set_(7, title="New")) == T[7]
    assert told(set_(7, timezone="Europe/Berlin", checks_off=("no-url",))) == T[2]


# --- the beginning


def test_the_beginning_is_the_oldest_that_readers_ever_saw_or_started() -> None:
    assert make_edition(blog(entry("a", 2)), NOW).started == T[1]
    assert make_edition(blog(entry("a", 2), started=T[3]), NOW).started == T[2]
    assert make_edition(blog(entry("a", 2, status="draft"), started=T[3]), NOW).started == T[3]


def test_the_beginning_does_not_drift() -> None:
    """Not by a retraction, not by a new entry, not with the clock."""
    first, second = entry("a", 2), entry("b", 4)
    gone = changed(first, 5, {"action": "retract"}, status="retracted")
    for head in ({"started": T[3]}, {"started": None}):
        began = {
            make_edition(blog(*entries, **head), now).started
            for entries in ((first, second), (gone, second), (first, second, entry("c", 9)))
            for now in (T[10], T[20])
        }
        assert began == {T[2]}


# --- tombstones


def test_a_retracted_entry_leaves_its_address_and_when_it_went_and_nothing_else() -> None:
    gone = changed(entry("a", 2), 3, {"action": "retract"}, status="retracted")
    gone = changed(gone, 9, body="edited afterwards")
    shown = make_edition(blog(gone), NOW)
    assert shown.tombstones == (("https://news.example/b#a", T[3]),)
    assert shown.updated == T[3]


def test_an_undone_adding_leaves_a_tombstone_too() -> None:
    assert make_edition(blog(undone(entry("a", 2), 3)), NOW).tombstones[0][1] == T[3]


def test_what_no_reader_saw_leaves_none() -> None:
    draft = changed(entry("a", 2, status="draft"), 3, status="retracted")
    early = changed(entry("b", 9), 3, status="retracted")
    hand = entry("c", 2, status="retracted")
    assert make_edition(blog(draft, early, hand), NOW).tombstones == ()


def test_a_restored_entry_leaves_none() -> None:
    gone = changed(entry("a", 2), 3, status="retracted")
    assert make_edition(blog(changed(gone, 4, status=None)), NOW).tombstones == ()


def test_a_publication_that_was_undone_leaves_one() -> None:
    draft = entry("a", 2, status="draft")
    back = undone(changed(draft, 3, {"action": "publish"}, status=None, time=T[3]), 4)
    assert back.status == "draft"
    assert make_edition(blog(back), NOW).tombstones == (("https://news.example/b#a", T[4]),)


# --- the end


def test_the_closing_words_wait_for_the_end() -> None:
    closed = blog(entry("a", 2), ended=T[20], closing="Good night.")
    before, after = make_edition(closed, T[19]), make_edition(closed, T[20])
    assert (before.ended, before.closing) == (None, "")
    assert (after.ended, after.closing) == (T[20], "Good night.")


# --- as of


def test_an_edition_as_of_a_moment_is_the_one_that_readers_saw_then() -> None:
    first = entry("a", 2)
    then = blog(first)
    gone = changed(changed(first, 4, CORRECTED, body="x"), 6, status="retracted")
    now = blog(gone, entry("b", 5))
    assert make_edition(history.rewind_blog(now, T[3]), T[3]) == make_edition(then, T[3])
    assert [i.id for i in make_edition(history.rewind_blog(now, T[5]), T[5]).items] == ["b", "a"]


# --- texts that show nothing


@pytest.mark.parametrize("blank", [" ", "\t\n", "\u200b", "\ufeff \u2060", "\u00a0"])
def test_a_text_that_shows_nothing_is_as_if_it_were_not_set(blank: str) -> None:
    """Readers elsewhere drop an item without a title, and a link without a text can't be followed."""
    shown = make_edition(
        blog(
            entry(
                "abcde",
                2,
                headline=blank,
                body="Words.",
                authors=(blank,),
                tags=("harbour", blank),
                label=blank,
                sources=(Source(name=blank), Source(name=blank, url="https://a.example/")),
                notes=("empty", "titled"),
                media=(Media(file="a.png", alt=blank, caption=blank, credit=blank),),
            ),
            kicker=blank,
            summary=blank,
            authors=("Desk", blank),
            notes=(
                Note(id="empty", text=blank, title=blank),
                Note(id="titled", text="x", title=blank),
            ),
        ),
        NOW,
    )
    item = shown.items[0]
    assert (item.title, item.headline, item.label, item.tags) == ("Words.", "", "", ("harbour",))
    assert item.authors == shown.authors == ("Desk",)
    assert [s.name for s in item.sources] == ["https://a.example/"]
    assert item.notes == (Note(id="titled", text="x"),)
    assert (item.media[0].alt, item.media[0].caption, item.media[0].credit) == ("", "", "")
    assert (shown.kicker, shown.summary) == ("", "")
