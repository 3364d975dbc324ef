"""A blog as schema.org's LiveBlogPosting: a plain value, and how it stands in a page.

The properties are those of https://schema.org/LiveBlogPosting and of Google's pages on articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from liveblog_cli.edition import anchors
from liveblog_cli.edition.anchors import Anchor
from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.model.values import Publisher, Source

Node = dict[str, Any]

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_SEVERAL = re.compile(r"[,;،؛]| and | & ")
_DESK = re.compile(
    r"desk|redaktion|newsroom|team|agentur|agency|agence|agencia|agenzia|agência|agencja|rédaction"
    r"|redazione|redactie|redacción|redação|redakcja|haber merkezi|редакція|редакция"
    r"|هيئة التحرير|غرفة الأخبار|تحریریه|מערכת"
)
"""What a newsroom is called in the languages that have words here, in small letters."""


def live_blog_posting(edition: Edition) -> Node:
    """The blog as one top-level object. Properties that would be empty are left out."""
    byline = _Byline(edition)
    node: Node = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": edition.id,
        "headline": edition.title,
        "description": edition.description,
        "inLanguage": edition.language,
        "url": edition.url,
        "mainEntityOfPage": edition.url,
        "datePublished": iso(edition.started),
        "dateModified": iso(edition.updated),
        "coverageStartTime": iso(edition.started),
        "coverageEndTime": iso(edition.ended) if edition.ended else "",
        "author": byline.of(edition.authors or tuple(byline.people)[:1]),
        "publisher": publisher(edition.publisher),
        "image": _image(lead) if (lead := lead_picture(edition)) else {},
        "keywords": list(anchors.topics(edition)),
        "liveBlogUpdate": [_update(i, byline) for i in edition.items],
    }
    return _filled(node)


def script(node: Node) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or open a comment."""
    return _ESCAPED.sub(lambda m: _ESCAPES[m[0]], msgspec.json.encode(node).decode())


def iso(moment: datetime) -> str:
    """ISO 8601 to the second, with the offset."""
    return moment.isoformat(timespec="seconds")


def lead_picture(edition: Edition) -> Picture | None:
    """The first picture on the page that has an address of its own."""
    shown = [*edition.pinned, *edition.unpinned]
    pictures = (p for i in shown for p in i.media if p.is_image and _absolute(p.url))
    return next(pictures, None)


def publisher(who: Publisher | None) -> Node:
    """The publisher as an Organization."""
    if who is None:
        return {}
    logo = {"@type": "ImageObject", "url": who.logo} if _absolute(who.logo) else {}
    url = who.url if _absolute(who.url) else ""
    return _filled({"@type": "Organization", "name": who.name, "url": url, "logo": logo})


class _Byline:
    """Authors as nodes, each made once. Their address is the part of the page that shows their work."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.people: Mapping[str, Anchor] = anchors.people(edition)
        self.nodes: dict[str, Node] = {}

    def of(self, names: tuple[str, ...]) -> list[Node]:
        return [self.nodes.get(n) or self.nodes.setdefault(n, self._node(n)) for n in names]

    def _node(self, name: str) -> Node:
        owner = self.edition.publisher
        if owner and name == owner.name and _absolute(owner.url):
            return {"@type": "Organization", "name": name, "url": owner.url}
        kind = "Organization" if _is_desk(name, owner) else "Person"
        anchor = self.people.get(name)
        url = f"{self.edition.url}#{anchor.id}" if anchor and self.edition.url else ""
        return _filled({"@type": kind, "name": name, "url": url})


def _is_desk(name: str, owner: Publisher | None) -> bool:
    """Whether a byline names a desk and not a person: one word, the publisher's, or several names."""
    return bool(
        len(name.split()) == 1
        or (owner and owner.name in name)
        or _SEVERAL.search(name)
        or _DESK.search(name.lower())
    )


def _update(item: Item, byline: _Byline) -> Node:
    pictured = next((p.caption or p.alt for p in item.media), "")
    text = item.text or pictured or item.title
    return _filled(
        {
            "@type": "BlogPosting",
            "@id": item.permalink,
            "url": item.permalink if _absolute(item.permalink) else "",
            "headline": item.title,
            "articleBody": text,
            # Said only where a reader of the data could take the text for markup.
            "encodingFormat": "text/plain" if "<" in text else "",
            "datePublished": iso(item.time),
            "dateModified": iso(item.updated),
            "author": byline.of(item.authors),
            "keywords": list(item.tags),
            "image": [_image(p) for p in item.media if p.is_image and _absolute(p.url)],
            "citation": [_citation(s) for s in item.sources],
            "correction": [
                {"@type": "CorrectionComment", "text": c.note, "datePublished": iso(c.at)}
                for c in item.corrections
            ],
        }
    )


def _citation(source: Source) -> Node:
    url = source.url if _absolute(source.url) else ""
    return _filled({"@type": "CreativeWork", "name": source.name, "url": url})


def _image(picture: Picture) -> Node:
    return _filled(
        {
            "@type": "ImageObject",
            "url": picture.url,
            "width": f"{picture.width} px" if picture.width else "",
            "height": f"{picture.height} px" if picture.height else "",
            "caption": picture.caption or picture.alt,
            "creditText": picture.credit,
        }
    )


def _absolute(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
