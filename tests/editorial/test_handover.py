"""`handover` for the next shift, and `stats`."""

import re
from datetime import timedelta

import pytest
from reporter import Reporter

from liveblog_cli.text.markdown import to_html, to_text


@pytest.fixture
def busy(desk: Reporter) -> Reporter:
    """A desk at 12:00 with entries from before and from during the shift."""
    began = desk.now
    desk.now = began.replace(hour=2)
    desk.add("Before", "--at", "02:00")
    desk.now = began + timedelta(minutes=1)
    wrong = desk.add("Wrong *number*", "--at", "05:00", "--author", "Ana", "--tag", "front")
    desk.done("edit", wrong, "-b", "Five.", "--correction", "It was five.")
    desk.add("Claim", "--at", "05:20", "--source", "Ministry (unverified)", "--tag", "front")
    desk.done("retract", desk.add("Gone", "--at", "05:30"))
    desk.add("Unfinished", "--draft")
    desk.add("Later", "--at", "18:00")
    desk.now = desk.now.replace(hour=11, minute=59)
    return desk


def test_the_next_shift_hears_of_everything_that_is_open(busy: Reporter) -> None:
    text = busy.done("handover").out
    told = [re.sub(r"`\w+` ", "", line) for line in text.splitlines() if line]
    assert told == [
        "# Handover: Lage am Morgen",
        "2024-11-12 04:00 to 2024-11-12 12:00 (CET)",
        "## New (2)",
        "- 2024-11-12 05:00 Wrong \\*number\\*",
        "- 2024-11-12 05:20 Claim",
        "## Corrected (1)",
        "- 2024-11-12 05:00 Wrong \\*number\\* - correction: It was five.",
        "## Retracted (1)",
        "- 2024-11-12 05:30 Gone",
        "## Unverified (1)",
        "- 2024-11-12 05:20 Claim - Ministry",
        "## Still draft (1)",
        "- 2024-11-12 08:08 Unfinished",
        "## Scheduled (1)",
        "- 2024-11-12 18:00 Later",
        "## Quiet",
        "- 2024-11-12 04:00 to 05:00: 1 h without an entry",
        "- 2024-11-12 05:20 to 12:00: 6 h 40 min without an entry",
    ]


def test_a_shift_can_be_longer_and_its_summary_is_markdown(busy: Reporter) -> None:
    assert "## New (3)" in busy.done("handover", "--since", "12h").out
    assert "Wrong *number*" in to_text(to_html(busy.done("handover").out))


def test_a_shift_can_be_read_by_programs(busy: Reporter) -> None:
    found = busy.done("handover", "--since", "04:00", "--json").json
    assert [len(found[k]) for k in ("new", "drafts", "scheduled", "quiet")] == [2, 1, 1, 2]
    assert busy.run("handover", "--since", "whenever").status == 1


def test_an_idle_shift_has_no_empty_sections(desk: Reporter) -> None:
    assert desk.done("handover", "--since", "30m").out.count("\n\n") == 1


def test_a_quiet_time_over_midnight_names_both_days(desk: Reporter) -> None:
    text = desk.done("handover", "--since", "2024-11-10T22:00").out
    assert "- 2024-11-10 22:00 to 2024-11-12 08:02: 34 h 2 min without an entry" in text


def test_an_entry_that_was_added_late_is_news_to_the_next_shift(desk: Reporter) -> None:
    desk.add("Slipped through", "--at", "2024-11-11T12:00")
    text = desk.done("handover", "--since", "1h").out
    assert "## New (1)\n\n- 2024-11-11 12:00" in text
    assert "2024-11-12 07:03 to 08:03: 1 h without an entry" in text


def test_stats_count_what_readers_may_see(busy: Reporter) -> None:
    found = busy.done("stats", "--json").json
    assert (found["entries"], found["drafts"], found["scheduled"]) == (3, 1, 1)
    assert (found["retracted"], found["corrections"]) == (1, 1)
    assert [(h[0][11:16], h[1]) for h in found["hours"]] == [
        ("02:00", 1),
        ("03:00", 0),
        ("04:00", 0),
        ("05:00", 2),
    ]
    assert found["authors"] == [["Ana", 1]]
    assert (found["tags"], found["sources"]) == ([["front", 2]], [["Ministry", 1]])


def test_stats_in_a_pipe_are_lines_with_tabs(busy: Reporter) -> None:
    out = busy.done("stats").out
    assert "entries\t\t3\n" in out
    assert "hour\t12.11. 05:00\t2\n" in out
    assert "tag\tfront\t2\n" in out


def test_an_hour_that_a_clock_change_repeats_is_two(desk: Reporter) -> None:
    desk.add("Summer", "--at", "2024-10-27T02:30:00+02:00")
    desk.add("Winter", "--at", "2024-10-27T02:30:00+01:00")
    found = desk.done("stats", "--json").json
    assert [h[0] for h in found["hours"]] == [
        "2024-10-27T02:00:00+02:00",
        "2024-10-27T02:00:00+01:00",
    ]


def test_stats_of_an_empty_blog(desk: Reporter) -> None:
    assert desk.done("stats", "--json").json["entries"] == 0
    assert desk.done("stats").out.startswith("entries\t\t0\n")


def test_a_terminal_of_60_columns_gets_bars(busy: Reporter) -> None:
    screen = busy.on_terminal("stats", columns=60)
    assert "█" in screen.text
    assert "by hour" in screen.text
    assert max(len(line) for line in screen.lines) <= 60
