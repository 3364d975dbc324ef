"""Times at the edges of the calendar, and of days when clocks had offsets with seconds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from reporter import Reporter

import liveblog_cli
from liveblog_cli.errors import LiveblogError
from liveblog_cli.text.times import TimeContext, parse_time

NOW = datetime(2024, 11, 12, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MONROVIA = ZoneInfo("Africa/Monrovia")  # 44 minutes and 30 seconds behind, until 1972


@pytest.mark.parametrize(
    "typed",
    [
        "0001-01-01T00:00:00Z",
        "0001-06-01 10:00",
        "9999-12-31 10:00",
        "9999-12-31T22:59Z",
        "9998-12-31T23:30Z",
        "0002-01-01T00:00Z",
    ],
)
def test_a_time_that_the_file_could_not_hold_is_refused(reporter: Reporter, typed: str) -> None:
    added = reporter.refused("add-entry", "x", "--at", typed)

    assert added.status == 1
    assert "no calendar" in added.err


def test_a_sender_cannot_put_such_a_time_into_the_file(reporter: Reporter) -> None:
    """It would make the file unreadable for every export."""
    line = json.dumps({"headline": "x", "time": "0001-01-01T00:00:00Z"})
    sent = reporter.process("add-entry", "--jsonl", "-", stdin=line.encode())

    assert sent.status == 1
    assert "no calendar" in sent.out
    assert "entries" not in reporter.data()


def test_an_offset_with_seconds_is_written_as_toml_and_feeds_know_it(reporter: Reporter) -> None:
    """RFC 3339, 5.6: an offset has hours and minutes. The moment stays the same to the second."""
    reporter.done("set", "--timezone", MONROVIA.key)

    reporter.done("add-entry", "The Eagle has landed", "--at", "1969-07-20T20:17:40Z")
    feed = reporter.done("export", "atom", "-o", "-").out

    assert reporter.data()["entries"][0]["time"] == datetime(1969, 7, 20, 20, 17, 40, tzinfo=UTC)
    assert "-00:44</published>" in feed


def test_a_local_time_of_such_days_is_the_same_moment() -> None:
    moment = parse_time("1969-07-20 19:33", TimeContext(NOW, MONROVIA))

    assert moment == datetime(1969, 7, 20, 20, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("12.13.2024 10:00", "de"),
        ("13/12/2024 10:00", "en-US"),
        ("12/13/2024 10:00", "es-u-nu-latn"),
    ],
)
def test_a_month_that_does_not_exist_is_not_taken_for_a_day(typed: str, language: str) -> None:
    with pytest.raises(LiveblogError, match="not a time"):
        parse_time(typed, TimeContext(NOW, BERLIN, language))


@pytest.mark.parametrize("now", ["9999-12-31T23:00:00+00:00", "9998-12-31T23:30:00+00:00"])
def test_a_clock_of_such_a_year_is_refused(reporter: Reporter, now: str) -> None:
    reporter.at(now)
    assert "no calendar" in reporter.refused("add-entry", "x").err


@pytest.mark.parametrize("time", ["9998-12-31T23:30:00Z", "0002-01-01T00:00:00Z"])
def test_a_time_that_has_another_year_elsewhere_locks_no_file(
    reporter: Reporter, time: str
) -> None:
    """A wire's line was acknowledged, and no export could be made any more."""
    line = f'{{"headline": "x", "time": "{time}"}}\n'
    sent = reporter.process("add", "--jsonl", "-", stdin=line.encode())
    assert (sent.status, "no calendar" in sent.out) == (1, True)
    assert reporter.done("check", "--json").json
    with pytest.raises(LiveblogError, match="no calendar"):
        liveblog_cli.open_blog(reporter.file).add("x", time=datetime.fromisoformat(time))
    draft = reporter.done("add", "Draft", "--draft").id
    with pytest.raises(LiveblogError, match="no calendar"):
        liveblog_cli.open_blog(reporter.file).publish(draft, datetime.fromisoformat(time))


def test_a_time_without_an_offset_is_no_time_to_publish_at(reporter: Reporter) -> None:
    draft = reporter.done("add", "Draft", "--draft").id
    with pytest.raises(LiveblogError, match="has no offset"):
        liveblog_cli.open_blog(reporter.file).publish(draft, datetime(2024, 11, 12, 10))


@pytest.mark.filterwarnings("error")
def test_a_zones_nickname_is_refused_without_a_warning() -> None:
    """CST is Chicago's and Shanghai's."""
    with pytest.raises(LiveblogError, match="not a time"):
        parse_time("2024-11-12 14:05 CET", TimeContext(NOW, BERLIN))


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("2024-11-12 9:05", 8),
        ("2024/11/12 9:05", 8),
        ("2024.11.12 9:05", 8),
        ("9:05 2024-11-12", 8),
        ("2024-11-12 9:05 UTC", 9),
        ("12.11.2024 9:05", 8),
        ("12/11/2024 9:05", 8),
        ("9:05, 12.11.2024", 8),
    ],
)
def test_a_year_that_comes_first_is_followed_by_the_month_in_every_language(
    typed: str, hour: int
) -> None:
    assert parse_time(typed, TimeContext(NOW, BERLIN, "de")) == datetime(
        2024, 11, 12, hour, 5, tzinfo=UTC
    )
