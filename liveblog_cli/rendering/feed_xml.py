"""What the XML formats share: elements, dates and the finished document.

Namespaces are written as prefixes with `xmlns:` attributes on the root, so that nothing global has
to be registered.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from liveblog_cli.rendering.feed_html import UNFIT

Element = ET.Element

_MARKUP_LIKE = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_ZERO_WIDTH_SPACE = "\u200b"


def add(parent: Element, tag: str, text: str = "", /, **attributes: str | int) -> Element:
    """A new last child of `parent`. Attributes without a value (0 or "") are left out."""
    given = {name: str(value) for name, value in attributes.items() if value}
    child = ET.SubElement(parent, tag, given)
    child.text = text or None
    return child


def write_document(root: Element) -> str:
    """The document as text, without the characters that XML can't carry."""
    ET.indent(root)
    written = ET.tostring(root, encoding="unicode")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + UNFIT.sub("", written) + "\n"


def format_rfc822(moment: datetime) -> str:
    """`Tue, 12 Nov 2024 02:18:00 +0100` (RFC 822, with the four-digit year of RFC 1123)."""
    return format_datetime(moment)


def make_unambiguous(text: str) -> str:
    """Plain text that looks the same if a feed reader takes it for HTML.

    RSS 2.0 does not say whether a title is plain text or HTML. Many readers take the headline `the <b> tag` for
    HTML, and show `the tag`. Here `<` and `&` get a zero-width space behind them if they would begin a tag or
    a reference.
    """
    return _MARKUP_LIKE.sub(lambda m: m[0] + _ZERO_WIDTH_SPACE, text)
