"""What a machine says of its zone and language, as odd as machines are."""

import os
import shutil
import subprocess
import sys
import time
import zoneinfo
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reporter import Reporter

from liveblog_cli.runtime import machine

ZONES = next(Path(p) for p in zoneinfo.TZPATH if Path(p, "Europe/Berlin").is_file())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A machine's file system without /etc/localtime."""
    (tmp_path / "etc").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("posix/Europe/Berlin", "Europe/Berlin"),
        (":right/Europe/Berlin", "Europe/Berlin"),
        (f"{ZONES}/Europe/Berlin", "Europe/Berlin"),
        (f":{ZONES}/posix/Europe/Berlin", "Europe/Berlin"),
        (f"{ZONES}/Europe/../Asia/Tokyo", "Asia/Tokyo"),
        ("EST5EDT", "EST5EDT"),
        ("UTC", "UTC"),
        ("", "UTC"),
        ("UTC+3", "Etc/GMT+3"),
        ("UTC-3", "Etc/GMT-3"),
        ("<+0530>-5", "Etc/GMT-5"),
        ("<-03>3", "Etc/GMT+3"),
        ("JST-9", "Etc/GMT-9"),
        ("EST5:00", "Etc/GMT+5"),
        ("XYZ0", "UTC"),
    ],
)
def test_what_tz_means_is_the_zone(root: Path, said: str, zone: str) -> None:
    assert machine.find_zone({"TZ": said}, root) == machine.Zone(zone)


@pytest.mark.parametrize(
    "said",
    [
        *("CET-1CEST,M3.5.0,M10.5.0/3", "IST-5:30", "UTC+25", "UTC+13", "UTC-15", "europe/berlin"),
        *("garbage", ":", "::UTC", " ", ".", "..", "Europe", "Factory", "posixrules", "localtime"),
        *("../../etc/passwd", "/etc/passwd", ":/etc/passwd", "/", "/etc", "/dev/zero", "/dev/tty"),
        *(
            "a" * 10_000,
            "Berlin\0",
            "/no\0where",
            "é",
            "\udcff",
            f"{ZONES}/zone.tab",
            f"{ZONES}/Europe",
        ),
    ],
)
def test_what_is_no_zone_is_said_never_guessed(root: Path, said: str) -> None:
    name, doubt = machine.find_zone({"TZ": said}, root)
    assert name == "UTC"
    assert "--timezone" in doubt
    assert len(doubt) < 200
    assert ("TZ=" in doubt) == (said != "localtime")


@given(st.text() | st.from_regex(r":?(/|\.\./|UTC)?[A-Za-z0-9:,<>+./-]*", fullmatch=True))
@example("UTC+" + "9" * 5000)
@example("UTC٣")
def test_any_tz_gives_a_zone_of_the_database_or_a_doubt(said: str) -> None:
    name, doubt = machine.find_zone({"TZ": said}, Path("/nowhere"))
    assert name in machine.list_zones()
    assert (
        doubt or name == "UTC" or machine.find_iana_name(said.lstrip(":")) == name or "GMT" in name
    )


@pytest.mark.parametrize("link", [f"{ZONES}/Europe/Berlin", "../usr/share/zoneinfo/Europe/Berlin"])
@pytest.mark.parametrize("environ", [{}, {"TZ": "localtime"}, {"TZ": ":localtime"}])
def test_a_link_names_the_zone(root: Path, link: str, environ: dict[str, str]) -> None:
    (root / "etc/localtime").symlink_to(link)
    (root / "etc/timezone").write_text("Asia/Tokyo\n")
    assert machine.find_zone(environ, root).name == "Europe/Berlin"


def test_of_links_in_a_row_the_first_that_names_a_zone_counts(root: Path) -> None:
    """Where zones are links themselves, to posixrules or to another name of the same data."""
    zones = root / "usr/share/zoneinfo/Europe"
    zones.mkdir(parents=True)
    shutil.copy(ZONES / "Europe/Berlin", zones.parent / "posixrules")
    (zones / "Oslo").symlink_to("../posixrules")
    (root / "etc/alternative").symlink_to(zones / "Oslo")
    (root / "etc/localtime").symlink_to("alternative")
    assert machine.find_zone({}, root).name == "Europe/Oslo"


def test_a_link_in_a_circle_or_to_nothing_is_said(root: Path) -> None:
    (root / "etc/localtime").symlink_to("localtime")
    assert machine.find_zone({}, root).doubt
    (root / "etc/localtime").unlink()
    (root / "etc/localtime").symlink_to("gone")
    assert "etc/localtime names no time zone" in machine.find_zone({}, root).doubt


@pytest.mark.parametrize(
    ("file", "text"),
    [("etc/timezone", "Europe/Rome\n"), ("var/db/zoneinfo", "# by hand\n\nEurope/Rome # home\n")],
)
def test_the_name_beside_a_copy_counts_if_the_copy_is_like_it(
    root: Path, file: str, text: str
) -> None:
    """Alpine, Gentoo, FreeBSD; but the host's clock on a container's /etc/timezone is the host's."""
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text)
    shutil.copy(ZONES / "Europe/Berlin", root / "etc/localtime")
    assert machine.find_zone({}, root).name == "Europe/Rome"
    shutil.copy(ZONES / "Asia/Tokyo", root / "etc/localtime")
    assert machine.find_zone({}, root) == machine.Zone("Asia/Tokyo")


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
def test_a_copy_alone_is_known_by_its_data(root: Path, name: str) -> None:
    shutil.copy(ZONES / name, root / "etc/localtime")
    assert machine.find_zone({}, root).name == name
    assert machine.find_zone({"TZ": f":{root}/etc/localtime"}, root).name == name


@pytest.mark.parametrize("data", [b"", b"TZif", b"TZif2" + b"\xff" * 100, b"\0" * 2_000_000])
def test_a_copy_of_no_zone_is_said(root: Path, data: bytes) -> None:
    (root / "etc/localtime").write_bytes(data)
    (root / "etc/timezone").write_text("Europe/Berlin\n")
    assert machine.find_zone({}, root).doubt


def test_without_localtime_it_is_the_written_name_or_utc(root: Path) -> None:
    assert machine.find_zone({}, root) == machine.Zone("UTC")
    (root / "etc/timezone").write_text("nonsense\n")
    assert machine.find_zone({}, root) == machine.Zone("UTC")
    (root / "etc/timezone").write_text("Europe/Berlin\n")
    assert machine.find_zone({}, root) == machine.Zone("Europe/Berlin")


def test_a_machine_that_has_a_zone_without_a_name_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and Android have no /etc/localtime, and yet a clock on the wall."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert machine.find_zone({}, root).doubt.startswith("this machine names no time zone")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_zone_is_the_one_that_date_shows() -> None:
    """What the C library makes of TZ, this program does too, wherever it finds a zone at all."""
    if not shutil.which("date"):
        pytest.skip("no date")
    from datetime import datetime
    from zoneinfo import ZoneInfo

    day = datetime(2024, 11, 12, tzinfo=UTC)
    for said in ("UTC+3", "<+03>-3", "EST5", "", ":Europe/Berlin", f"{ZONES}/Asia/Kolkata", "XYZ0"):
        shown = subprocess.run(
            ["date", "-d", day.isoformat(), "+%z"],
            env={"TZ": said},
            capture_output=True,
            check=True,
        )
        assert (
            f"{day.astimezone(ZoneInfo(machine.find_zone({'TZ': said}).name)):%z}\n"
            == shown.stdout.decode()
        )


def test_a_new_blog_says_where_its_zone_is_not_sure(
    newcomer: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    result = newcomer.done("new", "Storm")
    assert result.err.splitlines() == [
        "TZ='CET-1CEST,M3.5.0,M10.5.0/3' names no time zone: the blog is in UTC; "
        "set another with --timezone"
    ]
    assert "(en, UTC)" in result.out
    assert newcomer.done("new", "Storm", "--timezone", "Asia/Tokyo", "-f", "b.toml").err == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("UTC+3", "'Etc/GMT-3', 3 h ahead of UTC"),
        ("gmt-05:00", "'Etc/GMT+5', 5 h behind UTC"),
        ("+2", "'Etc/GMT-2', 2 h ahead of UTC"),
        ("europe/berlin", "'Europe/Berlin'"),
        ("Europe/Berln", "'Europe/Berlin'"),
        (":Europe/Berlin", "'Europe/Berlin'"),
        ("/usr/share/zoneinfo/Europe/Berlin", "'Europe/Berlin'"),
    ],
)
def test_a_zone_that_was_meant_is_named(newcomer: Reporter, text: str, meant: str) -> None:
    result = newcomer.refused("new", "Storm", f"--timezone={text}")
    assert (result.status, f"did you mean {meant}?" in result.err) == (1, True), result.err


@pytest.mark.parametrize(
    "text",
    [
        *("localtime", "Factory", "UTC+99", "../../etc/passwd", "Europe", ".", ":", "x" * 10_000),
        *("CET-1CEST,M3.5.0,M10.5.0/3", "/", "é", "UTC+5:30"),
    ],
)
def test_a_zone_that_other_machines_lack_is_refused(newcomer: Reporter, text: str) -> None:
    result = newcomer.refused("new", "Storm", "--timezone", text)
    assert result.status == 1
    assert "unknown time zone" in result.err
    assert len(result.err) < 300


def test_a_zone_of_this_machine_s_folders_is_written_as_others_know_it(newcomer: Reporter) -> None:
    newcomer.done("new", "Storm", "--timezone", "posix/Europe/Berlin")
    assert newcomer.data()["timezone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de-AT"),
        ({"LANG": "de_DE@euro"}, "de-DE"),
        ({"LANG": "de_DE.ISO-8859-1@euro"}, "de-DE"),
        ({"LANG": "uk_UA", "LC_MESSAGES": "pt_BR.UTF-8"}, "pt-BR"),
        ({"LANG": "uk_UA", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "uk_UA", "LC_ALL": "POSIX"}, "en"),
        ({"LANG": "uk_UA", "LC_ALL": ""}, "uk-UA"),
        ({"LANG": "es_419.UTF-8"}, "es-419"),
        ({"LANG": "de_XX.UTF-8"}, "de"),
        ({"LANG": "xx_YY"}, "en"),
        ({"LANG": "german"}, "en"),
        ({"LANG": "/usr/share/locale/de"}, "en"),
        ({"LANG": "de_DE\nx"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale_or_english(
    environ: dict[str, str], language: str
) -> None:
    assert machine.find_language(environ) == language


def test_a_locale_that_nobody_has_stops_no_new_blog(
    newcomer: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "xx_YY.UTF-8")
    assert "(en, UTC)" in newcomer.done("new", "Storm").out


def test_a_machine_without_zone_data_says_so(tmp_path: Path) -> None:
    """A slim container, for whose Python somebody left out tzdata."""
    code = (
        "import sys; sys.modules['tzdata'] = None; from liveblog_cli import cli; "
        "sys.exit(cli.main(['new', 'Storm']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: this machine has no time zone data\nHint: install")
