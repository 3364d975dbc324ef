"""What CLDR knows of a language tag (BCP 47): its locale, what it inherits from, script, direction, digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global

FROM_THE_RIGHT = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"])
"""Scripts that are written from right to left (ISO 15924), those that languages of today use."""

_ZEROS = {"arab": "\u0660", "arabext": "\u06f0"}
"""The digit zero of numbering systems (CLDR, numberingSystems.xml); the other nine follow it."""


@cache
def find_locale(language: str) -> Locale | None:
    """CLDR's locale for a tag, or for the longest known beginning of it; None for unknown languages."""
    tags = _subtags(language)
    for end in range(len(tags), 0, -1):
        try:
            return Locale.parse("-".join(tags[:end]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def locale_of(language: str) -> Locale:
    """The same, and English for unknown languages."""
    return find_locale(language) or Locale("en")


def lineage(language: str) -> Iterator[str]:
    """A tag and those that it inherits from in CLDR, nearest first: es-MX, es-419, es.

    An unknown language has none. The script is not looked at: sr is among those of sr-Latn.
    """
    name = str(find_locale(language) or "")
    parents = get_global("parent_exceptions")
    while name:
        yield name.replace("_", "-")
        name = parents.get(name) or name.rpartition("_")[0]


def script_of(language: str) -> str:
    """The script of a tag (ISO 15924), else the one that its language is mostly written in there."""
    first, *rest = _subtags(language)
    if named := next((t for t in rest if re.fullmatch("[A-Za-z]{4}", t)), ""):
        return named.title()
    region = next((t for t in rest if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", t)), "").upper()
    known = find_locale(language)
    likely = get_global("likely_subtags")
    for name in dict.fromkeys([first.lower(), known.language if known else "en"]):
        if found := likely.get(f"{name}_{region}") or likely.get(name):
            return str(found).split("_")[1]
    return "Latn"


def direction(language: str) -> str:
    """`ltr` or `rtl`, for an attribute `dir`."""
    return "rtl" if script_of(language) in FROM_THE_RIGHT else "ltr"


def numbering(language: str) -> str:
    """The numbering system of a tag: its own (`fa-u-nu-latn`), else CLDR's for the language and region."""
    own = re.search(r"-u(?:-[a-z0-9]{2,8})*?-nu-([a-z]+)", language.lower())
    return own[1] if own else str(locale_of(language).default_numbering_system)


def digits(language: str) -> dict[int, str]:
    """ASCII digits with those that the language writes, for `str.translate`; empty where they are the same."""
    zero = _ZEROS.get(numbering(language), "0")
    return {ord(str(n)): chr(ord(zero) + n) for n in range(10)} if zero != "0" else {}


def _subtags(language: str) -> list[str]:
    """Those that say which language it is: what follows a single letter is an extension (RFC 5646, 2.2.6)."""
    tags = language.replace("_", "-").split("-")
    end = next((n for n, t in enumerate(tags) if n and len(t) == 1), len(tags))
    return tags[:end]
