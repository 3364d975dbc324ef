"""Who was cited (`sources`)."""

import pytest
from reporter import Reporter

from liveblog_cli.model.values import Source


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
