"""Standing boxes (`note`) and who was cited (`sources`)."""

import pytest
from reporter import Reporter

from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.model.values import Source


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


def test_sources_lists_who_was_cited_most_first_and_who_cites_no_one(desk: Reporter) -> None:
    desk.add("One", "--source", "KCNA <https://kcna.example/> (agency, unverified)")
    desk.add("Two", "--source", "Kcna", "--source", "Ministry (official)")
    bare = desk.add("Three")
    desk.done("retract", desk.add("Gone", "--source", "Nobody"))
    assert desk.done("sources").out.splitlines() == [
        "2\tKcna\tagency\t1 unverified\thttps://kcna.example/",
        "1\tMinistry\tofficial\t\t",
        "1 of 3 entries cite no one:",
        f"{bare}\tThree",
    ]
    found = desk.done("sources", "--json").json
    assert found["kinds"] == {"agency": 2, "official": 1}
    assert found["uncited"] == [bare]


def test_a_misspelt_kind_is_refused_and_does_not_become_a_name(desk: Reporter) -> None:
    """Readers would see it, and "unverified" would be lost."""
    answer = desk.run("add-entry", "One", "--source", "KCNA (agancy, unverified)")
    assert (answer.status, "'agancy' is no kind of source" in answer.err) == (1, True)
    desk.done(
        "add-entry", "One", "--source", "Reuters (UK)", "--source", "KCNA (Agency, Unverified)"
    )
    assert desk.blog().entries[0].sources == (
        Source(name="Reuters (UK)"),
        Source(name="KCNA", kind="agency", verified=False),
    )


@pytest.mark.parametrize("command", [["sources"], ["note", "list"]])
def test_a_terminal_of_60_columns_is_not_overrun(desk: Reporter, command: list[str]) -> None:
    desk.done("note", "add", "conflict-parties", "Word " * 60, "--applies-to", "party-to-conflict")
    long = (
        "Ministry of a long name <https://ministry.example/a/b/c> (party-to-conflict, unverified)"
    )
    desk.add("One", "--source", long)
    screen = desk.on_terminal(*command, columns=60)
    assert "party-to-conflict" in screen.text
    assert "ministry.example" not in screen.text
    assert max(len(line) for line in screen.lines) <= 60
