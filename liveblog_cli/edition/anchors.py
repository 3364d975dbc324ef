"""Names for the parts of a page that links can pick out: a topic, an author, the key events.

All begin with `lb:`, which no entry's id can, so none is ever taken twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from liveblog_cli.edition.edition import Edition

MOST = 12
"""A page offers at most so many topics, and so many authors, to choose by."""


class Anchor(Struct, frozen=True):
    """One thing to choose entries by.

    `id` is what a link names (`#lb:tag-kursk`), `mark` what the entries that it shows have among
    the words of `data-lb` (`tag-kursk`), `name` what readers see. A class would not do: extractors
    judge an element by words in its classes, and a tag may be any word.
    """

    id: str
    mark: str
    name: str


def topics(edition: Edition) -> Mapping[str, Anchor]:
    """Tags by name, the most used first. Those that every entry has choose nothing."""
    counts = Counter(t for i in edition.items for t in dict.fromkeys(i.tags))
    chosen = [t for t, n in counts.most_common() if n < len(edition.items)]
    return _named(chosen[:MOST], "tag")


def people(edition: Edition) -> Mapping[str, Anchor]:
    """Authors by name: the blog's own first, then those of entries, the busiest first."""
    counts = Counter(a for i in edition.items for a in dict.fromkeys(i.authors))
    return _named(list(dict.fromkeys([*edition.authors, *dict(counts.most_common())]))[:MOST], "by")


def _named(names: Iterable[str], kind: str) -> dict[str, Anchor]:
    taken: set[str] = set()
    found = {}
    for name in names:
        slug = _slug(name)
        number = 2
        while slug in taken:
            slug = f"{_slug(name)}-{number}"
            number += 1
        taken.add(slug)
        found[name] = Anchor(f"lb:{kind}-{slug}", f"{kind}-{slug}", name)
    return found


def _slug(name: str) -> str:
    """Letters and digits of any script; what stands between becomes a dash."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).lower()).strip("-") or "x"
