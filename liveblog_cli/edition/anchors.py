"""Anchors of a page: addresses of a topic, an author or the key events, by which readers choose entries.

All of them begin with `lb:`. No entry's id begins like this, so no anchor is the same as an id.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from liveblog_cli.edition.edition import Edition

MOST = 12
"""The greatest number of topics, and of authors, that a page offers to choose by."""


class Anchor(Struct, frozen=True):
    """A topic, an author or the key events, for readers to choose entries by.

    `id` is the target of its link (`lb:tag-kursk`). `mark` stands in the attribute `data-lb` of every entry
    that it shows (`tag-kursk`). `name` is the text of the link. Marks are no classes, because text
    extractors judge an element by the words in its class, and a tag may be any word.
    """

    id: str
    mark: str
    name: str


def list_topics(edition: Edition) -> Mapping[str, Anchor]:
    """The anchors of the most used tags, by tag. Tags that every entry has are left out."""
    counts = Counter(t for i in edition.items for t in dict.fromkeys(i.tags))
    chosen = [t for t, n in counts.most_common() if n < len(edition.items)]
    return _make_anchors(chosen[:MOST], "tag")


def list_people(edition: Edition) -> Mapping[str, Anchor]:
    """The anchors of authors, by name: first the blog's own, then those of most entries."""
    counts = Counter(a for i in edition.items for a in dict.fromkeys(i.authors))
    return _make_anchors(
        list(dict.fromkeys([*edition.authors, *dict(counts.most_common())]))[:MOST], "by"
    )


def _make_anchors(names: Iterable[str], kind: str) -> dict[str, Anchor]:
    taken: set[str] = set()
    found = {}
    for name in names:
        slug = _slugify(name)
        number = 2
        while slug in taken:
            slug = f"{_slugify(name)}-{number}"
            number += 1
        taken.add(slug)
        found[name] = Anchor(f"lb:{kind}-{slug}", f"{kind}-{slug}", name)
    return found


def _slugify(name: str) -> str:
    """The name in lower case, with a hyphen for everything but letters and digits (of any script)."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).lower()).strip("-") or "x"
