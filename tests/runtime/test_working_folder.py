"""A working folder that is gone, or that can't be looked into."""

import os
import shlex
import subprocess
import sys

import pytest
from reporter import Reporter

import liveblog_cli
from liveblog_cli import cli
from liveblog_cli.errors import NotFound

NEEDS = {
    "add-entry": ["Rain"],
    "edit": ["last", "Rain"],
    "new": ["Title"],
    "note": ["list"],
    "rollover": ["next.toml"],
    "set": ["--title", "Title"],
    "theme": ["init", "mine"],
    **{name: ["last"] for name in ("pin", "publish", "restore", "retract", "unpin")},
}
NO_BLOG = {"schema"}
WRITES_HERE = {"new", "rollover", "theme"}


@pytest.fixture
def lost(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Reporter:
    """A reporter whose working folder was removed."""
    reporter.done("add", "Storm")
    gone = reporter.folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    return reporter


@pytest.mark.parametrize("name", [n for n in cli.list_command_names() if n not in NO_BLOG])
def test_each_command_says_that_its_folder_is_gone(lost: Reporter, name: str) -> None:
    result = lost.refused(name, *NEEDS.get(name, []))
    assert result.status == 3
    assert result.err.startswith("Error: the folder that this command was run in is gone\nHint: ")


@pytest.mark.parametrize(
    "name", [n for n in cli.list_command_names() if n not in NO_BLOG | {"theme"}]
)
def test_a_path_from_a_folder_that_is_gone_leads_nowhere(lost: Reporter, name: str) -> None:
    result = lost.refused(name, *NEEDS.get(name, []), "-f", "liveblog.toml")
    assert (result.status, "is gone" in result.err) == (3, True)


@pytest.mark.parametrize("name", [n for n in cli.list_command_names() if n not in WRITES_HERE])
def test_with_paths_in_full_each_command_works_as_ever(lost: Reporter, name: str) -> None:
    words = [] if name in NO_BLOG else ["-f", str(lost.file)]
    if name == "publish":
        lost.done("edit", "last", "--draft", *words)
    if name == "reopen":
        lost.done("close", *words)
    if name == "redo":
        lost.done("undo", *words)
    lost.done(name, *NEEDS.get(name, []), *words)


def test_what_is_made_may_be_named_in_full(lost: Reporter) -> None:
    lost.done("new", "Title", "-f", str(lost.folder / "b.toml"))
    lost.done("rollover", str(lost.folder / "c.toml"), "-f", str(lost.file))
    lost.done("theme", "init", str(lost.folder / "mine"))
    lost.done("export", "-o", str(lost.folder / "site"), "-f", str(lost.folder / "b.toml"))
    lost.done("check", str(lost.folder / "c.toml"))


def test_an_export_to_a_folder_that_is_gone_writes_nothing(lost: Reporter) -> None:
    for words in (["-o", "site"], ["html", "-o", "page.html"]):
        result = lost.refused("export", *words, "-f", str(lost.file))
        assert (result.status, "is gone" in result.err) == (3, True), result.err
    result = lost.refused("export", "--theme", "mine", "-f", str(lost.file))
    assert (result.status, "no such folder" in result.err) == (1, True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limits on files")
def test_a_folder_that_is_there_is_not_called_gone(reporter: Reporter) -> None:
    """Nor where nothing can be written at all, so that there is no temporary folder either."""
    reporter.done("add", "Storm")
    for words in ("export -o site", "export md -o -", "edit last"):
        command = f"ulimit -f 0; exec {shlex.quote(sys.executable)} -m liveblog_cli {words}"
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=reporter.folder,
            env=os.environ | {"EDITOR": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert b"gone" not in done.stderr
        assert b"temporary" in done.stderr


def test_python_gets_an_error_of_this_package(lost: Reporter) -> None:
    with pytest.raises(NotFound, match="is gone"):
        liveblog_cli.open_blog("liveblog.toml")
    assert liveblog_cli.open_blog(lost.file).read().entries


def test_the_shell_completes_nothing_where_the_folder_is_gone(
    lost: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_LIVEBLOG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "liveblog pin ")
    monkeypatch.setenv("COMP_CWORD", "2")
    result = lost.run()
    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.skipif(os.getuid() != 0, reason="needs root, to stand in a folder of others")
def test_a_blog_in_a_folder_without_rights_is_not_passed_over(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A blog above it would get the entry instead."""
    reporter.done("list")
    inner = reporter.folder / "inner"
    inner.mkdir(0o700)
    monkeypatch.chdir(inner)
    os.seteuid(65534)
    try:
        result = reporter.run("list")
    finally:
        os.seteuid(0)
    assert (result.status, "can't be searched for liveblog.toml" in result.err) == (3, True)
