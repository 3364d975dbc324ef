"""A language tag (BCP 47) looked up in CLDR: its locale, ancestors, script, direction and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global

FROM_THE_RIGHT = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"])
"""The scripts of today's languages that are written from right to left (ISO 15924)."""

_ZEROS = {"arab": "\u0660", "arabext": "\u06f0"}
"""The digit zero of numbering systems (CLDR, numberingSystems.xml). The other digits have the next code points."""


@cache
def find_locale(language: str) -> Locale | None:
    """CLDR's locale for a tag, else for the longest beginning of it that CLDR knows; None if it knows none."""
    tags = _split_tag(language)
    for end in range(len(tags), 0, -1):
        try:
            return Locale.parse("-".join(tags[:end]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def get_locale(language: str) -> Locale:
    """CLDR's locale for a tag, as `find_locale` finds it; English if it finds none."""
    return find_locale(language) or Locale("en")


def list_ancestors(language: str) -> Iterator[str]:
    """A tag, and the tags from which it inherits in CLDR, nearest first: es-MX, es-419, es.

    The list is empty for an unknown language. Scripts are not compared: sr is an ancestor of sr-Latn.
    """
    name = str(find_locale(language) or "")
    parents = get_global("parent_exceptions")
    while name:
        yield name.replace("_", "-")
        name = parents.get(name) or name.rpartition("_")[0]


def find_script(language: str) -> str:
    """The script that a tag names (ISO 15924), else the usual script of its language in its region."""
    first, *rest = _split_tag(language)
    if named := next((t for t in rest if re.fullmatch("[A-Za-z]{4}", t)), ""):
        return named.title()
    region = next((t for t in rest if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", t)), "").upper()
    known = find_locale(language)
    likely = get_global("likely_subtags")
    for name in dict.fromkeys([first.lower(), known.language if known else "en"]):
        if found := likely.get(f"{name}_{region}") or likely.get(name):
            return str(found).split("_")[1]
    return "Latn"


def find_direction(language: str) -> str:
    """The direction of the language's script, as HTML's attribute `dir` takes it: `ltr` or `rtl`."""
    return "rtl" if find_script(language) in FROM_THE_RIGHT else "ltr"


def find_numbering(language: str) -> str:
    """The numbering system of a tag: its own (`fa-u-nu-latn`), else CLDR's for the language and region."""
    own = re.search(r"-u(?:-[a-z0-9]{2,8})*?-nu-([a-z]+)", language.lower())
    return own[1] if own else str(get_locale(language).default_numbering_system)


def map_digits(language: str) -> dict[int, str]:
    """A table for `str.translate` from ASCII digits to those of the language; empty if it uses ASCII digits."""
    zero = _ZEROS.get(find_numbering(language), "0")
    return {ord(str(n)): chr(ord(zero) + n) for n in range(10)} if zero != "0" else {}


def _split_tag(language: str) -> list[str]:
    """The subtags of a tag, without its extensions: those begin with a single letter (RFC 5646, 2.2.6)."""
    tags = language.replace("_", "-").split("-")
    end = next((n for n, t in enumerate(tags) if n and len(t) == 1), len(tags))
    return tags[:end]
