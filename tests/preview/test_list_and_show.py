"""`list` and `show`: what they print, and that no entry can steer the terminal."""

import pytest
from reporter import Reporter

ESCAPE = 'body = "red \\u001b[31m and \\u009b31m"'


def test_list_is_newest_first_with_marks_apart_by_tabs(reporter: Reporter) -> None:
    reporter.done("add", "old", "--at", "09:00", "--key", "--pin", "--tag", "a")
    reporter.done("add", "new", "--at", "10:00", "--author", "Ada")
    reporter.done("add", "draft", "--at", "11:00", "--draft")
    reporter.done("add", "later", "--at", "20:00")
    reporter.done("add", "gone", "--at", "08:00")
    reporter.done("retract", "last")
    rows = [line.split("\t")[1:] for line in reporter.done("list").out.splitlines()]
    assert rows == [
        ["2024-11-12 20:00", "scheduled", "later", "", ""],
        ["2024-11-12 11:00", "draft", "draft", "", ""],
        ["2024-11-12 10:00", "", "new", "Ada", ""],
        ["2024-11-12 09:00", "pinned,key", "old", "", "a"],
        ["2024-11-12 08:00", "retracted", "gone", "", ""],
    ]


def test_list_n_gives_the_newest_by_time_wherever_they_stand(reporter: Reporter) -> None:
    for hour in ("12", "09", "13", "10"):
        reporter.done("add", f"at {hour}", "--at", f"{hour}:00")
    assert [e["headline"] for e in reporter.done("list", "-n", "2", "--json").json] == [
        "at 13",
        "at 12",
    ]


def test_list_filters_combine(reporter: Reporter) -> None:
    reporter.done("add", "Fähre", "--tag", "see", "--author", "Ada")
    reporter.done("add", "Flug", "--tag", "luft", "--author", "Ada")
    reporter.done("add", "Fähre", "--tag", "see", "--author", "Jon")
    found = reporter.done(
        "list", "--tag", "see", "--author", "ada", "--grep", "fähre", "-i", "--json"
    ).json
    assert [e["authors"] for e in found] == [["Ada"]]


def test_one_broken_block_is_named_and_the_others_are_listed(reporter: Reporter) -> None:
    reporter.done("add", "first")
    reporter.done("add", "second")
    reporter.done("add", "third")
    text = reporter.file.read_text().replace('headline = "second"', "headline = second")
    reporter.file.write_text(text)
    line = text[: text.index("headline = second")].count("\n") + 1
    for command in (["list"], ["list", "-n", "3"], ["show"]):
        result = reporter.run(*command)
        assert result.status == 4
        assert f"{reporter.file}:{line}:" in result.err
        assert "first" in result.out
        assert "third" in result.out
    reporter.done("add", "fourth")
    reporter.done("pin", "last")


def test_show_draws_the_page_in_the_blogs_language(reporter: Reporter) -> None:
    reporter.done("set", "--kicker", "Liveblog", "--summary", "Ein **Sturm** zieht auf.")
    reporter.done(
        "add", "Fähren stehen still", "--at", "13:00", "--key", "--source", "dpa (agency)"
    )
    reporter.done("add", "Geheim", "--draft")
    out = reporter.done("show").out
    assert out.startswith(
        "Liveblog\nSturm\nStand: 12.11.2024, 14:00 Uhr\nEin **Sturm** zieht auf.\n"
    )
    assert "Quelle: dpa (Nachrichtenagentur)" in out
    assert "Geheim" not in out


def test_show_puts_pinned_entries_first(reporter: Reporter) -> None:
    reporter.done("add", "pinned one", "--at", "09:00", "--pin")
    reporter.done("add", "newest one", "--at", "12:00")
    out = reporter.done("show").out
    assert out.index("pinned one") < out.index("newest one")


def test_show_n_keeps_what_is_pinned_and_the_key_events(reporter: Reporter) -> None:
    """They stand on the page however old they are; of several days, the events are dated."""
    reporter.done("add", "Old", "--pin", "--key", "--at", "2024-11-10 08:00")
    reporter.done("add", "Older", "--at", "2024-11-10 07:00")
    reporter.done("add", "New", "--key", "--at", "13:00")

    result = reporter.done("show", "-n", "1")

    assert "12.11.2024, 13:00 Uhr  New\n10.11.2024, 08:00 Uhr  Old" in result.out
    assert "angeheftet" in result.out.lower()
    assert "Older" not in result.out
    assert "2 of 3 entries" in result.err


def test_show_one_entry_also_a_draft_says_its_status(reporter: Reporter) -> None:
    reporter.done("add", "Geheim", "--draft")
    out = reporter.done("show", "last").out
    assert "Geheim" in out
    assert out.rstrip().endswith("draft")


@pytest.mark.parametrize(
    "command", [["list"], ["show"], ["show", "last"], ["list", "--color", "always"]]
)
def test_no_terminal_escape_of_an_entry_gets_through(
    reporter: Reporter, command: list[str]
) -> None:
    reporter.done("add", "H")
    reporter.file.write_text(reporter.file.read_text().replace('headline = "H"', ESCAPE))
    out = reporter.run(*command).out
    assert "\x1b[31m and" not in out
    assert "\x9b" not in out


def test_nothing_is_coloured_or_wrapped_in_a_pipe(reporter: Reporter) -> None:
    reporter.done("add", "wort " * 100)
    for command in ("list", "show"):
        out = reporter.done(command).out
        assert "\x1b" not in out
        assert " ".join(["wort"] * 100) in out


def test_a_closed_pipe_ends_quietly(reporter: Reporter) -> None:
    for number in range(40):
        reporter.done("add", f"{number} " + "x" * 3000)
    done = reporter.shell("liveblog list | head -n 1")
    assert (done.status, done.out.count("\n"), done.err) == (0, 1, "")


def test_json_of_the_page_leaves_out_what_readers_may_not_see(reporter: Reporter) -> None:
    reporter.done("add", "seen")
    reporter.done("add", "unseen", "--draft")
    assert [e["headline"] for e in reporter.done("show", "--json").json["entries"]] == ["seen"]


def test_a_process_of_its_own_does_the_same(reporter: Reporter) -> None:
    reporter.done("add", "H")
    done = reporter.process("list")
    assert (done.status, done.out.split("\t")[3]) == (0, "H")


def test_show_can_be_asked_for_drafts_as_they_would_look(reporter: Reporter) -> None:
    reporter.done("add", "seen")
    reporter.done("add", "unseen", "--draft")
    reporter.done("add", "later", "--at", "23:00")
    out = reporter.done("show", "--status", "draft", "--status", "scheduled").out
    assert "unseen" in out
    assert "later" in out
    assert "\nseen" not in out
