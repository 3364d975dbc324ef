"""CommonMark rewritten in a form that every site generator reads in the same way.

Parsers differ in text that only looks like markup. Python-Markdown takes `#tag` for a heading. kramdown takes any
`|` for a table and `{: x}` for attributes. Hugo, Liquid and Nunjucks take `{{` and `{%` for their own code,
and some drop raw HTML. So this module parses a text and writes it again with the few signs that all parsers agree
on: `-` for lists, fences for code, one line per paragraph, `#` for headings, and references (`&#123;`) for characters
that some parsers can't escape with a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from liveblog_cli.rendering.portable_inline import (
    protect_start,
    separate_braces,
    write_heading,
    write_inline,
)
from liveblog_cli.text.markdown import get_parser

_WORDS = r"(?:[^\\`*_\[\]<>{}|~$&!\t]|!(?!\[)|&(?=\s)|\$(?!\$))"
_BARE = rf"[^\W_](?:{_WORDS}*[^\W_])?"
_SIMPLE = re.compile(
    rf"(?:{_WORDS}++|\*\*{_BARE}\*\*(?!\*)|\*{_BARE}\*(?!\*)|\[{_BARE}\]\(https?://[\w/.:?=&%,@+-]+\))*+"
)
"""Words, plain emphasis and plain links. All parsers read them in the same way, so they need not be rewritten."""
_NOT_A_PARAGRAPH = re.compile(r"^(?:[ :=#^+-]|\d+[.)])|  $", re.MULTILINE)
_INFO = re.compile(r"[\w+#.-]+")


def to_portable(text: str, level: int, page: str = "") -> str:
    """`text` in portable CommonMark, with blank lines between blocks, and without a line break at the end.

    Its headings begin at `level` and skip none, down to level 6. Relative links are completed with `page`, the
    address of the blog; without it they become text.
    """
    text = re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()
    if _SIMPLE.fullmatch(text) and not _NOT_A_PARAGRAPH.search(text):
        return "\n\n".join([" ".join(p.split("\n")) for p in re.split(r"\n\n+", text)])
    root = SyntaxTreeNode(get_parser().parse(text))
    return _Writer(page, _list_levels(root, level)).blocks(root)


def join_blocks(blocks: list[str]) -> str:
    """Blocks with blank lines between them. Quotes in a row become one quote, as all parsers would read them."""
    parts: list[str] = []
    for block in (b for b in blocks if b):
        both = parts and block[0] == ">" and parts[-1].rpartition("\n")[2][:1] == ">"
        parts += ["\n>\n" if both else "\n\n", block]
    return "".join(parts[1:])


def quote_block(text: str) -> str:
    """`text` as a block quote."""
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _list_levels(root: SyntaxTreeNode, first: int) -> Iterator[int]:
    """The new levels of a text's headings, in order: they begin at `first` and have no gaps."""
    outer: list[int] = []
    for node in root.walk():
        if node.type == "heading":
            level = int(node.tag[1])
            while outer and outer[-1] >= level:
                outer.pop()
            outer.append(level)
            yield min(6, first + len(outer) - 1)


class _Writer:
    """Writes the blocks of one text in order."""

    def __init__(self, page: str, levels: Iterator[int]) -> None:
        self._page = page
        self._levels = levels

    def blocks(self, parent: SyntaxTreeNode) -> str:
        written, marker = [], ""
        for node in parent.children:
            if node.type == "bullet_list":
                marker = "*" if marker == "-" else "-"  # else two lists in a row become one
                written.append(self._list(node, marker))
            else:
                marker = ""
                written.append(getattr(self, f"_{node.type}")(node))
        return join_blocks(written)

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        return (
            protect_start(write_inline(node.children[0].children, self._page))
            if node.children
            else ""
        )

    def _heading(self, node: SyntaxTreeNode) -> str:
        level, text = next(self._levels), self._text(node).replace("  \n", " ")
        if _is_inside_list(node):
            return protect_start(text)
        return write_heading(level, text) if text else ""

    def _ordered_list(self, node: SyntaxTreeNode) -> str:
        return self._list(node, int(node.attrs.get("start", 1)))

    def _list(self, node: SyntaxTreeNode, marker: str | int) -> str:
        tight = all(
            p.hidden for item in node.children for p in item.children if p.type == "paragraph"
        )
        items = []
        for index, item in enumerate(node.children):
            sign = f"{marker + index}." if isinstance(marker, int) else marker
            text = self.blocks(item)
            if tight:
                text = re.sub(r"\n\n(?=(?:[-*]|\d+\.) )", "\n", text)
            if text:  # some parsers show an empty item as a dash
                items.append(f"{sign} {_indent(text, len(sign) + 1)}")
        return ("\n" if tight else "\n\n").join(items)

    def _blockquote(self, node: SyntaxTreeNode) -> str:
        return quote_block(self.blocks(node))

    def _fence(self, node: SyntaxTreeNode) -> str:
        found = _INFO.match(node.info.strip())
        ticks = max([2, *[len(run) for run in re.findall("`+", node.content)]]) + 1
        code = separate_braces(node.content.rstrip("\n"))
        return f"{'`' * ticks}{found[0] if found else 'text'}\n{code}\n{'`' * ticks}"

    _code_block = _fence

    def _hr(self, _: SyntaxTreeNode) -> str:
        return "***"

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row.children for part in node.children for row in part.children]
        lines = [f"| {' | '.join([self._cell(cell) for cell in row])} |" for row in rows]
        rule = [_align(str(cell.attrs.get("style", ""))) for cell in rows[0]]
        return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]])

    def _cell(self, node: SyntaxTreeNode) -> str:
        """The text of a cell. Code with a `|` becomes plain text, because parsers differ on how to escape it there."""
        for part in node.walk():
            if part.type == "code_inline" and "|" in part.content and part.token is not None:
                part.token.type = "text"
        return self._text(node)

    def _text(self, node: SyntaxTreeNode) -> str:
        return write_inline(node.children[0].children, self._page) if node.children else ""


def _indent(text: str, width: int) -> str:
    return re.sub(r"\n(?!\n|\Z)", "\n" + " " * width, text)


def _is_inside_list(node: SyntaxTreeNode) -> bool:
    parent = node.parent
    return parent is not None and (parent.type == "list_item" or _is_inside_list(parent))


def _align(style: str) -> str:
    return {"left": ":---", "right": "---:", "center": ":---:"}.get(style.partition(":")[2], "---")
