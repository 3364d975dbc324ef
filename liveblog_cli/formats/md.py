"""Markdown with YAML front matter, for people and for Hugo, Jekyll, Eleventy and Pelican alike.

Every string of the front matter is double-quoted, so that no title is taken for a date, a list or
a comment; bodies are rewritten in the CommonMark that all four read the same (`portable`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from liveblog_cli.edition.edition import Correction, Edition, Item, Picture
from liveblog_cli.edition.voice import voice_of
from liveblog_cli.edition.words import Words
from liveblog_cli.model.values import Note, Source
from liveblog_cli.rendering.feed_html import UNFIT, said_source
from liveblog_cli.rendering.portable import joined, portable, quoted
from liveblog_cli.rendering.portable_inline import escaped, heading, line_start, link
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.urls import to_web_url

FILENAME = "liveblog.md"
MEDIA_TYPE = "text/markdown"

_YAML_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029", 0xFEFF: "\\ufeff"}


def render(edition: Edition, settings: Settings) -> str:
    """The whole blog: pinned entries first, then newest first."""
    items = edition.excerpt([*edition.pinned, *edition.unpinned][: settings.limit])
    page = _Page(edition)
    blocks = [*page.opening(edition), *[page.entry(item) for item in items]]
    text = f"---\n{front_matter(edition)}---\n\n{joined(blocks)}"
    return UNFIT.sub("", text).rstrip() + "\n"


def front_matter(edition: Edition) -> str:
    """YAML lines. `render_with_liquid` and `templateEngineOverride` keep Jekyll's and Eleventy's
    template languages away from the text."""
    tags = dict.fromkeys(t for i in edition.items for t in i.tags)
    fields = {
        "title": _quoted(edition.title),
        "date": edition.started.isoformat(timespec="seconds"),
        "lastmod": edition.updated.isoformat(timespec="seconds"),
        "modified": edition.updated.isoformat(timespec="seconds"),
        "description": _quoted(edition.description),
        "slug": _quoted(slug(edition.title)),
        "lang": _quoted(edition.language),
        "authors": f"[{', '.join([_quoted(a) for a in edition.authors])}]",
        "tags": f"[{', '.join([_quoted(t) for t in tags])}]",
        "kicker": _quoted(edition.kicker),
        "canonical_url": _quoted(edition.url),
        "render_with_liquid": "false",
        "templateEngineOverride": _quoted("md"),
    }
    return "".join([f"{k}: {v}\n" for k, v in fields.items() if v not in ('""', "[]")])


def slug(title: str) -> str:
    """A title as part of an address: letters and digits of any script in lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain))
    return "-".join(words)[:80].rstrip("-") or "liveblog"


def _quoted(text: str) -> str:
    """A YAML double-quoted string: JSON's, with YAML's own line breaks escaped too (YAML 1.2, 7.3.1)."""
    return json.dumps(UNFIT.sub("", text), ensure_ascii=False).translate(_YAML_BREAKS)


class _Page:
    """Writes the parts of one edition; words and dates are looked up once."""

    def __init__(self, edition: Edition) -> None:
        self._page = to_web_url(edition.url)
        self._voice = voice_of(edition)
        self._words = self._voice.words

    def opening(self, edition: Edition) -> Iterator[str]:
        """What stands before the first entry."""
        words = self._words
        yield portable(edition.summary, 2, self._page)
        if edition.ended:
            yield line_start(escaped(words.ended.format(moment=self._voice.moment(edition.ended))))
            yield portable(edition.closing, 2, self._page)
        for text, address in ((words.next, edition.next), (words.previous, edition.previous)):
            if to_web_url(address):
                yield link(escaped(text), to_web_url(address))

    def entry(self, item: Item) -> str:
        """One entry under its own heading."""
        title = escaped(item.title or self._voice.moment(item.time))
        return joined(
            [
                heading(2, title),
                self._byline(item),
                portable(item.body, 3, self._page),
                *[self._picture(m) for m in item.media],
                _sources(item.sources, self._words),
                *[self._box(note) for note in item.boxes],
                *[self._correction(c) for c in item.corrections],
            ]
        )

    def _byline(self, item: Item) -> str:
        moment, url = escaped(self._voice.moment(item.time)), to_web_url(item.permalink)
        parts = [link(moment, url) if url else line_start(moment)]
        parts += [escaped(a) for a in item.authors]
        parts += [f"**{escaped(m)}**" for m in self._marks(item)]
        return " · ".join(parts)

    def _marks(self, item: Item) -> Iterable[str]:
        if item.pinned:
            yield self._words.pinned
        if item.key:
            yield self._words.key_event
        if item.label:
            yield item.label

    def _picture(self, picture: Picture) -> str:
        url = to_web_url(picture.url)
        caption = " ".join([escaped(t) for t in (picture.caption, picture.credit) if t])
        if not url:
            return line_start(caption or escaped(picture.alt))
        if not picture.is_image:
            host = url.split("/")[2].removeprefix("www.")
            said = picture.alt or self._words.media_link.format(host=host)
            return link(caption or escaped(said), url)
        return joined([f"!{link(escaped(picture.alt), url)}", line_start(caption)])

    def _box(self, note: Note) -> str:
        title = f"**{escaped(note.title)}**" if note.title else ""
        return quoted(joined([title, portable(note.text, 3, self._page)]))

    def _correction(self, correction: Correction) -> str:
        kind = self._words.correction_kinds[correction.kind]
        when = escaped(self._voice.moment(correction.at))
        note = escaped(" ".join(correction.note.split()))
        return f"**{escaped(kind)}** ({when}){self._words.colon}{note}"


def _sources(sources: tuple[Source, ...], words: Words) -> str:
    if not sources:
        return ""
    named = [_source(s, words) for s in sources]
    return (
        f"{escaped(words.count(words.sources, len(sources)))}{words.colon}{words.comma.join(named)}"
    )


def _source(source: Source, words: Words) -> str:
    url, said = to_web_url(source.url), said_source(source, words)
    name = link(escaped(source.name), url) if url else escaped(source.name)
    return f"{name} ({escaped(said)})" if said else name
