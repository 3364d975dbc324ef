"""What a word with a dash in front is: an option in full, or refused; text behind `--`."""

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import processes
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from reporter import Reporter

from liveblog_cli import cli
from liveblog_cli.errors import WrongUsage

Command = tuple[str, ...]
UsageError = typer.BadParameter.__mro__[1]
"""Typer shows only some of the exceptions of the Click within it."""


def _commands() -> Iterator[tuple[Command, Any]]:
    for name in cli.list_command_names():
        command = cli.load_command(name)
        inner = getattr(command, "commands", {})
        yield from (((name, n), c) for n, c in inner.items()) if inner else [((name,), command)]


COMMANDS = dict(_commands())
VALUED = [
    (name, option)
    for name, command in COMMANDS.items()
    for param in command.params
    if param.param_type_name == "option" and not param.is_flag and param.type.name == "str"
    for option in param.opts
]
"""Every option of every command that takes a text, as the commands themselves have them."""

DASHED = ["-before dawn, rain", "-file closed", "-x", "-by", "-hot", "-é", "-=", "-b=x", "---"]


def _parsed(name: Command, words: list[str]) -> dict[str, Any]:
    command = COMMANDS[name]
    needed = [p for p in command.params if p.param_type_name == "argument" and p.required]
    return command.make_context(" ".join(name), words + ["file"] * len(needed)).params  # type: ignore[no-any-return]  # Click's own


def _param(name: Command, option: str) -> str:
    return next(p.name for p in COMMANDS[name].params if option in p.opts)


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, (list, tuple)) else value


def _id(case: Any) -> str:
    return " ".join(case[0]) + f" {case[1]}" if isinstance(case, tuple) else str(case)


@pytest.mark.parametrize("word", DASHED)
@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_a_word_with_a_dash_that_is_no_option_in_full_is_refused(name: Command, word: str) -> None:
    with pytest.raises(WrongUsage) as refusal:
        COMMANDS[name].make_context(" ".join(name), [word])
    assert repr(word) in refusal.value.message
    assert "-- " in refusal.value.hint or "--help" in refusal.value.hint


@pytest.mark.parametrize("case", VALUED, ids=_id)
def test_the_value_of_an_option_may_begin_with_a_dash(case: tuple[Command, str]) -> None:
    name, option = case
    for text in ("-x", "-5 degrees", "- a list item", "-before dawn", "---", "−5", "— rain", "-"):
        assert _last(_parsed(name, [option, text])[_param(name, option)]) == text


@pytest.mark.parametrize("case", VALUED, ids=_id)
def test_an_option_in_full_is_no_value_unless_it_is_one_word_with_its_option(
    case: tuple[Command, str],
) -> None:
    name, option = case
    long = max(next(p.opts for p in COMMANDS[name].params if option in p.opts), key=len)
    for text in ("--help", "--help=x", "--", "--pni", option):
        with pytest.raises(WrongUsage) as refusal:
            _parsed(name, [option, text])
        assert f"{long}={text}" in refusal.value.hint
        assert _last(_parsed(name, [f"{long}={text}"])[_param(name, option)]) == text


@pytest.mark.parametrize("case", VALUED, ids=_id)
def test_nothing_is_a_value_by_being_glued_to_a_letter(case: tuple[Command, str]) -> None:
    name, option = case
    if option.startswith("--"):
        with pytest.raises(WrongUsage, match="did you mean"):
            _parsed(name, [option[1:]])
        return
    for word in (f"{option}TEXT", f"{option}=TEXT", f"{option}-"):
        with pytest.raises(WrongUsage, match="is no option"):
            _parsed(name, [word])


def test_a_number_may_be_glued_to_its_letter() -> None:
    for words in (["-n20"], ["-n", "20"], ["--number=20"], ["--number", "20"]):
        assert _parsed(("list",), words)["number"] == 20


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
def test_all_that_stands_behind_two_dashes_is_text(texts: list[str]) -> None:
    assert list(_parsed_words(["--", *texts])) == texts
    assert list(_parsed_words(["--pin", "--", *texts])) == texts


@given(st.lists(st.text("-=bhx —–5", max_size=4) | st.sampled_from(["--pin", "--key", "-b", "--"])))
def test_no_word_is_lost_or_read_in_part(words: list[str]) -> None:
    """Whatever is typed is refused, or every word of it is an option, a value or text as it is."""
    try:
        params = COMMANDS["add-entry",].make_context("add", list(words)).params
    except (WrongUsage, typer.Exit, UsageError):
        return
    known = {"--pin", "--key", "-b", "--", "-h"}
    for value in (*(params["words"] or []), params["body"], params["headline"], params["file"]):
        assert value is None or value in words or f"--body={value}" in words, value
    for word in words:
        assert word in known or word in (*(params["words"] or []), params["body"], params["file"])


def _parsed_words(words: list[str]) -> tuple[str, ...]:
    return COMMANDS["add-entry",].make_context("add", words).params["words"] or ()


def test_the_ways_that_a_refusal_names_lead_to_the_text(reporter: Reporter) -> None:
    result = reporter.refused("add", "-before dawn, rain")
    assert result.status == 2
    assert "liveblog add -- '-before dawn, rain'" in result.err
    assert "' -before dawn, rain'" in result.err
    reporter.done("add", "--", "-before dawn, rain")
    reporter.done("add", " -before dawn, rain")
    reporter.done("add", "--headline", "-before dawn, rain")
    reporter.done("add", "--pin", "--", "--help", "--pin")
    *three, last = reporter.data()["entries"]
    assert [e["headline"] for e in three] == ["-before dawn, rain"] * 3
    assert (last["headline"], last["pinned"]) == ("--help --pin", True)


def test_the_help_shows_where_text_with_a_dash_stands(newcomer: Reporter) -> None:
    for name in ("add", "edit"):
        assert "dash stands behind --" in " ".join(newcomer.done(name, "--help").out.split())


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["--head", "x"], "'--headline'"),
        (["--heads", "x"], "'--headline'"),
        (["--corr=x"], "'--correction'"),
        (["-pin"], "'--pin'"),
        (["--PIN"], "'--pin'"),
        (["-fblog.toml"], "'-f blog.toml'"),
        (["—pin"], "'--pin'"),
        (["–pin"], "'--pin'"),
        (["––pin"], "'--pin'"),
        (["—tag=kursk"], "'--tag=kursk'"),
        (["--label", "—pin"], "'--pin'"),
        (["–b", "text"], "'-b'"),
        (["−f", "text"], "'-f'"),
    ],
)
def test_an_option_that_was_meant_is_named(
    reporter: Reporter, words: list[str], meant: str
) -> None:
    for command in (["add", "Rain"], ["edit", "last", "Rain"]):
        if "--corr=x" not in words or command[0] == "edit":
            result = reporter.refused(*command, *words)
            assert (result.status, f"did you mean {meant}?" in result.err) == (2, True), result.err


@pytest.mark.parametrize(
    "text", ["—", "— rain", "—rain over the harbour", "−5 degrees", "–pin on the map", "a -b c"]
)
def test_dashes_of_typographers_are_text(reporter: Reporter, text: str) -> None:
    reporter.done("add", text, "--label", text)
    entry = reporter.data()["entries"][0]
    assert (entry["headline"], entry["label"]) == (text, text)


def test_a_text_that_is_given_twice_is_not_lost(reporter: Reporter) -> None:
    assert "--body is given twice" in reporter.refused("add", "-b", "One", "--body=Two").err
    reporter.done("add", "Rain", "-f", "nowhere.toml", "-f", "liveblog.toml", "--tag=a", "--tag=b")


def test_a_value_that_is_missing_is_asked_for(reporter: Reporter) -> None:
    result = reporter.refused("add", "Rain", "-b")
    assert (result.status, "-b needs a value" in result.err) == (2, True)
    result = reporter.refused("add", "--headline", "--pin")
    assert "--headline needs a value, but an option follows: '--pin'" in result.err
    reporter.done("add", "--headline=--pin")
    assert reporter.data()["entries"][0]["headline"] == "--pin"


@pytest.mark.parametrize("option", [["--body", "-"], ["-b", "-"], ["--body=-"]])
def test_a_body_of_one_dash_is_read_from_stdin(reporter: Reporter, option: list[str]) -> None:
    reporter.done("add", "Rain", *option, stdin="\ufeff- one\r\n- two\n")
    reporter.done("edit", "last", *option, stdin="New.\n\nText.\n")
    entry = reporter.data()["entries"][0]
    assert (entry["headline"], entry["body"]) == ("Rain", "New.\n\nText.")
    assert entry["history"][0]["was"] == {"body": "- one\n- two"}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["set", "--summary", "-"], "summary"),
        (["close", "-"], "closing"),
        (["note", "add", "box", "-"], "notes"),
    ],
)
def test_other_long_texts_are_read_from_stdin_alike(
    reporter: Reporter, words: list[str], field: str
) -> None:
    assert "stdin is empty" in reporter.refused(*words, stdin="").err
    reporter.done(*words, stdin="One.\n\nTwo.\n")
    found = reporter.data()[field]
    assert (found[0]["text"] if field == "notes" else found) == "One.\n\nTwo."


@pytest.mark.parametrize(
    "words",
    [["add"], ["add", "Rain", "-b", "-"], ["set", "--summary", "-"], ["add", "--jsonl", "-"]],
)
def test_a_stdin_that_can_t_be_read_is_named(reporter: Reporter, words: list[str]) -> None:
    """It was opened for writing only (`0>file`)."""
    before = reporter.files()
    with (reporter.folder / "not.toml").open("wb") as stdin:
        done = processes.run(*words, cwd=reporter.folder, stdin=stdin)
    assert done.returncode == 1
    assert b"can't be read" in done.stderr or b"can be read" in done.stderr
    assert b"Error: output" not in done.stderr
    assert reporter.files() == before | {"not.toml": b""}


def test_an_empty_stdin_takes_no_text_away(reporter: Reporter) -> None:
    """`fetch | liveblog edit last -b -` where fetch failed."""
    reporter.done("add", "Rain", "-b", "Much of it.")
    for words in (["-b", "-"], ["-"]):
        assert "stdin is empty" in reporter.refused("edit", "last", *words, stdin="\n").err


def test_a_dash_that_reads_stdin_stands_alone(reporter: Reporter) -> None:
    for words in (["-", "Rain"], ["-", "-b", "x"], ["-", "-b", "-"]):
        assert reporter.refused("add", *words, stdin="Head").status == 2
    reporter.done("add", "Rain", "-", "more", "soon")
    assert reporter.data()["entries"][0]["headline"] == "Rain - more soon"


def test_a_terminal_is_told_that_stdin_is_waited_for(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    from liveblog_cli.ingest import stdin

    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO(b"Rain\n")))
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    assert stdin.from_stdin() == "Rain\n"
    assert "Ctrl-D" in said.getvalue()


def test_two_dashes_may_stand_before_the_command_too(reporter: Reporter) -> None:
    reporter.done("--", "add", "--", "--debug")
    assert reporter.data()["entries"][0]["headline"] == "--debug"


def test_an_empty_file_name_is_not_the_file_that_is_here(reporter: Reporter) -> None:
    """`-f "$BLOG"` in a script that forgot to set it."""
    assert reporter.refused("add", "Rain", "-f", "").status == 2
    assert reporter.refused("list", "--file=").status == 2
    assert reporter.refused("new", "Title", "-f", "").status == 2


@given(st.text(), st.text())
def test_a_value_arrives_as_it_was_typed_or_is_refused(body: str, ref: str) -> None:
    assert _parsed(("add-entry",), [f"--body={body}", f"--ref={ref}"])["body"] == body
    try:
        params = _parsed(("add-entry",), ["-b", body, "--ref", ref])
    except WrongUsage:
        assert any(unicodedata.category(text[0]) in ("Pd", "Sm") for text in (body, ref) if text)
        return
    assert (params["body"], params["ref"]) == (body, ref)
