"""Standing boxes (`note`): added, listed, changed, removed, and those that come by themselves."""

import pytest
from reporter import Reporter

from liveblog_cli.edition.from_blog import make_edition


def test_a_box_is_added_listed_changed_and_removed(desk: Reporter) -> None:
    assert desk.done("note", "add", "times", "All", "times", "are", "local.").out == (
        "times  added: All times are local.\n"
    )
    desk.done("note", "edit", "times", "--title", "Times", "--applies-to", "agency")
    assert desk.done("note", "list").out == "times\tagency\t0\tTimes\tAll times are local.\n"
    desk.done("note", "edit", "times", "--title", "", "--applies-to", "", "--text", "*UTC*")
    assert desk.done("note", "list", "--json").json == [
        {"id": "times", "text": "*UTC*", "entries": []}
    ]
    desk.done("note", "remove", "times")
    assert desk.blog().notes == ()
    desk.done("undo")
    assert desk.blog().notes[0].text == "*UTC*"


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("add", "box", "x"), 1, "box 'box' is there already"),
        (("add", "other"), 1, "needs a text"),
        (("add", "1 2", "x"), 1, "can't be a box's id"),
        (("add", "other", "x", "--applies-to", "agent"), 2, "did you mean 'agency'"),
        (("edit", "bx", "x"), 3, "did you mean 'box'"),
        (("edit", "box", "--text", ""), 1, "needs a text"),
        (("remove", "box"), 1, "named by entries"),
    ],
)
def test_what_a_box_cannot_be_is_refused_and_nothing_written(
    desk: Reporter, args: tuple[str, ...], status: int, words: str
) -> None:
    desk.done("note", "add", "box", "Text")
    desk.add("Headline", "--note", "box")
    text = desk.file.read_text()
    answer = desk.run("note", *args)
    assert (answer.status, answer.out) == (status, "")
    assert words in answer.err
    assert desk.file.read_text() == text


def test_a_box_for_parties_comes_by_itself_and_can_be_undone(desk: Reporter) -> None:
    desk.done("note", "add", "parties", "Unverified.", "--applies-to", "party-to-conflict")
    desk.add("Claim", "--source", "Ministry (party-to-conflict, unverified)")
    assert [n.id for n in make_edition(desk.blog(), desk.now).items[0].notes] == ["parties"]
    desk.done("undo", "last")
    desk.done("undo")
    assert desk.blog().notes == ()
