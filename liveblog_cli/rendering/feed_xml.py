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


def document(root: Element) -> str:
    """The whole file. Characters that XML can't carry are gone, wherever they stood."""
    ET.indent(root)
    written = ET.tostring(root, encoding="unicode")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + UNFIT.sub("", written) + "\n"


def rfc822(moment: datetime) -> str:
    """`Tue, 12 Nov 2024 02:18:00 +0100` (RFC 822, with the four-digit year of RFC 1123)."""
    return format_datetime(moment)


def unambiguous(text: str) -> str:
    """Plain text that also reads right where a feed reader takes it for HTML.

    RSS 2.0 does not say which of the two a title is, and readers differ: a headline `the <b> tag`
    loses its middle in many. A zero-width space behind `<` and `&` keeps it from being a tag or a
    reference; only text that looks like one gets it.
    """
    return _MARKUP_LIKE.sub(lambda m: m[0] + _ZERO_WIDTH_SPACE, text)
