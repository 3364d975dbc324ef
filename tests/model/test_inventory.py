"""A command with nothing to show says so on stderr, and what there is to ask for instead."""

from __future__ import annotations

import json

import pytest
from reporter import Reporter


@pytest.fixture
def desk_blog(reporter: Reporter) -> Reporter:
    """Three entries of the morning, one of them a draft."""
    reporter.done("add", "Kursk", "--at", "10:00", "--tag", "kursk", "--tag", "front", "--author", "Ada")  # fmt: skip
    reporter.done("add", "Seoul", "--at", "11:00", "--tag", "kursk", "--source", "KCNA (agency)", "--label", "Analyse")  # fmt: skip
    reporter.done("add", "Entwurf", "--at", "12:00", "--tag", "geheim", "--draft")
    return reporter


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--tag", "nope"], "no entries with the tag nope; tags here: kursk, front, geheim"),
        (["--tag", "a", "--tag", "b"], "no entries with the tag a or b; tags here: kursk, front, geheim"),
        (["--tag", "kusrk"], "no entries with the tag kusrk; did you mean 'kursk'? tags here: kursk, front, geheim"),
        (["--author", "Zoe"], "no entries with the author Zoe; authors here: Ada"),
        (["--source", "dpa"], "no entries with the source dpa; sources here: KCNA"),
        (["--label", "Wetter"], "no entries with the label Wetter; labels here: Analyse"),
        (["--status", "retracted"], "no entries with the status retracted; statuses here: published, draft"),
        (["--key"], "no entries that are key events; no key events here"),
        (["--pinned"], "no entries that are pinned; none is pinned"),
        (["--since", "13:00"], "no entries since 2024-11-12 13:00; times here: 2024-11-12 10:00 to 2024-11-12 12:00"),
        (["--until", "09:00"], "no entries until 2024-11-12 09:00; times here: 2024-11-12 10:00 to 2024-11-12 12:00"),
        (["--grep", "fire"], "no entries with text that matches fire; entries here: 3"),
        (["--grep", "seoul"], "no entries with text that matches seoul; with --ignore-case: 1"),
        (["--tag", "kursk", "--author", "Zoe"], "no entries with the tag kursk with the author Zoe; with the tag kursk: 2; authors here: Ada"),
        (["--tag", "front", "--source", "KCNA"], "no entries with the tag front with the source KCNA; with the tag front: 1; with the source KCNA: 1"),
    ],
)  # fmt: skip
def test_list_says_for_each_filter_what_is_there(
    desk_blog: Reporter, words: list[str], line: str
) -> None:
    done = desk_blog.done("list", *words)
    assert (done.out, done.err) == ("", f"{line}\n")


def test_a_filter_that_finds_something_is_not_explained(desk_blog: Reporter) -> None:
    assert desk_blog.done("list", "--tag", "kursk").err == ""


def test_with_json_stdout_is_the_same_document_as_ever(desk_blog: Reporter) -> None:
    done = desk_blog.done("list", "--tag", "nope", "--json")
    assert (json.loads(done.out), done.err.count("\n")) == ([], 1)


def test_of_many_tags_the_most_used_are_named(reporter: Reporter) -> None:
    for number in range(12):
        reporter.done("add", f"E{number}", "--tag", f"t{number:02}", "--tag", "alle")
    line = reporter.done("list", "--tag", "nope").err
    assert line.endswith("tags here: alle, t00, t01, t02, t03, t04, t05, t06, …\n")


def test_a_tag_that_steers_the_terminal_is_shown_in_one_line(desk_blog: Reporter) -> None:
    err = desk_blog.done("list", "--tag", "a\x1b[31m\nb").err
    assert err.count("\n") == 1
    assert "\x1b" not in err


@pytest.mark.parametrize("command", ["show", "export"])
def test_what_readers_would_get_is_explained_by_what_they_can_see(
    desk_blog: Reporter, command: str
) -> None:
    err = desk_blog.done(command, "--tag", "geheim").err
    assert "no entries with the tag geheim; tags here: kursk, front\n" in err


def test_show_of_drafts_is_explained_by_all_entries(desk_blog: Reporter) -> None:
    err = desk_blog.done("show", "--status", "scheduled").err
    assert err == "no entries with the status scheduled; statuses here: published, draft\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["list"], "no entries yet; add one with: liveblog add-entry TEXT"),
        (["list", "--tag", "x"], "no entries yet; add one with: liveblog add-entry TEXT"),
        (["sources"], "no entries yet; add one with: liveblog add-entry TEXT"),
        (["history"], "no changes yet"),
        (["history", "-"], "no changes of the blog's own fields; changes of entries: 0"),
        (["note", "list"], "no boxes yet; make one with: liveblog note add ID --text TEXT"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_empty_blog_is_called_empty(
    reporter: Reporter, words: list[str], line: str, form: list[str]
) -> None:
    done = reporter.done(*words, *form)
    assert done.err == f"{line}\n"
    assert done.out == "" or json.loads(done.out) in ([], {"sources": [], "kinds": {}, "uncited": []})  # fmt: skip


def test_an_entry_that_somebody_wrote_by_hand_has_no_changes(desk_blog: Reporter) -> None:
    with desk_blog.file.open("a") as file:
        file.write('\n[[entries]]\nid = "hand"\ntime = 2024-11-12T08:00:00+01:00\nbody = "x"\n')
    done = desk_blog.done("history", "hand")
    assert (done.out, done.err) == ("", "no changes of entry hand; changes of others: 3\n")


def test_sources_of_a_blog_whose_entries_are_all_retracted(reporter: Reporter) -> None:
    reporter.done("add", "A")
    reporter.done("retract", "last")
    assert reporter.done("sources").err == "no entries but retracted ones: 1\n"


def test_numbers_of_nothing_are_not_all_that_stats_says(desk_blog: Reporter) -> None:
    desk_blog.at("2024-11-12T09:00:00+01:00")
    done = desk_blog.done("stats")
    assert done.out.startswith("entries\t\t0\n")
    assert done.err == "no published entries to count; drafts: 1, scheduled: 2, retracted: 0\n"


def test_a_shift_without_anything_is_said_to_be_one(desk_blog: Reporter) -> None:
    desk_blog.done("retract", "last")
    desk_blog.at("2024-11-13T14:00:00+01:00")
    done = desk_blog.done("handover", "--since", "30m")
    assert done.out.count("##") == 0
    assert (
        done.err == "nothing to hand over since 2024-11-13 13:30; newest entry: 2024-11-12 11:00\n"
    )


def test_a_broken_block_is_not_passed_over_as_if_the_blog_were_empty(reporter: Reporter) -> None:
    reporter.done("add", "A")
    reporter.file.write_text(reporter.file.read_text().replace('"A"', "A"))
    for words in (["list"], ["history"], ["sources"], ["stats"]):
        result = reporter.run(*words)
        assert (result.status, "no entries" in result.err, "no changes" in result.err) == (4, False, False)  # fmt: skip
