"""The Markdown export goes unchanged into site generators and shows the same text (`make sites`)."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
from feeds import awkward, rendered
from markdown_it import MarkdownIt
from sites import GENERATORS, installed, plain, text_of


@pytest.mark.sites
@pytest.mark.parametrize("name", list(GENERATORS))
def test_the_generator_shows_the_same_text(name: str, tmp_path: Path) -> None:
    """Title, headings, braces, code, tables, lists: every word of the awkward blog, in order."""
    if not installed(name):
        pytest.skip(f"{name} is not installed")
    markdown = rendered("md", awkward())
    page = GENERATORS[name](tmp_path, markdown)
    assert shown(page, "h1") == plain(awkward().title)
    body = markdown.split("---\n", 2)[2]
    expected = MarkdownIt("commonmark").enable("table").render(body)
    assert shown(page, "main") == plain(text_of(expected))


def shown(page: str, tag: str) -> str:
    """The text of an element, as `plain` gives it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return plain("".join(tree.find(f".//{tag}").itertext()))
