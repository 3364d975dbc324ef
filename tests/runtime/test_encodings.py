"""stdout and stderr of any encoding: nothing raises, people read text, programs read JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import processes
import pytest
from processes import LIVEBLOG
from reporter import Reporter
from terminal import on_terminal

HEADLINE = "Fähren „stehen“ – 5 € … 😀"

LOCALES = {
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii io": {"PYTHONIOENCODING": "ascii"},
    "latin-1": {"PYTHONIOENCODING": "latin-1:strict"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "utf-16": {"PYTHONIOENCODING": "utf-16"},
    "utf-8": {"PYTHONIOENCODING": "utf-8:strict"},
}
ENCODINGS = {"ascii io": "ascii"}


@pytest.fixture
def busy(reporter: Reporter) -> Reporter:
    reporter.done("set", "--title", "Sturm – „Ylenia“", "--summary", "• Ein\n• Zwei → 😀")
    reporter.done("note", "add", "box", "--title", "Größe", "--text", "- „a“\n- **b**")
    reporter.done(
        *("add", HEADLINE, "-b", "- eins\n- zwei …\n\n> Zitat “so”", "--tag", "Fähren"),
        *("--source", "Агентство <https://x.example/>", "--note", "box", "--key"),
    )
    reporter.done("edit", "last", "-b", "Neu: ☔\n\n- a\n- b", "--correction", "Größer – nicht.")
    return reporter


def _run(
    folder: Path, env: dict[str, str], *words: str | bytes, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a locale. Only for another one than ours has Python itself to start."""
    if "LC_ALL" in env:
        return _start(folder, env, *words, stdin=stdin)
    texts = [os.fsdecode(word) for word in words]
    return processes.run(*texts, cwd=folder, env=os.environ | env, input=stdin)


def _start(
    folder: Path, env: dict[str, str], *words: str | bytes, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*LIVEBLOG, *words],
        cwd=folder,
        env=os.environ | env,
        input=stdin,
        capture_output=True,
        check=False,
    )


ENDS = ["ascii", "utf-16"]
"""The two ends of the scale stand for those between where that is enough."""

READING = [
    *("list", "show", "show last", "history", "stats", "check", "sources"),
    *("note list", "handover", "diff", "-h", "add -h", "export md -o -"),
    *("check --format github",),
]


@pytest.mark.parametrize(
    ("name", "words"),
    [(n, w) for n in LOCALES for w in READING if n in ENDS or w in ("list", "show")],
)
def test_every_preview_can_be_read_in_every_encoding(busy: Reporter, name: str, words: str) -> None:
    run = _start if words == "list" else _run
    done = run(busy.folder, LOCALES[name], *words.split())
    assert (done.returncode, b"bug" in done.stderr) in [(0, False), (1, False)], done.stderr
    assert words.startswith("check") or done.returncode == 0, done.stderr
    if words == "list":
        text = done.stdout.decode(ENCODINGS.get(name, name))
        assert "hren " in text
        assert ("€" in text) == (name in ("utf-8", "utf-16", "cp1252"))
        assert ("\\u20ac" in text) == (name in ("ascii", "ascii io", "latin-1"))


@pytest.mark.parametrize("words", ["list", "show", "stats", "history", "note list", "sources"])
def test_on_an_ascii_terminal_there_are_lines_and_bullets_of_ascii(
    busy: Reporter, words: str
) -> None:
    command = [*LIVEBLOG, *words.split()]
    screen = on_terminal(folder=busy.folder, command=command, **LOCALES["ascii"])
    assert screen.status == 0, screen.raw
    assert screen.raw.isascii()
    assert "bug" not in screen.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((name, "list --json") for name in LOCALES),
        *((n, f) for n in ENDS for f in ("show --json", "check --json", "check --format sarif")),
    ],
)
def test_json_is_json_in_every_encoding_and_says_the_same(
    busy: Reporter, name: str, words: str
) -> None:
    done = _run(busy.folder, LOCALES[name], *words.split())
    text = done.stdout.decode(ENCODINGS.get(name, name))
    found = json.loads(text)
    assert text.isascii() or name == "utf-8"
    if words == "list --json":
        assert found[0]["headline"] == HEADLINE


@pytest.mark.parametrize("name", ["ascii", "latin-1"])
def test_a_stream_in_any_locale_takes_utf_8_and_answers_every_line(
    reporter: Reporter, name: str
) -> None:
    lines = f'{{"headline": "{HEADLINE}"}}\n{{"überschrift": "x"}}\n'.encode()
    done = _run(reporter.folder, LOCALES[name], "add", "--jsonl", "-", stdin=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stdout.isascii()
    assert [a["line"] for a in answers] == [1, 2]
    assert "überschrift" in answers[1]["error"]
    assert [e["headline"] for e in reporter.data()["entries"]] == [HEADLINE]


@pytest.mark.parametrize("name", LOCALES)
def test_an_export_to_stdout_is_the_same_bytes_in_every_locale(busy: Reporter, name: str) -> None:
    words = ("export", "json", "-o", "-")
    assert _run(busy.folder, LOCALES[name], *words).stdout == _run(busy.folder, {}, *words).stdout


@pytest.mark.parametrize("name", LOCALES)
def test_a_change_is_answered_in_every_locale(busy: Reporter, name: str) -> None:
    for words in (["pin", "last"], ["undo"], ["pin", "last", "--json"], ["undo", "--json"]):
        done = _run(busy.folder, LOCALES[name], *words)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


@pytest.mark.parametrize("name", ["cp864", "idna", "undefined"])
def test_an_encoding_that_can_t_show_every_sign_of_ascii_is_answered_in_ascii(
    reporter: Reporter, name: str
) -> None:
    headline = "Wahl: 5 % … " + "x" * 70
    env = {"PYTHONIOENCODING": name}
    done = _run(reporter.folder, env, "add", headline)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Wahl: 5 % ... xx" in done.stdout
    listed = _run(reporter.folder, env, "list", "--json")
    assert json.loads(listed.stdout)[0]["headline"] == headline


def test_a_headline_typed_where_python_knows_only_ascii_is_the_right_text(
    reporter: Reporter,
) -> None:
    done = _run(reporter.folder, LOCALES["ascii"], "add", "Ünï", "--author", "Zoë", "--tag", "ß")
    assert done.returncode == 0, done.stderr
    (entry,) = reporter.data()["entries"]
    assert (entry["headline"], entry["authors"], entry["tags"]) == ("Ünï", ["Zoë"], ["ß"])
    assert _run(reporter.folder, LOCALES["ascii"], "list", "--tag", "ß").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
class TestBytes:
    """Names of files that are not UTF-8, and arguments that are no text."""

    @pytest.mark.parametrize("env", [{}, LOCALES["ascii"]], ids=["utf-8", "ascii"])
    def test_words_that_are_no_text_are_refused_before_anything_is_written(
        self, reporter: Reporter, env: dict[str, str]
    ) -> None:
        before = reporter.files()
        for words in (
            ["add", b"caf\xe9"],
            ["add", "A", "--tag", b"\xe9"],
            ["set", "--title", b"\xe9"],
        ):
            done = _run(reporter.folder, env, *words)
            assert (done.returncode, b"bug" in done.stderr) == (1, False), done.stderr
            assert b"0xe9" in done.stderr
        for words in (["add", "A", "--by", b"\xe9"], [b"\xe9"], ["pin", b"\xe9"]):
            done = _run(reporter.folder, env, *words)
            assert done.returncode in (1, 2, 3)
            assert b"bug" not in done.stderr
        assert reporter.files() == before

    def test_a_login_name_that_is_no_text_stops_nobody(self, reporter: Reporter) -> None:
        env = {"LIVEBLOG_AUTHOR": os.fsdecode(b"Zo\xeb")}
        done = _run(reporter.folder, env, "add", "A")
        assert (done.returncode, done.stderr) == (0, b"")
        assert reporter.data()["entries"][0]["added"]["by"] == "Zo\\xeb"

    def test_a_blog_file_whose_name_is_no_text_can_be_worked_with(self, newcomer: Reporter) -> None:
        name = b"caf\xe9.toml"
        for words in (
            ["new", "Ort", "-f", name],
            ["new", "Ort", "-f", b"\xe9.toml", "--json"],
            ["add", "A", "-f", name],
            ["set", "--kicker", "K", "-f", name, "--json"],
            ["list", "-f", name],
            ["trust", "-f", name, "--json"],
            ["check", name],
            ["check", name, "--json"],
            ["check", name, "--format", "sarif"],
            ["export", "-f", name, "-o", b"\xe9", "--json"],
            ["export", "md", "-f", name, "-o", b"\xe9.md"],
            ["export", "-f", name, "-o", "-", "html"],
            ["theme", "init", b"theme\xe9"],
            ["rollover", b"next\xe9.toml", "-f", name, "--json"],
        ):
            done = _run(newcomer.folder, {}, *words)
            assert done.returncode == 0, (words, done.stderr)
            if b"--json" in words or "--json" in words or "sarif" in words:
                json.loads(done.stdout)
        missing = _run(newcomer.folder, {}, "list", "-f", b"no\xe9.toml")
        assert (missing.returncode, b"no\\xe9.toml" in missing.stderr) == (3, True)
