"""The fixed words of a page, in the blog's language. Each language has a catalogue, the file `words/<tag>.toml`.

Formats, the page and the preview on the terminal use the same words. They contain no markup. A language without a
catalogue gets the English words; `voice` then uses English dates and lists of names, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
import tomli
from msgspec import Struct

from liveblog_cli.model.values import CorrectionKind, Source, SourceKind
from liveblog_cli.text.languages import find_script, get_locale, list_ancestors

FALLBACK = "en"


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One catalogue. `{…}` in a text is a place to fill in with `str.format`, or to split at with `split_around`.

    A mapping from plural forms (CLDR's `one`, `few`, `many`, `other`) is for `count`.
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

    def describe_source(self, source: Source) -> str:
        """The kind of a source, and whether it is verified ("news agency, unverified"); "" if neither is known."""
        remarks = [self.source_kinds[source.kind]] if source.kind else []
        if source.verified is not None:
            remarks.append(self.verified if source.verified else self.unverified)
        return self.comma.join(remarks)

    def count(self, forms: Mapping[str, str], number: int) -> str:
        """The plural form that this language uses for `number`, with `{n}` replaced by the number."""
        form = forms.get(_find_plural_form(self.language, number), forms["other"])
        return form.format(n=number)


@lru_cache(maxsize=256)
def _find_plural_form(language: str, number: int) -> str:
    return str(get_locale(language).plural_form(number))


def get_words(language: str) -> Words:
    """The catalogue for a BCP 47 tag, else the English one."""
    return _load_catalogue(find_catalogue(language) or FALLBACK)


@cache
def find_catalogue(language: str) -> str | None:
    """The nearest catalogue from which a tag inherits: es-MX has that of es-419.

    None if there is none in the tag's script: the words of uk do not fit for uk-Latn.
    """
    script = find_script(language)
    fit = (
        t for t in list_ancestors(language) if t in list_catalogues() and find_script(t) == script
    )
    return next(fit, None)


@cache
def list_catalogues() -> frozenset[str]:
    """The tags of the languages that have a catalogue."""
    folder = files("liveblog_cli.edition").joinpath("words")
    names = [f.name for f in folder.iterdir()]
    return frozenset(n.removesuffix(".toml") for n in names if n.endswith(".toml"))


def split_around(text: str) -> tuple[str, str]:
    """The two parts of a catalogue's text, before and behind its `{…}`."""
    before, _, rest = text.partition("{")
    return before, rest.partition("}")[2]


def join_names(people: Iterable[str], language: str) -> str:
    """Names as a list in the language: A, B und C."""
    return _join(tuple(people), language)


@cache
def _load_catalogue(tag: str) -> Words:
    text = (
        files("liveblog_cli.edition").joinpath("words", f"{tag}.toml").read_text(encoding="utf-8")
    )
    return msgspec.convert({"language": tag, **tomli.loads(text)}, Words)


@cache
def _join(people: tuple[str, ...], language: str) -> str:
    from babel.lists import format_list

    # For one name, as in most bylines, no pattern of Babel's has to be loaded.
    return people[0] if len(people) == 1 else format_list(people, locale=get_locale(language))
