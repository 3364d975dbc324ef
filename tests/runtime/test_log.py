"""What stops nothing and is worth knowing: a line on stderr for who types, a record of `logging` for programs."""

from __future__ import annotations

import io
import logging
import subprocess
import sys

import pytest
from reporter import Reporter

from liveblog_cli import open_blog
from liveblog_cli.runtime.log import Log

HALF = '\n[[entries]]\nid = "bbbbb"\nbody = """\nhalf'
SAID = ":{line}: the file ends inside the block that begins here, which is left out\n"


@pytest.fixture
def torn(reporter: Reporter) -> str:
    """A blog that ends in half a block; what is said of it."""
    reporter.done("add", "A")
    text = reporter.file.read_text()
    reporter.file.write_text(text + HALF)
    return f"{reporter.file}{SAID.format(line=text.count(chr(10)) + 2)}"


def test_a_command_says_it_once_also_where_a_plugin_set_up_its_own_logs(
    reporter: Reporter, torn: str
) -> None:
    others = logging.StreamHandler(io.StringIO())
    logging.getLogger().addHandler(others)
    try:
        assert reporter.done("list").err == torn
    finally:
        logging.getLogger().removeHandler(others)
    assert others.stream.getvalue() == ""


def test_a_level_that_another_package_chose_hides_nothing_from_who_types(
    reporter: Reporter, torn: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And it is as it was when the command has ended."""
    logger = logging.getLogger("liveblog_cli")
    with caplog.at_level(logging.ERROR, "liveblog_cli"):
        assert reporter.done("list").err == torn
        assert (logger.level, logger.propagate, logger.handlers) == (logging.ERROR, True, [])


def test_a_program_gets_it_as_a_warning_of_the_module_that_found_it(
    reporter: Reporter,
    torn: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert open_blog(reporter.file).read().title
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("liveblog_cli.storage.reader", "WARNING")
    assert record.getMessage() == torn.strip()
    assert capsys.readouterr().err == ""


def test_a_program_that_sets_up_no_logs_gets_the_same_line_on_stderr(
    reporter: Reporter, torn: str
) -> None:
    code = "import sys, liveblog_cli; liveblog_cli.open_blog(sys.argv[1]).read()"
    done = subprocess.run(
        [sys.executable, "-c", code, str(reporter.file)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", torn)


def test_what_is_logged_steers_no_terminal(caplog: pytest.LogCaptureFixture) -> None:
    Log("liveblog_cli.test").warning("100 %s \x1b[31mred\x9b\nnext")
    assert caplog.messages == ["100 %s ␛[31mred\ufffd\nnext"]


def test_an_error_shows_what_would_steer_as_every_message_does(newcomer: Reporter) -> None:
    assert "/no␛[31m.toml: no such file" in newcomer.refused("list", "-f", "no\x1b[31m.toml").err
