"""The inline part of `portable`: words, emphasis, links, code."""

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
_TILDE = re.compile(r"(?<!/)~|~(?!\w)")  # but in an address, which Hugo takes as it stands
_REFERENCE_LIKE = re.compile(r"&(?=#?\w+;)")
_EMPHASIS = {"em", "strong"}
_OPEN_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"(#|>|[-+](?=[\s+-]|$))|(\d{1,9})([.)])(?=\s|$)|([:^=])(?=[\s=]|$)")
_REFERENCES = {":": "&#58;", "^": "&#94;", "=": "&#61;"}


def escaped(text: str) -> str:
    """Plain text inside a line: every generator shows it as it is."""
    text = _REFERENCE_LIKE.sub("&amp;", " ".join(text.splitlines())).translate(_SPECIAL)
    if "_" in text:
        text = _OPEN_UNDERSCORE.sub(r"\\_", text)
    if "~" in text:
        text = _TILDE.sub("&#126;", text)
    return text.replace("$$", "&#36;&#36;")


def line_start(text: str) -> str:
    """A rendered line whose first characters can't open a heading, list or quote."""
    return _LINE_START.sub(_opened, text.lstrip(), count=1) if _LINE_START.match(text) else text


def inline(nodes: Sequence[SyntaxTreeNode], page: str) -> str:
    """What stands in a paragraph, on one line but for hard line breaks."""
    written, nodes = "", _filled(nodes)
    for index, node in enumerate(nodes):
        text = _one(node, page)
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if node.type in _EMPHASIS and not _ends_in_word(written) and not _begins_word(after):
            text = _told_apart(node, text)
        if (
            node.type == "text"
            and text.endswith("!")
            and after is not None
            and after.type == "link"
        ):
            text = f"{text[:-1]}\\!"  # else `!` and a link are an image
        if node.type == "hardbreak":
            written = f"{written.rstrip()}  \n" if written.strip() else ""
        else:
            written += line_start(text) if written.endswith("  \n") else text
    return written


def apart(code: str) -> str:
    """Code in which Hugo sees no shortcode: its signs stand apart by a space of no width."""
    return re.sub(r"\{(?=\{[<%])", "{\u200b", code)


def heading(level: int, text: str) -> str:
    """A heading; `text` is rendered already. A `#` at its end is not taken for its closing."""
    closed = f"{text[:-1]}\\#" if text.endswith("#") else text
    return f"{'#' * level} {closed}"


def link(text: str, address: str, title: str = "") -> str:
    """A link; `text` is rendered already."""
    said = f' "{_attribute(title)}"' if title else ""
    return f"[{text}]({_destination(address)}{said})"


def _one(node: SyntaxTreeNode, page: str) -> str:
    match node.type:
        case "text":
            return escaped(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return ""
        case "code_inline":
            return _code(node.content)
        case "em" | "strong" | "s":  # with the author's own signs: others may not fit there
            return f"{node.markup}{inline(node.children, page)}{node.markup}"
        case "link":
            return _link(node, page)
        case "image":
            return _image(node, page)
    return escaped(node.content)


def _told_apart(node: SyntaxTreeNode, text: str) -> str:
    """Emphasis at the edge of emphasis, with other signs: kramdown loses itself in `***a** b*`."""
    inner = _filled(node.children)
    edges = {inner[0].type, inner[-1].type} if inner else set()
    width = len(node.markup)
    sign = "_" * width
    return f"{sign}{text[width:-width]}{sign}" if edges & _EMPHASIS else text


def _filled(nodes: Sequence[SyntaxTreeNode]) -> Sequence[SyntaxTreeNode]:
    return [n for n in nodes if n.type != "text" or n.content]


def _ends_in_word(text: str) -> bool:
    return text[-1:].isalnum() or text[-1:] in ("_", "*")


def _begins_word(node: SyntaxTreeNode | None) -> bool:
    return node is not None and (node.type in _EMPHASIS or node.content[:1].isalnum())


def _link(node: SyntaxTreeNode, page: str) -> str:
    href = str(node.attrs.get("href", ""))
    text, address = inline(node.children, page) or escaped(href), to_absolute(href, page)
    return link(text, address, str(node.attrs.get("title", ""))) if address else text


def _image(node: SyntaxTreeNode, page: str) -> str:
    alt = "".join([c.content if c.content else " " for c in node.children])
    address = to_absolute(str(node.attrs.get("src", "")), page)
    title = str(node.attrs.get("title", ""))
    return f"!{link(escaped(alt), address, title)}" if address else escaped(alt)


def _code(content: str) -> str:
    ticks = "`" * (max([0, *[len(run) for run in re.findall("`+", content)]]) + 1)
    pad = " " if content[:1] == "`" or content[-1:] == "`" else ""
    return f"{ticks}{pad}{apart(content)}{pad}{ticks}"


def _destination(address: str) -> str:
    if address.count("(") != address.count(")"):
        address = address.replace("(", "%28").replace(")", "%29")
    return _REFERENCE_LIKE.sub("&amp;", address)


def _attribute(title: str) -> str:
    return " ".join(escaped(title).replace('"', "&quot;").split())


def _opened(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    if found[2]:
        return f"{found[2]}\\{found[3]}"
    return _REFERENCES[found[4]]
