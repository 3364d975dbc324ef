"""Whatever stands in a blog, an argument, a name or a path: no command hands a terminal what steers it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steered import ALL, IN_TEXTS, run, steering_signs

from liveblog_cli import cli
from liveblog_cli.formats import list_names
from liveblog_cli.model.values import (
    Added,
    Blog,
    Change,
    Entry,
    Hook,
    Media,
    Note,
    Publisher,
    Source,
)
from liveblog_cli.storage import codec, lock, lock_file, toml
from liveblog_cli.text import controls

TIME = datetime(2024, 11, 12, tzinfo=UTC)
TEXT = f"Rate {IN_TEXTS} end"
WORD = ALL.replace("\x00", "")
"""What can be an argument, or a file's name where it has no slash."""

FORMATS = list_names()
READING = [
    *[
        ["list", *o]
        for o in ([], ["--json"], ["--color", "always"], ["--grep", WORD], ["--tag", WORD])
    ],
    *[["list", *o] for o in (["--author", WORD], ["--source", WORD], ["--since", WORD])],
    *[["show", *o] for o in ([], ["abcde"], ["--json"], ["--color", "always"], [WORD])],
    *[["history", *o] for o in ([], ["abcde"], ["-"], ["--json"], ["--color", "always"], [WORD])],
    *[["diff", *o] for o in (["2024-11-11"], ["2024-11-11", "--json"], [WORD], [WORD, WORD])],
    *[["stats", *o] for o in ([], ["--json"])],
    *[["sources", *o] for o in ([], ["--json"])],
    *[["handover", *o] for o in ([], ["--json"], ["--since", WORD])],
    *[
        ["check", *o]
        for o in ([], ["--json"], ["--format", "github"], ["--format", "sarif"], [WORD])
    ],
    *[["export", f, "-o", "-", *o] for f in FORMATS for o in ([], ["--limit", "1"])],
    *[
        ["export", *o]
        for o in ([WORD], ["html", "-o", f"{WORD}/x"], ["--theme", WORD], ["--url", WORD])
    ],
    *[["export", "json", *o] for o in ([], ["-o", WORD], ["--json"], ["--as-of", WORD])],
    ["note", "list"],
    ["note", "list", "--json"],
    ["schema", WORD],
    ["trust"],
]
CHANGING = [
    *[[c, n] for c in ("pin", "unpin", "retract", "restore", "publish") for n in ("abcde", WORD)],
    *[
        ["edit", "abcde", *o]
        for o in (["--label", "x"], ["--key"], ["--tag", WORD], ["--json", "--pin"])
    ],
    *[["edit", n, "--label", "y"] for n in (WORD, "ref:" + WORD)],
    ["edit", "abcde"],
    *[["undo", *o] for o in ([], ["abcde"], [WORD])],
    *[["redo", *o] for o in ([], ["abcde"], [WORD])],
    *[
        ["set", *o]
        for o in (["--kicker", "x"], ["--url", WORD], ["--timezone", WORD], ["--language", WORD])
    ],
    *[
        ["note", *o]
        for o in (["add", WORD, "x"], ["edit", WORD, "x"], ["remove", WORD], ["remove", "box"])
    ],
    *[
        ["add", *o]
        for o in ([WORD], ["x"], ["x", "--at", WORD], ["x", "--image", WORD], ["x", "--note", WORD])
    ],
    *[
        ["add", *o]
        for o in (["x", "--source", f"a <{WORD}>"], ["--jsonl", WORD], ["--jsonl", "lines"])
    ],
    *[["theme", *o] for o in (["init", WORD], [WORD])],
    *[["close", *o] for o in ([WORD], [])],
    ["reopen"],
    *[["rollover", *o] for o in ([WORD, "--keep", WORD], [WORD])],
    *[
        ["new", "T", "-f", f"{WORD}{n}.toml", *o]
        for n, o in enumerate(([], ["--timezone", WORD], []))
    ],
    ["new", "T", "-f", f"{WORD}0.toml"],
]
USAGE = [
    [WORD],
    [f"--{WORD}"],
    ["--debug", "show", WORD],
    ["--help"],
    *[[c, "--help"] for c in cli.list_command_names()],
    *[[c, f"--{WORD}"] for c in cli.list_command_names()],
    *[[c, "-f", WORD] for c in cli.list_command_names()],
    *[["list", o, WORD] for o in ("-n", "--status", "--sort", "--color", "-f")],
    ["add", "x", "--lock-timeout", WORD],
]
BROKEN = [
    f"title = {toml.write_value(ALL)}\n",
    f'title = "t"\nlanguage = {toml.write_value(WORD)}\n',
    f'title = "t"\ntimezone = {toml.write_value(WORD)}\n',
    f'title = "t"\n{toml.write_value(WORD)} = 1\n',
    'title = "t"\n\x1b[31m\x9b = 1\n',
    f'title = "t"\nformat = 9\nkicker = {toml.write_value(TEXT)}\n',
    *[
        f'title = "t"\n\n[[entries]]\nid = "abcde"\ntime = 2024-11-12T00:00:00Z\n{line}\n'
        for line in (
            f"headline = {toml.write_value(ALL)}",
            f'headline = "h"\n{toml.write_value(WORD)} = 1',
            f'headline = "h"\nstatus = {toml.write_value(WORD)}',
            f'headline = "h"\nsources = [{{ name = "n", kind = {toml.write_value(WORD)} }}]',
            f'headline = "h"\ntags = {toml.write_value(WORD)}',
            f'headline = "h"\nid = {toml.write_value(WORD)}',
            f'headline = "h"\n\n[[{toml.write_value(WORD)}]]',
            f'headline = "{WORD}',
        )
    ],
]


def hostile_blog() -> str:
    """A blog file that can be read, with a text that steers in every field."""
    change = Change(
        at=TIME,
        by=TEXT,
        action=TEXT,
        kind="correction",
        note=TEXT,
        batch=TEXT,
        was={"body": TEXT, TEXT: 1},
    )
    entry = Entry(
        id="abcde",
        time=TIME,
        headline=TEXT,
        body=f"{TEXT}\n\n**{TEXT}**",
        authors=(TEXT,),
        tags=(TEXT,),
        label=TEXT,
        key=True,
        sources=(Source(name=TEXT, url=f"https://a.example/{TEXT}", verified=False),),
        notes=("box", TEXT),
        ref=TEXT,
        added=Added(at=TIME, by=TEXT, batch=TEXT),
        media=(Media(file=f"{TEXT}.png", alt=TEXT), Media(url=TEXT, caption=TEXT, credit=TEXT)),
        history=(change,),
    )
    bare = Entry(id="fghij", time=TIME, body=TEXT, status="draft")
    blog = Blog(
        title=TEXT,
        kicker=TEXT,
        summary=TEXT,
        url=f"https://a.example/{TEXT}",
        authors=(TEXT,),
        closing=TEXT,
        previous=TEXT,
        checks_off=(TEXT,),
        publisher=Publisher(name=TEXT, url=TEXT),
        hooks=(Hook(run=f"false '{TEXT}'"),),
        notes=(Note(id="box", title=TEXT, text=TEXT),),
        history=(change,),
    )
    return "\n".join([codec.dump_head(blog), codec.dump_entry(entry), codec.dump_entry(bare)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose own name steers, with the blog in it, hooks that fail, and a stream of bad lines."""
    folder = tmp_path / WORD.replace("/", "")
    folder.mkdir()
    (folder / "liveblog.toml").write_text(hostile_blog(), encoding="utf-8")
    lines = [
        {"headline": TEXT},
        {TEXT: 1},
        {"headline": "h", "time": TEXT},
        {"headline": "h", "notes": [TEXT]},
    ]
    (folder / "lines").write_text(
        "\n".join(map(json.dumps, lines)) + f"\n{TEXT}\n", encoding="utf-8"
    )
    config = Path(os.environ["XDG_CONFIG_HOME"], "liveblog", "config.toml")
    config.parent.mkdir(parents=True)
    config.write_text(
        f"author = {toml.write_value(WORD)}\n\n[[hooks]]\nrun = {toml.write_value(f'false {IN_TEXTS}')}\n"
    )
    monkeypatch.delenv("LIVEBLOG_AUTHOR")
    monkeypatch.setenv("EDITOR", "false")
    return folder


def test_every_command_is_tried() -> None:
    assert {words[0] for words in [*READING, *CHANGING]} >= {*cli.list_command_names()} - {
        "add-entry"
    }


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
@pytest.mark.parametrize("lines", [READING, CHANGING, USAGE], ids=["reading", "changing", "usage"])
def test_no_command_steers(folder: Path, lines: list[list[str]], terminal: bool) -> None:
    assert steers(lines, folder, terminal) == []


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
def test_no_broken_file_steers(folder: Path, terminal: bool) -> None:
    for number, text in enumerate(BROKEN):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8", newline="")
    words = (
        ["list"],
        ["check"],
        ["add", "x"],
        ["export", "json", "-o", "-"],
        ["edit", "abcde", "--key"],
    )
    lines = [[*w, "-f", f"{n}.toml"] for n in range(len(BROKEN)) for w in words]
    assert steers(lines, folder, terminal) == []


@pytest.mark.parametrize(
    "left", [{"host": ALL, "pid": ALL}, {"host": ALL}, {"host": [ALL]}, {"pid": 1}]
)
def test_no_lock_that_somebody_left_steers(folder: Path, left: dict[str, object]) -> None:
    file = folder / "liveblog.toml"
    with lock.hold(file, 1):
        lock_file.path_of(file).write_text(json.dumps(left))
        (shown,) = run([["pin", "abcde", "--lock-timeout", "0"]], folder, terminal=False)
    assert "locked by" in shown
    assert steering_signs(shown) == ""


def test_no_configuration_steers(folder: Path) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"], "liveblog", "config.toml")
    for text in (
        f"{toml.write_value(WORD)} = 1\n",
        f"author = [{toml.write_value(WORD)}]\n",
        f"author = '{WORD}'\n",
    ):
        config.write_text(text, newline="")
        assert steers([["pin", "abcde"], ["edit", "abcde"]], folder, terminal=False) == []


def test_a_headline_of_several_lines_is_answered_on_one(folder: Path) -> None:
    """A line of its own could be taken for the answer to another change."""
    text = 'title = "t"\n\n[[entries]]\nid = "abcde"\ntime = 2024-11-12T00:00:00Z\n'
    (folder / "two.toml").write_text(text + 'headline = "a\\nzzzzz  2024-11-12 added: x"\n')
    (shown,) = run([["pin", "abcde", "-f", "two.toml"]], folder, terminal=False)
    assert [line[:5] for line in shown.splitlines() if "zzzzz" in line] == ["abcde"]


def test_no_export_holds_a_control_character(folder: Path) -> None:
    lines = [["export", name, "-o", "-"] for name in FORMATS]
    for shown in run(lines, folder, terminal=False):
        assert "Rate" in shown
        assert not set(shown) & set("\x1b\x7f\x80\x85\x90\x9b\x9c\x9d")


def steers(lines: list[list[str]], folder: Path, terminal: bool) -> list[tuple[list[str], str]]:
    """The command lines whose answers hold what steers, with those signs."""
    shown = run(lines, folder, terminal)
    assert len(shown) == len(lines)
    assert any("Rate" in text or "Error" in text for text in shown)
    found = [
        (words, steering_signs(text, colours=terminal or "always" in words))
        for words, text in zip(lines, shown, strict=True)
    ]
    bidi_may_stay = {s for s in IN_TEXTS if s >= "\u2000"}  # documents for files, not for terminals
    return [
        (words, signs)
        for words, signs in found
        if (set(signs) - bidi_may_stay if words[0] == "export" else signs)
    ]


# --- how it is shown


@given(st.text())
def test_what_a_stream_gets_has_only_line_ends_and_tabs_of_all_controls(text: str) -> None:
    assert steering_signs(controls.make_harmless(text)) == "".join(
        dict.fromkeys(c for c in text if "\ud800" <= c <= "\udfff")
    )


@given(
    st.recursive(st.text() | st.integers(), lambda v: st.lists(v) | st.dictionaries(st.text(), v))
)
def test_json_means_the_same_and_steers_nothing(document: object) -> None:
    text = controls.make_json_harmless(json.dumps(document, ensure_ascii=False))
    assert json.loads(text) == document
    assert steering_signs(text) == ""
