"""DEL and C1 controls (U+007F to U+009F) steer terminals: nothing brings them in, nothing hands them on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from feeds import awkward_blog
from reporter import Reporter

from liveblog_cli.api import open_blog
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import cleaning, validity
from liveblog_cli.model.values import Media, Source

PICTURE = (Path(__file__).parents[2] / "examples" / "ukraine" / "map.png").read_bytes()
SIGNS = ["\x7f", "\x80", "\x85", "\x9b", "\x9d", "\x9f"]
"""DEL, NEL (which Python takes for a line end), CSI, OSC and the edges of C1."""

ENTRY_OPTIONS = [
    ["--headline", "a{}b"],
    ["--body", "a{}b"],
    ["--author", "a{}b"],
    ["--tag", "a{}b"],
    ["--label", "a{}b"],
    ["--ref", "a{}b"],
    ["--by", "a{}b"],
    ["--source", "a{}b"],
    ["--source", "a <https://a.example/{}b>"],
    ["--source", "a <https://a{}.example/>"],
    ["--image", "https://a.example/{}b.png"],
    ["--image", "a{}b.png"],
    ["--image", "https://a.example/b.png", "--alt", "a{}b"],
    ["--image", "https://a.example/b.png", "--caption", "a{}b"],
    ["--image", "https://a.example/b.png", "--credit", "a{}b"],
    ["--note", "a{}b"],
    ["--at", "1{}0:00"],
]
HEAD_OPTIONS = [
    ["--summary", "a{}b"],
    ["--kicker", "a{}b"],
    ["--language", "d{}e"],
    ["--timezone", "Europe/{}Berlin"],
    ["--url", "https://a.example/{}b"],
    ["--author", "a{}b"],
    ["--publisher", "a{}b"],
    ["--publisher", "a", "--logo", "https://a.example/{}b.png"],
    ["--publisher", "a", "--account", "@a{}b"],
]
LINES = [
    *[["add", "h", *o] for o in ENTRY_OPTIONS],
    ["add", "a{}b"],
    *[["edit", "last", *o] for o in ENTRY_OPTIONS],
    ["edit", "last", "--body", "x", "--correction", "a{}b"],
    ["edit", "last", "--body", "x", "--clarification", "a{}b"],
    ["edit", "last", "--body", "x", "--update", "a{}b"],
    *[["set", *o] for o in HEAD_OPTIONS],
    ["set", "--title", "a{}b"],
    ["close", "a{}b"],
    ["note", "add", "box", "a{}b"],
    ["note", "add", "box", "--text", "a{}b"],
    ["note", "add", "box", "x", "--title", "a{}b"],
    ["note", "add", "b{}x", "x"],
    ["pin", "last", "--by", "a{}b"],
    ["rollover", "next.toml", "--title", "a{}b"],
    ["rollover", "next.toml", "--text", "a{}b"],
    ["rollover", "next.toml", "--url", "https://a.example/{}b"],
]


def holds(text: str) -> bool:
    """Whether a text of a file holds a control character, as it is or written as an escape."""
    return any(sign in text or f"\\u{ord(sign):04x}" in text.lower() for sign in SIGNS)


# --- what comes in


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_no_word_of_a_command_line_brings_one_in(reporter: Reporter, words: list[str]) -> None:
    """It is refused, and the file is as it was."""
    (reporter.folder / "a\x9bb.png").write_bytes(PICTURE)
    reporter.done("add", "Fähren fahren")
    before = reporter.file.read_bytes()
    for sign in SIGNS:
        result = reporter.run(*[word.format(sign) for word in words])
        assert result.status in (1, 2, 3), result
        assert not holds(result.out + result.err)
        assert reporter.file.read_bytes() == before
    assert not (reporter.folder / "next.toml").exists()


@pytest.mark.parametrize("options", [[], *HEAD_OPTIONS, ["--schema", "https://a.example/{}b"]])
def test_a_new_blog_has_none(newcomer: Reporter, options: list[str]) -> None:
    for sign in SIGNS:
        title = "T" if options else f"a{sign}b"
        result = newcomer.run("new", title, *[word.format(sign) for word in options])
        assert result.status in (1, 2), result
        assert list(newcomer.folder.iterdir()) == []


@pytest.mark.parametrize("text", ["a{}b", "h\n\na{}b", "h\n\nx\n{}y\n"])
def test_stdin_brings_none_in(reporter: Reporter, text: str) -> None:
    before = reporter.file.read_bytes()
    for sign in SIGNS:
        assert f"U+{ord(sign):04X}" in reporter.refused("add", "-", stdin=text.format(sign)).err
    assert reporter.file.read_bytes() == before


DRAFTS = [
    "Headline: a{}b\n\nx\n",
    "Headline: a{}\n\nx\n",
    "Headline: a\nTags: b{}c; d\n\nx\n",
    "Headline: a\nTags: b; {}c\n\nx\n",
    "Headline: a\nSources: b{} <https://a.example/>\n\nx\n",
    "Headline: a\n\nx{}y\n",
]


@pytest.mark.parametrize("text", DRAFTS)
def test_no_draft_brings_one_in_and_the_draft_is_kept(reporter: Reporter, text: str) -> None:
    """NEL ends no line of a form: what stood behind it would be a field of its own, or gone."""
    before = reporter.file.read_bytes()
    draft = reporter.folder / "draft.md"
    for sign in [*SIGNS, "\x0b", "\x1c"]:  # the last two are blanks for Python as well
        draft.write_text(text.format(sign), encoding="utf-8")
        result = reporter.run("add", "--draft-file", "draft.md")
        assert (result.status, f"U+{ord(sign):04X}" in result.err) == (1, True)
        assert draft.read_text(encoding="utf-8") == text.format(sign)
    assert reporter.file.read_bytes() == before


FIELDS = [
    {"headline": "a{}b"},
    {"body": "a{}b"},
    {"authors": ["a{}b"]},
    {"tags": ["a{}b"]},
    {"label": "a{}b"},
    {"ref": "a{}b"},
    {"notes": ["a{}b"]},
    {"sources": [{"name": "a{}b"}]},
    {"sources": [{"name": "a", "url": "https://a.example/{}b"}]},
    {"media": [{"url": "https://a.example/{}b"}]},
    {"media": [{"file": "a{}b.png"}]},
    {"media": [{"url": "https://a.example/b", "alt": "a{}b"}]},
    {"media": [{"url": "https://a.example/b", "caption": "a{}b"}]},
    {"media": [{"url": "https://a.example/b", "credit": "a{}b"}]},
    {"a{}b": "x"},
]


@pytest.mark.parametrize("fields", FIELDS, ids=str)
def test_no_line_of_a_stream_brings_one_in(reporter: Reporter, fields: dict[str, object]) -> None:
    """The line is answered with what is wrong; the lines beside it are taken."""
    lines = []
    for sign in SIGNS:
        text = json.dumps({"headline": "h", **fields}).replace("{}", sign)
        lines += [text, json.dumps(json.loads(text)), json.dumps({"headline": "good"})]
    (reporter.folder / "lines").write_text("\n".join(lines))
    result = reporter.run("add", "--jsonl", "lines")
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert ["error" in a for a in answers] == [True, True, False] * len(SIGNS)
    assert not holds(reporter.file.read_text())
    assert not any(sign in result.out + result.err for sign in SIGNS)


def test_python_brings_none_in(reporter: Reporter) -> None:
    reporter.done("add", "Fähren fahren")
    before = reporter.file.read_bytes()
    blog = open_blog(reporter.file)
    for sign in SIGNS:
        text = f"a{sign}b"
        for change in (
            lambda text=text: blog.add(text),
            lambda text=text: blog.add("h", text),
            lambda text=text: blog.add("h", tags=[text]),
            lambda text=text: blog.add("h", sources=[Source(name=text)]),
            lambda text=text: blog.add("h", media=[Media(url=f"https://a.example/{text}")]),
            lambda text=text: blog.add("h", ref=text),
            lambda text=text: blog.edit("last", headline=text),
            lambda text=text: blog.edit("last", headline="x", correction=text),
            lambda text=text: blog.set(kicker=text),
            lambda text=text: blog.set(authors=[text]),
        ):
            with pytest.raises(LiveblogError):
                change()
    assert reporter.file.read_bytes() == before


@pytest.mark.parametrize("name", ["LIVEBLOG_AUTHOR", "LOGNAME"])
def test_the_machine_s_name_of_the_writer_is_made_printable(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nobody can mend it in a hurry, so it stops nothing."""
    monkeypatch.delenv("LIVEBLOG_AUTHOR", raising=False)
    monkeypatch.setenv(name, "a\x9bb\x7fc")
    reporter.done("add", "h")
    assert not holds(reporter.file.read_text())


def test_the_refusal_says_what_the_sender_meant() -> None:
    """Byte 0x96 is a dash in Windows-1252: who reads that as Latin-1 gets a control character."""
    with pytest.raises(LiveblogError, match=r"U\+0096") as refused:
        cleaning.clean("10\x9612 Uhr", "headline")
    assert "Windows-1252, where this is –" in refused.value.hint


@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_refused_is_all_of_del_and_c1(sign: str) -> None:
    assert validity.find_illegal(f"a{sign}")
    assert validity.blank_steering(awkward_blog()) == awkward_blog()


# --- a file that has them already


@pytest.fixture
def old_file(reporter: Reporter) -> Reporter:
    """A blog with a wire's dash of Windows-1252 that was read as Latin-1, by a program that took it."""
    text = 'time = 2024-11-12T10:00:00+01:00\nheadline = "10\x9612 Uhr\x85"\nbody = "x\\u007fy"\n'
    with reporter.file.open("a", encoding="utf-8") as file:
        file.write(f'\n[[entries]]\nid = "abcde"\n{text}')
    return reporter


def test_it_is_read_changed_and_exported_and_check_names_them(old_file: Reporter) -> None:
    """An invisible character stops nobody at night."""
    old_file.done("edit", "abcde", "--label", "Analyse")
    old_file.done("pin", "abcde")
    old_file.done("add", "--ref", "dpa:1", "h")
    found = json.loads(old_file.run("check", "--json").out)
    said = [f"{f['entry']}: {f['message']}" for f in found if f["code"] == "control-character"]
    assert said == [
        "abcde: headline holds the control character U+0096",
        "abcde: body holds the control character U+007F",
    ]
    item = json.loads(old_file.done("export", "json", "-o", "-").out)["items"][-1]
    assert item["_liveblog"]["headline"] == "10 12 Uhr "
    assert (
        "\x9612 Uhr\x85" in old_file.file.read_text()
    )  # nothing that was not asked for is changed


def test_its_json_on_stdout_escapes_them_and_means_the_same(old_file: Reporter) -> None:
    out = old_file.done("list", "--json").out
    assert "\\u0096" in out
    assert not any(sign in out for sign in SIGNS)
    assert json.loads(out)[0]["headline"] == "10\x9612 Uhr\x85"


def test_a_text_that_has_one_takes_a_new_text_in_its_place(old_file: Reporter) -> None:
    old_file.done("edit", "abcde", "--headline", "10 bis 12 Uhr", "--body", "y")
    assert "control-character" not in old_file.run("check").out


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_what_python_takes_for_a_line_end_moves_no_line_number(
    reporter: Reporter, sign: str
) -> None:
    reporter.file.write_text(f'title = "a{sign}b{sign}c"\nlanguage = "?"\n', encoding="utf-8")
    assert "liveblog.toml:2:" in reporter.run("list").err
