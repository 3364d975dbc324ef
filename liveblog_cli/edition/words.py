"""The fixed words of a page in the blog's language: one catalogue file per language, `words/<tag>.toml`.

Formats, the page and the terminal's preview all read them here; they hold no markup. A language
without a catalogue gets English words; `voice` then takes dates and lists of names from English too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
import tomli
from msgspec import Struct

from liveblog_cli.model.values import CorrectionKind, SourceKind
from liveblog_cli.text.languages import find_script, get_locale, list_ancestors

FALLBACK = "en"


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One catalogue. `{…}` in a text is filled in by `str.format` or taken apart by `around`.

    A mapping from plural forms (`one`, `few`, `many`, `other`: CLDR) is read with `count`.
    """

    language: str
    stand: str
    moment: str
    clock: str
    key_events: str
    key_event: str
    pinned: str
    byline: str
    entry_at: str
    updated: str
    sources: Mapping[str, str]
    source_kinds: Mapping[SourceKind, str]
    verified: str
    unverified: str
    note: str
    corrections: str
    correction_kinds: Mapping[CorrectionKind, str]
    tags: str
    filter: str
    all_entries: str
    only_key: str
    media_link: str
    table: str
    ended: str
    previous: str
    next: str
    zone: str
    entries: Mapping[str, str]
    empty: str
    comma: str
    semicolon: str
    colon: str

    def count(self, forms: Mapping[str, str], number: int) -> str:
        """The form that this language uses for `number`, with the number filled in for `{n}`."""
        form = forms.get(_plural(self.language, number), forms["other"])
        return form.format(n=number)


@lru_cache(maxsize=256)
def _plural(language: str, number: int) -> str:
    return str(get_locale(language).plural_form(number))


def words_of(language: str) -> Words:
    """The catalogue for a BCP 47 tag, else the English one."""
    return _catalogue(catalogue_for(language) or FALLBACK)


@cache
def catalogue_for(language: str) -> str | None:
    """The catalogue that a tag inherits from, nearest first: es-MX has that of es-419.

    It is None where there is none in the tag's script: uk-Latn is not written as uk is.
    """
    script = find_script(language)
    fit = (t for t in list_ancestors(language) if t in catalogues() and find_script(t) == script)
    return next(fit, None)


@cache
def catalogues() -> frozenset[str]:
    """The tags of the languages that have a catalogue."""
    folder = files("liveblog_cli.edition").joinpath("words")
    names = [f.name for f in folder.iterdir()]
    return frozenset(n.removesuffix(".toml") for n in names if n.endswith(".toml"))


def around(text: str) -> tuple[str, str]:
    """What stands before and behind the `{…}` of a catalogue's text."""
    before, _, rest = text.partition("{")
    return before, rest.partition("}")[2]


def names(people: Iterable[str], language: str) -> str:
    """People in a row, as the language writes it: A, B und C."""
    return _in_a_row(tuple(people), language)


@cache
def _catalogue(tag: str) -> Words:
    text = (
        files("liveblog_cli.edition").joinpath("words", f"{tag}.toml").read_text(encoding="utf-8")
    )
    return msgspec.convert({"language": tag, **tomli.loads(text)}, Words)


@cache
def _in_a_row(people: tuple[str, ...], language: str) -> str:
    from babel.lists import format_list

    # With one name there is no pattern to load: most bylines are such.
    return people[0] if len(people) == 1 else format_list(people, locale=get_locale(language))
