"""A blog with the markers of a merge in it is named as that, and nothing of either side is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from reporter import Reporter

from liveblog_cli.storage import toml
from liveblog_cli.storage.conflicts import find_conflicts

HEAD = 'format = 1\ntitle = "t"\ntimezone = "UTC"\n'
COMMANDS = [
    ("list",),
    ("show",),
    ("export",),
    ("check",),
    ("add", "news"),
    ("pin", "last"),
    ("set", "--kicker", "k"),
    ("undo",),
]


def _entry(name: str, headline: str = "h") -> str:
    return f'\n[[entries]]\nid = "{name}"\ntime = 2024-11-12T08:00:00Z\nheadline = "{headline}"\n'


def _git(folder: Path, *words: str) -> int:
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *settings, *words], cwd=folder, check=False, capture_output=True
    ).returncode


def _merged(file: Path, base: str, ours: str, theirs: str, *how: str) -> str:
    """What git leaves where two branches changed the same place."""
    folder = file.parent
    file.write_text(base)
    assert _git(folder, "init", "-q", "-b", "desk") == 0
    _git(folder, "add", file.name)
    _git(folder, "commit", "-qm", "base")
    _git(folder, "checkout", "-qb", "night")
    file.write_text(theirs)
    _git(folder, "commit", "-qam", "theirs")
    _git(folder, "checkout", "-q", "desk")
    file.write_text(ours)
    _git(folder, "commit", "-qam", "ours")
    assert _git(folder, *how, "merge", "night") == 1
    return file.read_text()


@pytest.mark.parametrize("how", [(), ("-c", "merge.conflictStyle=diff3")])
def test_both_sides_are_named_with_their_lines(reporter: Reporter, how: tuple[str, ...]) -> None:
    text = _merged(
        reporter.file, HEAD, HEAD + _entry("aaaaa") + _entry("bbbbb"), HEAD + _entry("ccccc"), *how
    )
    lines = text.splitlines()
    for words in COMMANDS:
        result = reporter.run(*words)
        assert result.status == 4, words
        assert f"{reporter.file}:{lines.index('<<<<<<< HEAD') + 1}: a merge conflict" in result.err
        assert "one side's (HEAD)" in result.err
        assert "the other side's (night)" in result.err
        assert "delete the marker lines" in result.err
        assert reporter.file.read_text() == text
        assert sorted(p.name for p in reporter.folder.glob("liveblog.toml*")) == ["liveblog.toml"]


def test_a_conflict_inside_a_text_is_not_published(reporter: Reporter) -> None:
    """Where all of it stands in one string, the file would be valid TOML."""
    base = HEAD + _entry("aaaaa") + 'body = """\nfirst\nmiddle\nlast\n"""\n' + _entry("zzzzz")
    text = _merged(
        reporter.file, base, base.replace("middle", "ours"), base.replace("middle", "theirs")
    )
    assert len(tomli.loads(text)["entries"]) == 2
    for words in COMMANDS:
        assert "a merge conflict" in reporter.refused(*words).err
    assert reporter.file.read_text() == text


def test_a_conflict_in_the_head_is_named_before_its_toml(reporter: Reporter) -> None:
    base = HEAD + _entry("aaaaa")
    _merged(reporter.file, base, base.replace('"t"', '"ours"'), base.replace('"t"', '"theirs"'))
    for words in COMMANDS:
        assert f"{reporter.file}:2: a merge conflict" in reporter.refused(*words).err


@pytest.mark.parametrize("inner", [7, 9])
def test_a_conflict_inside_of_a_side_does_not_hide_where_the_outer_one_ends(inner: int) -> None:
    """Git leaves one in the common ancestor where branches were merged crosswise before."""
    nested = f"{'<' * inner} Temporary merge branch 1\nx\n{'=' * inner}\ny\n{'>' * inner} b\n"
    text = f"{HEAD}<<<<<<< HEAD\na\n||||||| base\n{nested}=======\nc\n>>>>>>> wire\n"
    (found,) = find_conflicts(text)
    assert found.line == 4
    assert found.message == (
        "a merge conflict up to line 14: line 5 is one side's (HEAD), lines 7-11 are the common "
        "ancestor's (base), line 13 is the other side's (wire)"
    )


def test_a_conflict_that_cuts_a_string_open_is_not_taken_for_a_torn_tail(
    reporter: Reporter,
) -> None:
    text = (
        HEAD
        + _entry("aaaaa")
        + '<<<<<<< HEAD\nbody = """\nx\n"""\n=======\nbody = """\ny\n>>>>>>> b\n'
    )
    reporter.file.write_text(text)
    assert "lines 10-12 are one side's (HEAD)" in reporter.refused("add", "news").err
    assert reporter.file.read_text() == text


def test_the_way_out_that_is_said_leads_out(reporter: Reporter) -> None:
    """Both ways: the marker lines deleted by hand, or one side taken whole."""
    sides = HEAD + _entry("aaaaa"), HEAD + _entry("ccccc")
    marked = f"{HEAD}<<<<<<< HEAD\n{_entry('aaaaa')}=======\n{_entry('ccccc')}>>>>>>> night\n"
    reporter.file.write_text(marked)
    assert "one side's (HEAD)" in reporter.refused("list").err
    kept = [line for line in marked.splitlines() if line[:7] not in MARKERS]
    reporter.file.write_text("\n".join(kept) + "\n")
    assert {e["id"] for e in reporter.done("list", "--json").json} == {"aaaaa", "ccccc"}
    _merged(reporter.file, HEAD, *sides)
    _git(reporter.folder, "checkout", "--theirs", reporter.file.name)
    assert [e["id"] for e in reporter.done("list", "--json").json] == ["ccccc"]
    assert reporter.done("add", "news").err == ""


MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
LINES = st.sampled_from([*MARKERS, "<<<<<<< HEAD", ">>>>>>> b", "========", "text", "", " <<<<<<<"])


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_what_we_write_is_never_taken_for_a_conflict(text: str) -> None:
    written = f"body = {toml.write_string(text)}\n"
    assert find_conflicts(written) == []


def test_a_body_about_conflicts_stays_as_it_was_typed(reporter: Reporter) -> None:
    body = "How git says it:\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> feature"
    new = reporter.done("add", "h", "-b", body).id
    shown = {e["id"]: e for e in reporter.done("list", "--json").json}[new]
    assert shown["body"] == body


def test_a_marker_alone_is_a_typing_error_like_others(reporter: Reporter) -> None:
    reporter.file.write_text(HEAD + _entry("aaaaa") + "<<<<<<< HEAD\n" + _entry("bbbbb"))
    result = reporter.refused("export")
    assert f"{reporter.file}:9:" in result.err
    assert "conflict" not in result.err


def test_an_underlined_heading_and_a_quote_are_no_conflict() -> None:
    assert find_conflicts("Title\n=======\n>>>>>>> deep quote\n") == []
    assert find_conflicts("=======\n<<<<<<< x\n") == []
