"""What shells get to complete: never more than text, whoever wrote it. Tried in the shells themselves."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import processes
import pytest
import shells as terminal
import typer
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reporter import Reporter
from shelltexts import CODE, blog_with, install_hostile_formats

from liveblog_cli.options import shells
from liveblog_cli.storage import lock, toml

EXAMPLES = 3
"""Blogs of some 75 texts each that every shell is tried with; `torture.tabs` tries more."""

TEXTS = st.lists(st.sampled_from(CODE) | st.characters(exclude_categories=["Cs"]), min_size=1).map(
    "".join
)


# --- what may pass


@given(TEXTS)
def test_a_text_for_people_holds_letters_digits_and_harmless_signs_alone(text: str) -> None:
    """No ASCII sign that a shell, a completion system or Rich's markup knows; nothing unseen."""
    for character in shells.replace_signs(text):
        if character.isascii():
            assert character.isalnum() or character in "_-./@+, "
        assert unicodedata.category(character)[0] in "LNMPSZ"
        assert unicodedata.category(character) not in ("Zl", "Zp")


@given(TEXTS)
def test_a_word_for_the_command_line_holds_no_blank_and_no_sign_of_a_shell(text: str) -> None:
    if shells.is_word(text):
        assert {c for c in text if c.isascii() and not c.isalnum()} <= set("_-./@+,")
        assert all(unicodedata.category(c)[0] in "LNM" for c in text if not c.isascii())


@pytest.mark.parametrize("word", ["k7m2q", "feed.json", "Fähre", "новини", "a_b-c/d,e+f@g", "नमस्ते"])
def test_ids_names_and_words_of_every_script_are_offered(word: str) -> None:
    assert shells.is_word(word)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "ascii", "iso-8859-1", "big5", "shift_jis", "gb18030"]
)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_no_command_ever_hands_over_more_than_text(encoding: str, texts: list[str]) -> None:
    """Also one that comes later, or a plugin's format: words that aren't plain words are not offered."""
    command = _command_that_offers(lambda: [(t, t) for t in [*texts, "plain"]])
    for shell in shells.FORMATS:
        shown = _answered(command, shell, encoding)
        frame = {"zsh": "_arguments '*: :((", "powershell": "", "pwsh": "", "fish": "", "bash": ""}
        text = shown.removeprefix(frame[shell].encode()).removesuffix(b"))'\n")
        assert b"plain" in text
        assert not re.search(rb"[\\$`';&|()<>*?{}\[\]~=!#%^\x00-\x08\x0b-\x1f\x7f]", text)
        said = {"zsh": '"":\n', "fish": "\t\n", "bash": "\n", "powershell": ":\n", "pwsh": ":\n"}
        signs = set(re.findall(r"[^\w \-./@+,“”‘’„«»–—…·！-～]", text.decode(encoding, "replace")))
        assert {s for s in signs if s.isascii()} <= set(said[shell])


def test_a_word_that_begins_with_a_dash_is_offered_only_to_who_typed_one() -> None:
    """An option that somebody else wrote must not get onto the command line by Tab."""
    command = _command_that_offers(lambda: [("-rf", ""), ("--force", ""), ("plain", "")])
    assert _answered(command, "bash", "utf-8") == b"plain\n"


def test_what_takes_too_long_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shells, "PATIENCE", 0.05)

    def offers() -> list[tuple[str, str]]:
        time.sleep(60)
        return [("late", "")]

    assert _answered(_command_that_offers(offers), "bash", "utf-8") == b""


def _command_that_offers(offers: Callable[[], list[tuple[str, str]]]) -> object:
    def complete(incomplete: str) -> list[tuple[str, str]]:
        return offers()

    def command(word: str = typer.Argument(autocompletion=complete)) -> None: ...

    app = typer.Typer(add_completion=False)
    app.command()(command)
    return typer.main.get_command(app)


def _answered(command: object, shell: str, encoding: str) -> bytes:
    """What a shell gets on stdout where its language is written in that encoding."""
    asked = {"COMP_WORDS": "liveblog ", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "liveblog "}
    read, written = os.pipe()
    with pytest.MonkeyPatch.context() as patched, os.fdopen(written, "w", encoding=encoding) as out:
        for name, value in (asked | {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}).items():
            patched.setenv(name, value)
        patched.setattr(sys, "stdout", out)
        shells.answer(command, f"complete_{shell}")
    with os.fdopen(read, "rb") as answered:
        return answered.read()


# --- the blog file


def ask(folder: Path, *words: str) -> tuple[int, bytes, bytes]:
    """Status, stdout and stderr of what bash asks for when Tab is pressed behind these words."""
    line = " ".join(["liveblog", *words, ""])
    env = {
        "_LIVEBLOG_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": f"{len(words) + 1}",
    }
    done = processes.run(cwd=folder, env=os.environ | env)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"title = ",
        b'title = "t"\n\n[[entries]]\nid = "a',
        b'title = "t"\n\n[[entries]]\nid = "$(touch OWNED)"\ntime = 2024-11-12T00:00:00Z\nheadline = "h"\n',
        'title = "t"\n\n[[entries]]\nid = "abcde"\n'.encode("utf-16"),
        b"\xff\xfe\x00" * 100,
        b"\x00" * 4096,
    ],
)
def test_a_file_that_cannot_be_read_offers_nothing_and_is_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "liveblog.toml"
    file.write_bytes(content)
    _, out, err = ask(tmp_path, "pin")
    assert (out, err) == (b"", b"")
    assert [p.name for p in tmp_path.iterdir()] == ["liveblog.toml"]
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "words", [["pin"], ["pin", "-f", "gone.toml"], ["nosuch", "x"], ["pin", "-f"]]
)
def test_where_there_is_no_file_or_command_nothing_is_said(
    tmp_path: Path, words: list[str]
) -> None:
    _, out, err = ask(tmp_path, *words)
    assert (out, err) == (b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A FIFO would wait for a writer for ever."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    for name in ("fifo", "folder", "/dev/zero"):
        assert ask(tmp_path, "pin", "-f", name)[1:] == (b"", b"")


def test_completion_waits_for_no_writer_and_mends_nothing(reporter: Reporter) -> None:
    name = reporter.done("add", "Fähren fahren").id
    file = reporter.folder / "liveblog.toml"
    torn = file.read_bytes() + b'\n[[entries]]\nid = "half"\ntime = 2024-'
    file.write_bytes(torn)
    before = {p.name: p.stat().st_mtime_ns for p in reporter.folder.iterdir()}
    with lock.hold(file, 1):
        assert ask(reporter.folder, "pin")[1:] == (f"{name}\n".encode(), b"")
    after = {p.name: p.stat().st_mtime_ns for p in reporter.folder.iterdir()}
    assert (file.read_bytes(), set(after)) == (torn, set(before))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_be_named(newcomer: Reporter, shell: str) -> None:
    """Whoever sets up a machine does so from a script, which runs in a shell of its own."""
    done = newcomer.run("--show-completion", shell)
    assert (done.status, f"_LIVEBLOG_COMPLETE=complete_{shell}" in done.out) == (0, True)


def test_an_unknown_shell_is_refused_by_name(newcomer: Reporter) -> None:
    done = newcomer.run("--show-completion", "tcsh")
    assert (done.status, "'tcsh'" in done.err) == (2, True)


# --- the shells themselves


@pytest.fixture(params=terminal.SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    """The name of a shell; the test is left out where it is not installed."""
    if reason := terminal.missing(request.param):
        pytest.skip(reason)
    return request.param


def test_a_headline_is_shown_by_zsh_and_fish_at_the_first_tab(
    shell: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    headlines = {"k7m2q": "Fähren fahren", "x2y3z": "Zinsen: \\$(touch OWNED) steigen"}
    entries = [
        f'[[entries]]\nid = "{name}"\ntime = 2024-11-12T00:00:00Z\nheadline = {toml.write_value(text)}\n'
        for name, text in headlines.items()
    ]
    (tmp_path / "liveblog.toml").write_text(
        "\n".join(['title = "t"\n', *entries]), encoding="utf-8"
    )
    with terminal.session(shell, tmp_path, tmp_path_factory.mktemp("home")) as tab:
        shown = tab("liveblog pin ").shown
        assert tab("liveblog pin k7m").line == "liveblog pin k7m2q "
    assert "k7m2q" in shown
    assert "x2y3z" in shown
    if shell != "bash":  # it has no place for them
        assert "Fähren fahren" in shown
        assert "steigen" in shown
    assert not (tmp_path / "OWNED").exists()


def test_no_text_in_a_blog_runs_or_gets_onto_the_command_line(
    shell: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Hundreds of texts in headlines, bodies, ids, tags, authors and refs, and names of formats."""
    home = tmp_path_factory.mktemp("home")
    plugins = install_hostile_formats(tmp_path_factory.mktemp("plugins"))
    with terminal.session(shell, tmp_path, home, PYTHONPATH=str(plugins)) as tab:

        @settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate])
        @given(st.lists(TEXTS, min_size=60, max_size=90))
        def try_all(texts: list[str]) -> None:
            (tmp_path / "liveblog.toml").write_text(blog_with(texts), encoding="utf-8")
            line = tab("liveblog pin ", 3).line
            assert re.fullmatch(r"liveblog pin ([A-Za-z][\w-]*)? ?", line)
            assert sorted(p.name for p in tmp_path.iterdir()) == ["liveblog.toml"]

        try_all()
        assert re.fullmatch(r"liveblog export [a-z]* ?", tab("liveblog export ", 3).line)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["liveblog.toml"]


def test_neither_help_nor_words_typed_before_run(
    shell: str, reporter: Reporter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Help texts hold backticks; other programs' scripts evaluated the whole line again."""
    reporter.done("add", "Fähren fahren")
    before = sorted(p.name for p in reporter.folder.iterdir())
    with terminal.session(shell, reporter.folder, tmp_path_factory.mktemp("home")) as tab:
        for typed in (
            "liveblog --",
            "liveblog show --",
            "liveblog show -f '$(touch OWNED)' ",
            "liveblog pin -f '`touch OWNED`.toml' ",
            "liveblog add '; touch OWNED; ' --tag ",
        ):
            assert tab(typed, 2).line.startswith(typed.rstrip("- "))
            assert sorted(p.name for p in reporter.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("shell", "option"),
    [
        ("zsh", "setopt globsubst shwordsplit extendedglob nullglob"),
        ("zsh", "setopt nobadpattern nonomatch braceexpand"),
        ("bash", "shopt -s failglob nullglob extglob"),
        ("bash", "set -u -f"),
    ],
    indirect=["shell"],
)
def test_no_option_of_a_shell_makes_files_or_texts_run(
    shell: str, option: str, reporter: Reporter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nor does a shell that would expand more than it does by itself, in a folder of others' files."""
    reporter.done("add", "Fähren $(touch OWNED) fahren *")
    for name in ("'; touch OWNED; :", "'$(touch OWNED):", '";touch OWNED;"'):
        (reporter.folder / name).touch()
    before = sorted(p.name for p in reporter.folder.iterdir())
    home = tmp_path_factory.mktemp("home")
    with terminal.session(shell, reporter.folder, home, settings=option) as tab:
        assert re.fullmatch(r"liveblog pin ([a-z0-9]+)? ?", tab("liveblog pin ", 2).line)
    assert sorted(p.name for p in reporter.folder.iterdir()) == before


@pytest.mark.parametrize(
    "words", [["theme", "init"], ["export", "html", "--theme"], ["note", "add"]]
)
def test_a_command_that_is_said_can_be_pasted(newcomer: Reporter, words: list[str]) -> None:
    """A name that a command line was given comes back as one word, whatever stands in it."""
    newcomer.done("new", "T")
    name = "a $(touch OWNED); b"
    said = newcomer.run(*words, name)
    line = next(line for line in (said.out + said.err).splitlines() if "liveblog " in line)
    assert name in shlex.split(line.partition("liveblog ")[2])


def test_a_folder_that_is_named_like_an_option_can_be_pasted_too(newcomer: Reporter) -> None:
    newcomer.done("new", "T")
    missing = newcomer.refused("export", "html", "--theme=-f")
    offered = shlex.split(missing.err.partition("make one with: liveblog ")[2])
    made = newcomer.done(*offered)
    newcomer.done(*shlex.split((made.out + made.err).partition("try it with: liveblog ")[2]))
