"""`history`, `undo`, `redo` and `diff` as a desk uses them."""

from datetime import timedelta

import processes
import pytest
from reporter import Reporter


def test_undo_says_what_it_took_back_and_redo_what_it_brought_back(desk: Reporter) -> None:
    name = desk.add("Headline")
    desk.done("pin", name)
    assert desk.done("undo").out == f"took back: pin {name} Headline\n"
    assert not desk.blog().entries[0].pinned
    assert desk.done("redo").out == f"brought back: pin {name} Headline\n"
    assert desk.blog().entries[0].pinned


@pytest.mark.parametrize(
    ("command", "action"),
    [
        (["edit", "ID", "--headline", "New"], "edit"),
        (["edit", "ID", "--body", "New", "--correction", "It was wrong."], "edit"),
        (["pin", "ID"], "pin"),
        (["retract", "ID"], "retract"),
        (["edit", "ID", "--key", "--tag", "x", "--source", "A <https://a.example>"], "edit"),
    ],
)
def test_every_command_on_an_entry_can_be_undone_and_redone(
    desk: Reporter, command: list[str], action: str
) -> None:
    from liveblog_cli.model.changes import list_fields

    name = desk.add("Old", "-b", "Text")
    before = list_fields(desk.blog().entries[0])
    desk.done(*[name if word == "ID" else word for word in command])
    after = list_fields(desk.blog().entries[0])
    assert before != after
    assert desk.done("undo", "--json").json["acts"][0]["action"] == action
    assert list_fields(desk.blog().entries[0]) == before
    desk.done("redo")
    assert list_fields(desk.blog().entries[0]) == after


def test_publish_can_be_undone(desk: Reporter) -> None:
    name = desk.add("Draft", "--draft")
    desk.done("publish", name)
    desk.done("undo")
    assert desk.blog().entries[0].status == "draft"


def test_set_can_be_undone(desk: Reporter) -> None:
    desk.done("set", "--title", "New", "--summary", "Teaser")
    assert "set of the blog title, summary" in desk.done("undo").out
    assert (desk.blog().title, desk.blog().summary) == ("Lage am Morgen", "")
    desk.done("redo")
    assert desk.blog().title == "New"


def test_undo_refuses_what_somebody_else_did_last(desk: Reporter) -> None:
    name = desk.add("Mine")
    desk.done("pin", name, by="Bob")
    text = desk.file.read_text()
    answer = desk.run("undo")
    assert answer.status == 6
    assert answer.err.startswith(f"Error: the newest change is by Bob: pin {name} Mine\n")
    assert desk.file.read_text() == text
    desk.done("undo", name)
    assert not desk.blog().entries[0].pinned


def test_nothing_to_undo_is_said(desk: Reporter) -> None:
    answer = desk.run("undo")
    assert (answer.status, answer.err.splitlines()[0]) == (1, "Error: nothing to take back")
    assert desk.run("redo").status == 1
    assert desk.run("undo", "nosuch").status == 3


def test_history_lists_who_when_and_what_newest_first(desk: Reporter) -> None:
    name = desk.add("Headline", "-b", "the quick fox", by="Bob")
    desk.done("edit", name, "-b", "the slow fox", "--correction", "It was slow.")
    assert desk.done("history", name).out.splitlines() == [
        f"2024-11-12 08:03:00 +01:00\tAnn\tedit\t{name}\tHeadline\tcorrection: It was slow.",
        "    body: the [-quick-]{+slow+} fox",
        f"2024-11-12 08:02:00 +01:00\tBob\tadd\t{name}\tHeadline\t",
    ]


def test_history_of_the_blog_has_head_and_entries(desk: Reporter) -> None:
    desk.add("One")
    desk.done("set", "--kicker", "Liveblog")
    desk.done("undo")
    found = desk.done("history", "--json").json
    assert [(a["action"], a["about_action"], a["stands"]) for a in found] == [
        ("undo", "set", True),
        ("set", "", False),
        ("add", "", True),
    ]
    assert len(desk.done("history", "--json", "-n", "1").json) == 1


def test_history_lets_no_escape_through(desk: Reporter) -> None:
    desk.file.write_text(
        desk.file.read_text()
        + '\n[[entries]]\nid = "evil1"\ntime = 2024-11-12T08:00:00Z\nheadline = "a\\u009b31mb\\u202e"\n'
        + "added = { at = 2024-11-12T08:00:00Z }\n"
    )
    out = desk.done("history").out
    assert "a\ufffd31mb" in out
    assert "\x9b" not in out


def test_diff_says_in_sentences_what_changed(desk: Reporter) -> None:
    old = desk.add("Old", "-b", "Text")
    draft = desk.add("Later", "--draft")
    start = desk.now.isoformat()
    desk.done("edit", old, "-b", "Text, mended", "--correction", "It was broken.")
    desk.done("pin", old)
    new = desk.add("New")
    gone = desk.add("Gone")
    desk.done("retract", gone)
    desk.done("publish", draft)
    desk.done("set", "--title", "Abend")
    lines = desk.done("diff", start).out.splitlines()
    assert lines == [
        "Title of the blog - “Lage am Morgen” became “Abend”.",
        f"Pinned: {old} “Old”.",
        f"Edited: {old} “Old” - body.",
        f"Corrected: {old} “Old” - It was broken.",
        f"Added: {new} “New”.",
        f"Added and retracted: {gone} “Gone”.",
        f"Published: {draft} “Later”.",
    ]
    assert desk.done("diff", start, "--json").json[3]["more"] == "It was broken"


def test_what_was_taken_back_is_no_difference(desk: Reporter) -> None:
    name = desk.add("Old")
    start = desk.now.isoformat()
    desk.done("edit", name, "--headline", "New", "--correction", "Wrong.")
    desk.done("undo")
    assert desk.done("diff", start).out == "Nothing changed.\n"


def test_diff_knows_what_came_out_as_scheduled(desk: Reporter) -> None:
    name = desk.add("Soon", "--at", "2024-11-12T08:30:00+01:00")
    start = desk.now.isoformat()
    end = "2024-11-12T09:00:00+01:00"
    assert desk.done("diff", start, end).out == f"Came out as scheduled: {name} “Soon”.\n"


def test_diff_says_that_the_blog_was_closed(desk: Reporter) -> None:
    start = desk.now.isoformat()
    desk.done("close", "Bye.")
    assert desk.done("diff", start).out.splitlines() == [
        "Closed: “Lage am Morgen” - 2024-11-12 08:02:00+01:00.",
        "Closing of the blog - “Bye.”.",
    ]
    closed = desk.now.isoformat()
    desk.done("reopen")
    assert desk.done("diff", closed).out.startswith("Reopened: “Lage am Morgen”.\n")


def test_the_blog_itself_can_be_named_when_others_went_on(desk: Reporter) -> None:
    desk.done("set", "--title", "Wrong")
    desk.add("New", by="Bob")
    answer = desk.run("undo")
    assert (answer.status, "- is the blog itself" in answer.err) == (6, True)
    assert desk.done("undo", "-").out == "took back: set of the blog title\n"
    assert desk.blog().title == "Lage am Morgen"
    assert desk.done("redo", "-").out == "brought back: set of the blog title\n"
    assert [a["action"] for a in desk.done("history", "-", "--json").json] == [
        "redo",
        "undo",
        "set",
    ]
    assert "in the blog itself" in desk.run("redo", "-").err


def test_as_of_takes_a_length_of_time_as_since_does(desk: Reporter) -> None:
    name = desk.add("Old words")
    desk.now = desk.now.replace(hour=12)
    desk.done("edit", name, "--headline", "New words")
    assert "Old words" in desk.done("show", name, "--as-of", "2h").out
    assert "Old words" in desk.done("export", "md", "-o", "-", "--as-of", "2h").out


def test_diff_tells_of_boxes_one_by_one(desk: Reporter) -> None:
    desk.done("note", "add", "a", "Old text", "--title", "A")
    desk.done("note", "add", "b", "Gone")
    start = desk.now.isoformat()
    desk.done("note", "edit", "a", "New text")
    desk.done("note", "remove", "b")
    desk.done("note", "add", "c", "New", "--title", "C")
    assert desk.done("diff", start).out.splitlines() == [
        "Box changed: a “A” - text.",
        "Box removed: b.",
        "Box added: c “C”.",
    ]


def test_diff_takes_its_times_in_either_order(desk: Reporter) -> None:
    start = desk.now.isoformat()
    name = desk.add("New")
    assert desk.done("diff", desk.now.isoformat(), start).out == f"Added: {name} “New”.\n"


def test_diff_refuses_what_is_no_time(desk: Reporter) -> None:
    assert desk.run("diff", "whenever").status == 1


def test_a_terminal_gets_the_word_diff_in_colour(desk: Reporter) -> None:
    shown = on_a_terminal(desk)
    assert "\x1b[9;31mquick" in shown
    assert "\x1b[4;32mslow" in shown


@pytest.mark.parametrize("bare", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour_gets_the_word_diff_with_marks(
    desk: Reporter, bare: dict[str, str]
) -> None:
    assert "the [-quick-]{+slow+} fox" in on_a_terminal(desk, **bare)


def on_a_terminal(desk: Reporter, **variables: str) -> str:
    """What `history` shows there of an entry that was edited."""
    name = desk.add("Headline", "-b", "the quick fox")
    desk.done("edit", name, "-b", "the slow fox")
    return desk.on_terminal("history", name, columns=60, **variables).raw


def test_a_stream_that_adds_and_edits_is_one_undo_and_one_redo(desk: Reporter) -> None:
    desk.add("Score 0:0", "--ref", "goal:1")
    lines = (
        '{"ref": "goal:1", "headline": "Score 1:0"}\n{"headline": "New"}\n{"headline": "Other"}\n'
    )
    processes.run("add-entry", "--jsonl", input=lines.encode(), cwd=desk.folder, check=True)
    whole = desk.blog()
    answer = desk.done("undo", "--json").json
    assert [a["action"] for a in answer["acts"]] == ["edit", "add", "add"]
    assert [e.status for e in desk.blog().entries] == [None, "retracted", "retracted"]
    assert desk.blog().entries[0].headline == "Score 0:0"
    assert len(desk.done("redo").out.splitlines()) == 3
    assert [(e.headline, e.status) for e in desk.blog().entries] == [
        (e.headline, e.status) for e in whole.entries
    ]


@pytest.mark.parametrize(
    "was", ['time = "soon"', "time = 2024-11-12T08:00:00", "headline = 7", 'mood = "new"']
)
def test_a_history_that_cannot_be_is_named_and_hides_no_page(desk: Reporter, was: str) -> None:
    """Somebody wrote into it by hand: exports go on, undo says what to mend."""
    name = desk.add("Headline")
    desk.done("edit", name, "--headline", "New")
    text = desk.file.read_text().replace('headline = "Headline"', was)
    desk.file.write_text(text)
    desk.done("export", "-o", "out")
    for command in (["undo"], ["history"], ["diff", "2024-11-12T08:02:30+01:00"]):
        answer = desk.run(*command)
        assert answer.status == 4
        assert f"the history of entry {name} can't be read back" in answer.err
    assert desk.file.read_text() == text


def test_a_clock_that_was_set_back_does_not_hide_the_newest_change(desk: Reporter) -> None:
    """A change is never older than the one before it in the same history."""
    desk.add("First")
    desk.add("Second")
    desk.now -= timedelta(hours=1)
    desk.done("pin", "last")
    assert "took back: pin" in desk.done("undo").out
    assert "brought back: pin" in desk.done("redo").out


def test_of_changes_at_one_moment_undo_takes_the_one_that_stands_last(desk: Reporter) -> None:
    desk.add("First")
    desk.now -= timedelta(minutes=1)
    desk.add("Second")
    assert "Second" in desk.done("undo").out
