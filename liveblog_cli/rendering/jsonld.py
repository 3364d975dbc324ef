"""A blog as schema.org's LiveBlogPosting, and the text of the script element that holds it.

The properties are those of https://schema.org/LiveBlogPosting and of Google's pages on articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from liveblog_cli.edition import anchors
from liveblog_cli.edition.anchors import Anchor
from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.model.values import Publisher, Source
from liveblog_cli.rendering.json_values import JsonObject, drop_empty, format_iso

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


def make_posting(edition: Edition) -> JsonObject:
    """The blog as one object. Empty properties are left out."""
    byline = _Byline(edition)
    node: JsonObject = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": edition.id,
        "headline": edition.title,
        "description": edition.description,
        "inLanguage": edition.language,
        "url": edition.url,
        "mainEntityOfPage": edition.url,
        "datePublished": format_iso(edition.started),
        "dateModified": format_iso(edition.updated),
        "coverageStartTime": format_iso(edition.started),
        "coverageEndTime": format_iso(edition.ended) if edition.ended else "",
        "author": byline.of(edition.authors or tuple(byline.people)[:1]),
        "publisher": make_publisher(edition.publisher),
        "image": _make_image(lead) if (lead := find_lead_picture(edition)) else {},
        "keywords": list(anchors.list_topics(edition)),
        "liveBlogUpdate": [_make_update(i, byline) for i in edition.items],
    }
    return drop_empty(node)


def to_script(node: JsonObject) -> str:
    """JSON that is safe in a script element: nothing in it can end the element or begin a comment."""
    return _ESCAPED.sub(lambda m: _ESCAPES[m[0]], msgspec.json.encode(node).decode())


def find_lead_picture(edition: Edition) -> Picture | None:
    """The first image on the page that has an absolute address."""
    items = [*edition.pinned, *edition.unpinned]
    pictures = (p for i in items for p in i.media if p.is_image and _is_absolute(p.url))
    return next(pictures, None)


def make_publisher(who: Publisher | None) -> JsonObject:
    """The publisher as an Organization."""
    if who is None:
        return {}
    logo = {"@type": "ImageObject", "url": who.logo} if _is_absolute(who.logo) else {}
    url = who.url if _is_absolute(who.url) else ""
    return drop_empty({"@type": "Organization", "name": who.name, "url": url, "logo": logo})


class _Byline:
    """Makes the objects of authors, each only once. The `url` of an author leads to the entries of that author."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.people: Mapping[str, Anchor] = anchors.list_people(edition)
        self.nodes: dict[str, JsonObject] = {}

    def of(self, names: tuple[str, ...]) -> list[JsonObject]:
        return [self.nodes.get(n) or self.nodes.setdefault(n, self._node(n)) for n in names]

    def _node(self, name: str) -> JsonObject:
        owner = self.edition.publisher
        if owner and name == owner.name and _is_absolute(owner.url):
            return {"@type": "Organization", "name": name, "url": owner.url}
        kind = "Organization" if _is_desk(name, owner) else "Person"
        anchor = self.people.get(name)
        url = f"{self.edition.url}#{anchor.id}" if anchor and self.edition.url else ""
        return drop_empty({"@type": kind, "name": name, "url": url})


def _is_desk(name: str, owner: Publisher | None) -> bool:
    """Whether a byline names a desk, not a person: it is one word, several names, or has the publisher's name in it."""
    return bool(
        len(name.split()) == 1
        or (owner and owner.name in name)
        or _SEVERAL.search(name)
        or _DESK.search(name.lower())
    )


def _make_update(item: Item, byline: _Byline) -> JsonObject:
    pictured = next((p.caption or p.alt for p in item.media), "")
    text = item.text or pictured or item.title
    return drop_empty(
        {
            "@type": "BlogPosting",
            "@id": item.permalink,
            "url": item.permalink if _is_absolute(item.permalink) else "",
            "headline": item.title,
            "articleBody": text,
            # Only for a text that could be taken for markup.
            "encodingFormat": "text/plain" if "<" in text else "",
            "datePublished": format_iso(item.time),
            "dateModified": format_iso(item.updated),
            "author": byline.of(item.authors),
            "keywords": list(item.tags),
            "image": [_make_image(p) for p in item.media if p.is_image and _is_absolute(p.url)],
            "citation": [_make_citation(s) for s in item.sources],
            "correction": [
                {"@type": "CorrectionComment", "text": c.note, "datePublished": format_iso(c.at)}
                for c in item.corrections
            ],
        }
    )


def _make_citation(source: Source) -> JsonObject:
    url = source.url if _is_absolute(source.url) else ""
    return drop_empty({"@type": "CreativeWork", "name": source.name, "url": url})


def _make_image(picture: Picture) -> JsonObject:
    return drop_empty(
        {
            "@type": "ImageObject",
            "url": picture.url,
            "width": f"{picture.width} px" if picture.width else "",
            "height": f"{picture.height} px" if picture.height else "",
            "caption": picture.caption or picture.alt,
            "creditText": picture.credit,
        }
    )


def _is_absolute(url: str) -> bool:
    return url.startswith(("https://", "http://"))
