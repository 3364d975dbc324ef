"""docs/file-format.md says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.storage import codec, scanner

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text()
FIRST, HISTORY = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_a_blog() -> None:
    loaded = codec.load(scanner.scan(FIRST + HISTORY))
    assert loaded.problems == []
    assert loaded.blog.entries[0].history[0].was == {"headline": "Fire in full warehouse"}


@pytest.mark.parametrize(("kind", "part"), [(Blog, "## The head"), (Entry, "## Entries")])
def test_every_field_is_in_its_table(kind: type, part: str) -> None:
    table = PAGE[PAGE.index(part) :].split("\n## ", 1)[0]
    named = [
        n
        for row in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
        for n in re.findall(r"`(\w+)`", row)
    ]
    assert sorted(named) == sorted(n for n in kind.__struct_fields__ if n != "entries")


def test_the_program_writes_what_the_example_shows() -> None:
    block = FIRST[FIRST.index("[[entries]]") :]
    entry, _ = codec.parse_entry(block)
    assert codec.dump_entry(entry) == block
