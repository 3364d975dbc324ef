"""CommonMark rewritten so that every site generator reads the same in it.

Parsers differ where text only looks like markup: Python-Markdown takes `#tag` for a heading,
kramdown any `|` for a table and `{: x}` for attributes, Hugo, Liquid and Nunjucks take `{{` and `{%`
for their own, and some drop raw HTML. So the text is parsed once and written again in the small part
of the language that all agree on: `-` lists, fenced code, one line per paragraph, `#` headings, and
references (`&#123;`) for the characters that some can't escape with a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from liveblog_cli.rendering.portable_inline import apart, heading, inline, line_start
from liveblog_cli.text.markdown import get_parser

_WORDS = r"(?:[^\\`*_\[\]<>{}|~$&!\t]|!(?!\[)|&(?=\s)|\$(?!\$))"
_BARE = rf"[^\W_](?:{_WORDS}*[^\W_])?"
_SIMPLE = re.compile(
    rf"(?:{_WORDS}++|\*\*{_BARE}\*\*(?!\*)|\*{_BARE}\*(?!\*)|\[{_BARE}\]\(https?://[\w/.:?=&%,@+-]+\))*+"
)
"""Words, plain emphasis and plain links: what all parsers read alike as it stands."""
_NOT_A_PARAGRAPH = re.compile(r"^(?:[ :=#^+-]|\d+[.)])|  $", re.MULTILINE)
_INFO = re.compile(r"[\w+#.-]+")


def portable(text: str, level: int, page: str = "") -> str:
    """`text` in portable CommonMark, blocks apart by blank lines, without a final line break.

    Its headings begin at `level` (at most 6) and skip none. Relative links are completed by
    `page`, the address of the blog, or become text.
    """
    text = re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()
    if _SIMPLE.fullmatch(text) and not _NOT_A_PARAGRAPH.search(text):
        return "\n\n".join([" ".join(p.split("\n")) for p in re.split(r"\n\n+", text)])
    root = SyntaxTreeNode(get_parser().parse(text))
    return _Writer(page, _levels(root, level)).blocks(root)


def joined(blocks: list[str]) -> str:
    """Blocks one below the other. Quotes that follow one another become one, as all read them."""
    parts: list[str] = []
    for block in (b for b in blocks if b):
        both = parts and block[0] == ">" and parts[-1].rpartition("\n")[2][:1] == ">"
        parts += ["\n>\n" if both else "\n\n", block]
    return "".join(parts[1:])


def quoted(text: str) -> str:
    """`text` as a block quote."""
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _levels(root: SyntaxTreeNode, first: int) -> Iterator[int]:
    """The levels of the headings of a text in order, moved below `first` without a gap."""
    outer: list[int] = []
    for node in root.walk():
        if node.type == "heading":
            level = int(node.tag[1])
            while outer and outer[-1] >= level:
                outer.pop()
            outer.append(level)
            yield min(6, first + len(outer) - 1)


class _Writer:
    """The blocks of one text, written in order."""

    def __init__(self, page: str, levels: Iterator[int]) -> None:
        self._page = page
        self._levels = levels

    def blocks(self, parent: SyntaxTreeNode) -> str:
        written, marker = [], ""
        for node in parent.children:
            if node.type == "bullet_list":
                marker = "*" if marker == "-" else "-"  # two lists in a row stay two
                written.append(self._list(node, marker))
            else:
                marker = ""
                written.append(getattr(self, f"_{node.type}")(node))
        return joined(written)

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        return line_start(inline(node.children[0].children, self._page)) if node.children else ""

    def _heading(self, node: SyntaxTreeNode) -> str:
        level, text = next(self._levels), self._text(node).replace("  \n", " ")
        if _inside_list(node):
            return line_start(text)
        return heading(level, text) if text else ""

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
            if text:  # an empty item is a dash of text to some
                items.append(f"{sign} {_indented(text, len(sign) + 1)}")
        return ("\n" if tight else "\n\n").join(items)

    def _blockquote(self, node: SyntaxTreeNode) -> str:
        return quoted(self.blocks(node))

    def _fence(self, node: SyntaxTreeNode) -> str:
        found = _INFO.match(node.info.strip())
        ticks = max([2, *[len(run) for run in re.findall("`+", node.content)]]) + 1
        code = apart(node.content.rstrip("\n"))
        return f"{'`' * ticks}{found[0] if found else 'text'}\n{code}\n{'`' * ticks}"

    _code_block = _fence

    def _hr(self, _: SyntaxTreeNode) -> str:
        return "***"

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row.children for part in node.children for row in part.children]
        lines = [f"| {' | '.join([self._cell(cell) for cell in row])} |" for row in rows]
        rule = [_aligned(str(cell.attrs.get("style", ""))) for cell in rows[0]]
        return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]])

    def _cell(self, node: SyntaxTreeNode) -> str:
        """Code that holds a `|` is plain text here: parsers differ on how to escape it in a table."""
        for part in node.walk():
            if part.type == "code_inline" and "|" in part.content and part.token is not None:
                part.token.type = "text"
        return self._text(node)

    def _text(self, node: SyntaxTreeNode) -> str:
        return inline(node.children[0].children, self._page) if node.children else ""


def _indented(text: str, width: int) -> str:
    return re.sub(r"\n(?!\n|\Z)", "\n" + " " * width, text)


def _inside_list(node: SyntaxTreeNode) -> bool:
    parent = node.parent
    return parent is not None and (parent.type == "list_item" or _inside_list(parent))


def _aligned(style: str) -> str:
    return {"left": ":---", "right": "---:", "center": ":---:"}.get(style.partition(":")[2], "---")
