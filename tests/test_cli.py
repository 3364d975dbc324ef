"""The command line itself: help, version, aliases, wrong usage, bugs."""

import subprocess

import pytest
from processes import LIVEBLOG
from reporter import Reporter

from liveblog_cli import __version__, cli


def test_version_and_help_answer_on_stdout(newcomer: Reporter) -> None:
    assert newcomer.done("--version").out == f"liveblog {__version__}\n"
    for words in (["-h"], ["--help"], ["add", "-h"], ["edit", "--help"]):
        assert newcomer.done(*words).out.startswith("Usage: liveblog")


def test_every_command_has_a_help_with_a_first_line(newcomer: Reporter) -> None:
    for name in cli.list_command_names():
        out = newcomer.done(name, "--help").out
        assert f"Usage: liveblog {name}" in out
        assert out.splitlines()[2].strip(), name


def test_an_unknown_command_is_refused_with_a_suggestion(newcomer: Reporter) -> None:
    result = newcomer.refused("ad-entry", "x")
    assert result.status == 2
    assert "did you mean 'add-entry'?" in result.err


def test_wrong_usage_is_one_line_and_a_hint(newcomer: Reporter) -> None:
    result = newcomer.refused("pin")
    assert result.status == 2
    assert len(result.err.splitlines()) == 2


def test_a_bug_is_one_line_that_asks_for_a_report(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("liveblog_cli.storage.blogfile.BlogFile.head", broken)
    result = reporter.refused("add", "H")
    assert result.status == 1
    assert "bug" in result.err
    traced = reporter.run("--debug", "add", "H")
    assert traced.status == 1
    assert "in broken" in traced.err
    assert traced.err.endswith(result.err)


@pytest.mark.parametrize("words", ["show k9", "list --nope", "list -f gone.toml", "add", "list"])
def test_to_look_for_a_fault_changes_no_exit_status(reporter: Reporter, words: str) -> None:
    reporter.file.write_text(reporter.file.read_text() + "[[entries]]\nid = 1\n")
    plain, traced = reporter.run(*words.split()), reporter.run("--debug", *words.split())
    assert traced.status == plain.status
    assert traced.err.endswith(plain.err)


@pytest.mark.parametrize("words", ["list", "list --json", "export rss -o -", "--version"])
def test_a_full_disk_behind_stdout_is_said(reporter: Reporter, words: str) -> None:
    reporter.done("add", "H")
    done = reporter.shell(f"liveblog {words} > /dev/full")
    assert done.status == 1
    assert done.err.endswith("Error: output: No space left on device\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_the_caller_closed_keep_no_change_from_the_file(
    reporter: Reporter, closed: str
) -> None:
    done = reporter.shell(f"liveblog add Here {closed}")
    assert done.status == (7 if ">&- " in f"{closed} ".replace("2>&-", "") else 0)
    assert "bug" not in done.err
    assert [e["headline"] for e in reporter.data()["entries"]] == ["Here"]


@pytest.mark.parametrize("words", ["list", "list --color always", "show", "--help"])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_failure(
    reporter: Reporter, words: str, buffered: str
) -> None:
    for number in range(3):
        reporter.done("add", f"{number}", "-b", "many words " * 9000)
    line = f"liveblog {words} | head -0; exit ${{PIPESTATUS[0]}}"
    done = reporter.shell(line, PYTHONUNBUFFERED=buffered)
    assert (done.status, done.err) == (0, "")


def test_python_m_is_the_same_program() -> None:
    assert (
        subprocess.check_output([*LIVEBLOG, "--version"], text=True) == f"liveblog {__version__}\n"
    )


@pytest.mark.parametrize(
    ("shell", "env", "expected"),
    [
        ("bash", {"COMP_WORDS": "liveblog pin ", "COMP_CWORD": "2"}, "{id}\n"),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "liveblog pin "}, '"{id}":"Fähren fahren"'),
        (
            "fish",
            {"_TYPER_COMPLETE_ARGS": "liveblog pin ", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
            "{id}\tFähren fahren",
        ),
        ("bash", {"COMP_WORDS": "liveblog unp", "COMP_CWORD": "1"}, "unpin"),
        ("bash", {"COMP_WORDS": "liveblog add --so", "COMP_CWORD": "2"}, "--source"),
    ],
)
def test_shells_complete_commands_options_and_ids_with_headlines(
    reporter: Reporter, shell: str, env: dict[str, str], expected: str
) -> None:
    name = reporter.done("add", "Fähren fahren").id
    done = reporter.process(**env, _LIVEBLOG_COMPLETE=f"complete_{shell}")
    assert expected.format(id=name) in done.out


def test_completion_scripts_are_to_be_had(newcomer: Reporter) -> None:
    done = newcomer.process("--show-completion", "bash")
    assert "_LIVEBLOG_COMPLETE=complete_bash" in done.out
