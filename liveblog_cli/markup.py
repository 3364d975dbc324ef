"""CommonMark to safe HTML and to plain text. Raw HTML in it is text, never markup."""

from __future__ import annotations

import html
import re
from functools import cache

from markdown_it import MarkdownIt

_BLOCK_END = re.compile(r"</(?:p|h[1-6]|pre|blockquote|ul|ol|table)>\n?|<hr ?/?>\n?")
_LINE_END = re.compile(r"<br ?/?>\n?|</(?:li|tr|th|td)>\n?")
_TAG = re.compile(r"<[^>]*>")
_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough, without raw HTML. Headings below an entry's own."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def to_html(text: str) -> str:
    """CommonMark as HTML that is safe to put on a page: `javascript:` and `data:` links are text."""
    rendered: str = parser().render(text)
    return _lowered(rendered)


def to_text(rendered: str) -> str:
    """What `to_html` gave, as plain text: blank lines between blocks, an image as its alt text."""
    text = _IMAGE.sub(r"\1", rendered)
    text = _BLOCK_END.sub("\n\n", text)
    text = html.unescape(_TAG.sub("", _LINE_END.sub("\n", text)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def first_words(text: str, most: int = 70) -> str:
    """The beginning of a plain text on one line, cut at a word."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most:
        return line
    return f"{line[:most].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"


def _lowered(rendered: str) -> str:
    """Headings of a body stand below the entry's heading (h3 in feeds and on the page)."""
    if "<h" not in rendered:
        return rendered
    return re.sub(r"(</?h)([1-6])>", lambda m: f"{m[1]}{min(6, int(m[2]) + 3)}>", rendered)
