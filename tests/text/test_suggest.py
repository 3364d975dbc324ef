"""What is mistyped is refused with what was probably meant, in one line, at every door."""

import pytest
from reporter import Reporter

from liveblog_cli.text.suggest import suggest


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ad", "'add'"),
        ("ADD", "'add'"),
        ("add-entyr", "'add-entry'"),
        ("lst", "'list'"),
        ("expotr", "'export'"),
        ("hist", "'history'"),
        ("un", "'undo' or 'unpin'"),
        ("re", "'redo', 'reopen', 'restore' or 'retract'"),
        ("note ad", "'add'"),
        ("note lsit", "'list'"),
        ("theme int", "'init'"),
        ("--versoin", "'--version'"),
        ("--debg list", "'--debug'"),
        ("--lst", "'list'"),
        ("-add", "'add'"),
        ("note --add", "'add'"),
        ("list --st draft", "'--status'"),
        ("list --s draft", "'--source', '--since', '--status' or '--sort'"),
        ("list --tga a", "'--tag'"),
        ("edit last --captoin a", "'--caption'"),
        ("list --status drft", "'draft'"),
        ("list --status P", "'published'"),
        ("list --sort newset", "'newest'"),
        ("list --color alwys", "'always'"),
        ("check --format sarf", "'sarif'"),
        ("schema entrie", "'entry'"),
        ("export htm", "'html'"),
        ("export jsn", "'json'"),
        ("note add box Text --applies-to agncy", "'agency'"),
        ("--show-completion bsh", "'bash'"),
    ],
)
def test_wrong_usage_names_what_was_meant(reporter: Reporter, typed: str, said: str) -> None:
    result = reporter.refused(*typed.split())
    assert result.status == 2
    assert f"id you mean {said}?" in result.err.splitlines()[0]


@pytest.mark.parametrize("typed", ["xyzzy", "list --xyzzy", "--xyzzy", "note xyzzy"])
def test_where_nothing_is_like_it_nothing_is_suggested(reporter: Reporter, typed: str) -> None:
    result = reporter.refused(*typed.split())
    assert (result.status, "did you mean" in result.err) == (2, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pin", "lst"], "'last'"),
        (["show", "LAST"], "'last'"),
        (["set", "--language", "german"], "'de'"),
        (["set", "--language", "deutsch"], "'de'"),
        (["set", "--language", "de_AT"], "'de-AT'"),
        (["set", "--timezone", "Europe/Berln"], "'Europe/Berlin'"),
        (["set", "--timezone", "rome"], "'Europe/Rome'"),
        (["set", "--timezone", "New York"], "'America/New_York'"),
        (["add", "H", "--note", "bx"], "'box'"),
        (["add", "H", "--source", "dpa (agncy, verified)"], "'agency'"),
    ],
)
def test_the_value_that_was_meant_is_named(reporter: Reporter, words: list[str], said: str) -> None:
    reporter.done("note", "add", "box", "Text")
    reporter.done("add", "H")
    assert f"did you mean {said}?" in reporter.refused(*words).err.splitlines()[0]


def test_names_that_begin_so_are_all_suggested_while_they_are_few() -> None:
    names = ["alpha", "alps", "altar", "also", "alto"]
    assert suggest("al", names) == ": did you mean 'alpha', 'alps', 'altar', 'also' or 'alto'?"
    assert suggest("al", [*names, "all"]) == ": did you mean 'all'?"
    assert suggest("", names) == ""


def test_of_two_that_are_equally_like_it_the_one_that_begins_so_is_meant() -> None:
    assert suggest("dee", ["ee", "de", "zee"]) == ": did you mean 'de'?"


def test_a_text_is_not_compared_with_names() -> None:
    assert suggest("a" * 100_000, ["a" * 1000]) == ""
