"""Values to files and back."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest
from fileshapes import BLOGS, ENTRIES, TEXT
from hypothesis import given
from hypothesis import strategies as st

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.storage import codec, scanner, toml

HEAD = 'title = "t"\n\n'


def _entry(number: int, more: str = "") -> str:
    return f'[[entries]]\nid = "e{number}"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\n{more}\n'


def _load(text: str) -> codec.Loaded:
    return codec.load(scanner.scan(text))


@given(ENTRIES)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    text = codec.dump_entry(entry)
    assert codec.parse_entry(text) == (entry, [])
    assert tomllib.loads(text)["entries"][0]["id"] == entry.id


@given(BLOGS)
def test_a_head_comes_back_as_it_was(blog: Blog) -> None:
    assert codec.parse_head(codec.dump_head(blog)) == (blog, [])


@given(BLOGS, st.lists(ENTRIES, max_size=2, unique_by=lambda e: e.id))
def test_a_blog_comes_back_at_once_and_piece_by_piece(blog: Blog, entries: list[Entry]) -> None:
    text = codec.dump_head(blog) + "".join("\n" + codec.dump_entry(e) for e in entries)
    layout = scanner.scan(text)
    loaded = codec.load(layout)
    assert (loaded.blog.entries, loaded.problems) == (tuple(entries), [])
    assert codec._load_piecewise(layout) == loaded


@given(TEXT)
def test_text_cannot_forge_an_entry(text: str) -> None:
    """Also when only the newest entries are read: no line of the text looks like a header."""
    block = codec.dump_entry(
        Entry(id="a", time=datetime(2024, 1, 1, tzinfo=UTC), headline="h", body=text)
    )
    assert codec.parse_entry(block)[0].body == text
    assert scanner.find_last_header("\n" + block) == 1


@given(st.text())
def test_every_string_comes_back(text: str) -> None:
    encodable = text.encode("utf-8", "ignore").decode()
    assert tomllib.loads(f"v = {toml.write_string(encodable)}")["v"] == encodable


def test_each_broken_block_is_named_and_hides_no_other() -> None:
    broken = [
        "bad toml",
        'headline = "twice"',
        'body = "unclosed',
        'body = """\nunclosed',
        'tags = ["unclosed",',
        "time = 1",
        "width = 999999999999999999999999999",
        "key = " + "9" * 5000,
        "tags = " + "[" * 3000,
        'body = "\\u0000"',
        "status = 'drft'",
        "[[entries.media]]\nfile = 3",
        "\x00",
    ]
    for fault in broken:
        text = HEAD + _entry(1) + _entry(2, fault) + _entry(3) + _entry(4, 'body = """\nx\n"""\n')
        loaded = _load(text)
        assert [e.id for e in loaded.blog.entries] == ["e1", "e3", "e4"], fault
        assert len(loaded.problems) == 1, fault
        assert 8 <= loaded.problems[0].line <= 14, (fault, loaded.problems)


def test_all_problems_of_a_file_are_found_at_once() -> None:
    text = (
        HEAD
        + _entry(1, 'heading = "x"\ntags = "a"\nkey = 1')
        + _entry(2, 'sources = [{ nam = "x" }]')
        + _entry(3)
        + _entry(3)
        + '[[entries]]\nid = "e5"\n'
    )
    found = [p.at("f") for p in _load(text).problems]
    assert found == [
        "f:7: unknown key 'heading': did you mean 'headline'?",
        "f:8: tags: a list in [ ] was expected, not text in quotes",
        "f:9: key: true or false was expected, not a whole number",
        "f:14: sources: unknown key 'nam' ([0]): did you mean 'name'?",
        "f:15: id 'e3' is used 2 times",
        "f:20: id 'e3' is used 2 times",
        "f:25: time is missing",
    ]


def test_toml_errors_have_line_and_column() -> None:
    loaded = _load(HEAD + _entry(1) + _entry(2, "tags = [1,, 2]"))
    assert (loaded.problems[0].line, loaded.problems[0].column) == (12, 11)


def test_problems_of_the_head_and_of_entries_come_together() -> None:
    text = 'titel = "t"\nlanguage = 3\n' + _entry(1, "key = 1") + '[publisher]\nnam = "x"\n'
    with pytest.raises(InvalidFile) as caught:
        _load(text)
    assert caught.value.problems == [
        ":1: title is missing",
        ":1: unknown key 'titel': did you mean 'title'?",
        ":2: language: text in quotes was expected, not a whole number",
        ":7: key: true or false was expected, not a whole number",
        ":8: publisher: unknown key 'nam': did you mean 'name'?",
    ]


def test_a_second_entry_in_one_block_is_not_dropped_in_silence() -> None:
    text = HEAD + _entry(1) + '[["entri\\u0065s"]]\nid = "hidden"\n'
    assert "no [[entries]] header" in _load(text).problems[0].message


def test_a_line_that_only_looks_like_a_key_is_not_blamed() -> None:
    text = HEAD + _entry(1, 'body = """\nkey = 1\n"""\nkey = 2')
    assert [p.line for p in _load(text).problems] == [10]
