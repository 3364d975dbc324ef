"""CommonMark as safe HTML and as plain text. Raw HTML in a text is shown as text."""

from __future__ import annotations

import html
import re
from functools import cache
from string import punctuation
from urllib.parse import quote

from markdown_it import MarkdownIt

_BLOCK_END = re.compile(r"</(?:p|h[1-6]|pre|blockquote|ul|ol|table)>\n?|<hr ?/?>\n?")
_LINE_END = re.compile(r"<br ?/?>\n?|</(?:li|tr|th|td)>\n?")
_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_EMPTY_LINK = re.compile(r'<a( href="([^"]*)"[^>]*)></a>')
_EMPTY_HEADER = re.compile(r"<th([^>]*)></th>")
_LANGUAGE = re.compile(r'<code class="[^"]*">')
_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')

_RUN = r"(?:[^\n\\`*_\[\]<>&~!]++|!(?!\[)|&(?= ))"
_STRONG = re.compile(
    r"\*\*([^\W_](?:[^\n\\`*_\[\]<>&~!]*(?:[^\W_]|[:.,?](?=\*\*(?:[ \n]|\Z))))?)\*\*(?!\*)"
)
_LINK = re.compile(
    r"\[([^\W_](?:[^\n\\`*_\[\]<>&~!]*[^\W_])?)\]"
    r"\((https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9/.=?_#-]*)?)\)"
)
_PART = rf"(?:{_RUN}++|{_STRONG.pattern}|{_LINK.pattern})"
_SIMPLE = re.compile(rf"(?:(?=[^\W\d_]|[(\"„“»«–]|\*\*|\[){_PART}++(?<=\S)(?:\n\n?(?!\Z)|\Z))++")
"""Paragraphs of words, `**strong**` and plain links, as most texts of live blogs are.

No line of such a text begins with a character that could begin a list, heading or other block. markdown-it gives the same
HTML for it (a test compares them), but takes twenty times as long."""


class _Parser(MarkdownIt):
    """markdown-it, with hosts as browsers know them (its own Punycode maps no letter and checks none)."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is markdown-it's
        if not url.isascii():
            from liveblog_cli.text.urls import with_ascii_host

            url = with_ascii_host(url) or quote(url, safe=punctuation)
        return super().normalizeLink(url)


@cache
def get_parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough, without raw HTML."""
    settings = {"html": False, "xhtmlOut": False}
    return _Parser("commonmark", settings).enable(["table", "strikethrough"])


def to_html(text: str) -> str:
    """CommonMark as HTML that is safe on a page. It has no classes.

    `javascript:` and `data:` links are shown as text. Headings begin at h3, because h2 is the entry's
    headline, and skip no level. For screen readers, a link without text shows its address, an empty heading
    is left out, and an empty header cell becomes a plain cell.
    """
    if _SIMPLE.fullmatch(text):
        return _render_simple(text)
    rendered: str = get_parser().render(text)
    rendered = _move_headings(rendered) if "<h" in rendered else rendered
    rendered = _EMPTY_LINK.sub(r"<a\1>\2</a>", rendered) if "></a>" in rendered else rendered
    rendered = _EMPTY_HEADER.sub(r"<td\1></td>", rendered) if "></th>" in rendered else rendered
    return _LANGUAGE.sub("<code>", rendered) if "<code class" in rendered else rendered


def _render_simple(text: str) -> str:
    """The HTML of a text that matches `_SIMPLE`."""
    text = text.replace("&", "&amp;").replace('"', "&quot;")
    if "*" in text:
        text = _STRONG.sub(r"<strong>\1</strong>", text)
    if "[" in text:
        text = _LINK.sub(r'<a href="\2">\1</a>', text)
    paragraphs = text.replace("\n\n", "</p>\n<p>")
    return f"<p>{paragraphs}</p>\n"


def to_text(rendered: str) -> str:
    """HTML from `to_html` as plain text, with blank lines between blocks. An image becomes its alt text."""
    text = rendered.replace("<p>", "").replace("</p>\n", "\n\n")
    if "<" not in text:  # only paragraphs of words, as in most bodies
        return html.unescape(text).strip()
    text = _IMAGE.sub(r"\1", rendered)
    text = _BLOCK_END.sub("\n\n", text)
    text = html.unescape(_TAG.sub("", _LINE_END.sub("\n", text)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def cut_words(text: str, most: int = 70) -> str:
    """The beginning of a plain text, on one line, cut between words after at most `most` characters."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most:
        return line
    return f"{line[:most].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"


def _move_headings(rendered: str) -> str:
    """HTML with its headings moved: the highest level in use becomes h3, the one below it h4, and so on."""
    above: list[int] = []

    def move(found: re.Match[str]) -> str:
        written = int(found[1])
        while above and above[-1] >= written:
            above.pop()
        if not _TAG.sub("", found[2]).strip() and "<img" not in found[2]:
            return ""
        above.append(written)
        level = min(6, 2 + len(above))
        return f"<h{level}>{found[2]}</h{level}>"

    return _HEADING.sub(move, rendered)
