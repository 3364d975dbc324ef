"""The part of `portable` that writes what is inside a paragraph: words, emphasis, links, code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode

from liveblog_cli.text.urls import to_absolute

_SPECIAL = str.maketrans(
    {
        "\\": "&#92;",
        "<": "&lt;",
        "{": "&#123;",
        "|": "&#124;",
        "`": "\\`",
        "*": "\\*",
        "[": "\\[",
        "]": "\\]",
    }
)
_TILDE = re.compile(r"(?<!/)~|~(?!\w)")  # not in an address: Hugo does not decode references there
_REFERENCE_LIKE = re.compile(r"&(?=#?\w+;)")
_EMPHASIS = {"em", "strong"}
_OPEN_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"(#|>|[-+](?=[\s+-]|$))|(\d{1,9})([.)])(?=\s|$)|([:^=])(?=[\s=]|$)")
_REFERENCES = {":": "&#58;", "^": "&#94;", "=": "&#61;"}


def escape(text: str) -> str:
    """Plain text escaped for the inside of a line, so that every generator shows it unchanged."""
    text = _REFERENCE_LIKE.sub("&amp;", " ".join(text.splitlines())).translate(_SPECIAL)
    if "_" in text:
        text = _OPEN_UNDERSCORE.sub(r"\\_", text)
    if "~" in text:
        text = _TILDE.sub("&#126;", text)
    return text.replace("$$", "&#36;&#36;")


def protect_start(text: str) -> str:
    """A rendered line, escaped at its start so that it can't begin a heading, list or quote."""
    return (
        _LINE_START.sub(_escape_start, text.lstrip(), count=1) if _LINE_START.match(text) else text
    )


def write_inline(nodes: Sequence[SyntaxTreeNode], page: str) -> str:
    """The content of a paragraph, on one line except for hard line breaks."""
    written, nodes = "", _drop_empty_texts(nodes)
    for index, node in enumerate(nodes):
        text = _write_node(node, page)
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if node.type in _EMPHASIS and not _ends_in_word(written) and not _begins_word(after):
            text = _separate_emphasis(node, text)
        if (
            node.type == "text"
            and text.endswith("!")
            and after is not None
            and after.type == "link"
        ):
            text = f"{text[:-1]}\\!"  # else `!` and the link become an image
        if node.type == "hardbreak":
            written = f"{written.rstrip()}  \n" if written.strip() else ""
        else:
            written += protect_start(text) if written.endswith("  \n") else text
    return written


def separate_braces(code: str) -> str:
    """Code with a zero-width space inside of `{{<` and `{{%`, so that Hugo takes them for no shortcode."""
    return re.sub(r"\{(?=\{[<%])", "{\u200b", code)


def write_heading(level: int, text: str) -> str:
    """A heading; `text` is rendered already. A `#` at its end is escaped, so that it is shown."""
    closed = f"{text[:-1]}\\#" if text.endswith("#") else text
    return f"{'#' * level} {closed}"


def write_link(text: str, address: str, title: str = "") -> str:
    """A link; `text` is rendered already."""
    quoted_title = f' "{_escape_attribute(title)}"' if title else ""
    return f"[{text}]({_escape_destination(address)}{quoted_title})"


def _write_node(node: SyntaxTreeNode, page: str) -> str:
    match node.type:
        case "text":
            return escape(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return ""
        case "code_inline":
            return _write_code(node.content)
        case "em" | "strong" | "s":  # with the author's signs: others may not work at that place
            return f"{node.markup}{write_inline(node.children, page)}{node.markup}"
        case "link":
            return _write_link_node(node, page)
        case "image":
            return _write_image(node, page)
    return escape(node.content)


def _separate_emphasis(node: SyntaxTreeNode, text: str) -> str:
    """Emphasis that begins or ends with other emphasis, written with `_`: kramdown misreads `***a** b*`."""
    inner = _drop_empty_texts(node.children)
    edges = {inner[0].type, inner[-1].type} if inner else set()
    width = len(node.markup)
    sign = "_" * width
    return f"{sign}{text[width:-width]}{sign}" if edges & _EMPHASIS else text


def _drop_empty_texts(nodes: Sequence[SyntaxTreeNode]) -> Sequence[SyntaxTreeNode]:
    return [n for n in nodes if n.type != "text" or n.content]


def _ends_in_word(text: str) -> bool:
    return text[-1:].isalnum() or text[-1:] in ("_", "*")


def _begins_word(node: SyntaxTreeNode | None) -> bool:
    return node is not None and (node.type in _EMPHASIS or node.content[:1].isalnum())


def _write_link_node(node: SyntaxTreeNode, page: str) -> str:
    href = str(node.attrs.get("href", ""))
    text, address = write_inline(node.children, page) or escape(href), to_absolute(href, page)
    return write_link(text, address, str(node.attrs.get("title", ""))) if address else text


def _write_image(node: SyntaxTreeNode, page: str) -> str:
    alt = "".join([c.content if c.content else " " for c in node.children])
    address = to_absolute(str(node.attrs.get("src", "")), page)
    title = str(node.attrs.get("title", ""))
    return f"!{write_link(escape(alt), address, title)}" if address else escape(alt)


def _write_code(content: str) -> str:
    ticks = "`" * (max([0, *[len(run) for run in re.findall("`+", content)]]) + 1)
    pad = " " if content[:1] == "`" or content[-1:] == "`" else ""
    return f"{ticks}{pad}{separate_braces(content)}{pad}{ticks}"


def _escape_destination(address: str) -> str:
    if address.count("(") != address.count(")"):
        address = address.replace("(", "%28").replace(")", "%29")
    return _REFERENCE_LIKE.sub("&amp;", address)


def _escape_attribute(title: str) -> str:
    return " ".join(escape(title).replace('"', "&quot;").split())


def _escape_start(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    if found[2]:
        return f"{found[2]}\\{found[3]}"
    return _REFERENCES[found[4]]
