"""Markdown with YAML front matter, for people and for the site generators Hugo, Jekyll, Eleventy and Pelican.

Every string of the front matter has double quotes, so that no title is taken for a date, a list or a comment. Bodies
are rewritten in CommonMark that all four generators read in the same way (`portable`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from liveblog_cli.edition.edition import Edition, Item, Picture, PublicCorrection
from liveblog_cli.edition.voice import get_voice
from liveblog_cli.edition.words import Words
from liveblog_cli.model.values import Note, Source
from liveblog_cli.rendering.feed_html import UNFIT
from liveblog_cli.rendering.portable import join_blocks, quote_block, to_portable
from liveblog_cli.rendering.portable_inline import escape, protect_start, write_heading, write_link
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.text.urls import to_web_url

FILENAME = "liveblog.md"
MEDIA_TYPE = "text/markdown"

_YAML_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029", 0xFEFF: "\\ufeff"}


def render(edition: Edition, settings: Settings) -> str:
    """The whole blog: pinned entries first, then newest first."""
    items = edition.excerpt([*edition.pinned, *edition.unpinned][: settings.limit])
    page = _MarkdownWriter(edition)
    blocks = [*page.opening(edition), *[page.entry(item) for item in items]]
    text = f"---\n{write_front_matter(edition)}---\n\n{join_blocks(blocks)}"
    return UNFIT.sub("", text).rstrip() + "\n"


def write_front_matter(edition: Edition) -> str:
    """YAML lines. `render_with_liquid` and `templateEngineOverride` keep Jekyll's and Eleventy's
    template languages away from the text."""
    tags = dict.fromkeys(t for i in edition.items for t in i.tags)
    fields = {
        "title": _quote(edition.title),
        "date": edition.started.isoformat(timespec="seconds"),
        "lastmod": edition.updated.isoformat(timespec="seconds"),
        "modified": edition.updated.isoformat(timespec="seconds"),
        "description": _quote(edition.description),
        "slug": _quote(slugify(edition.title)),
        "lang": _quote(edition.language),
        "authors": f"[{', '.join([_quote(a) for a in edition.authors])}]",
        "tags": f"[{', '.join([_quote(t) for t in tags])}]",
        "kicker": _quote(edition.kicker),
        "canonical_url": _quote(edition.url),
        "render_with_liquid": "false",
        "templateEngineOverride": _quote("md"),
    }
    return "".join([f"{k}: {v}\n" for k, v in fields.items() if v not in ('""', "[]")])


def slugify(title: str) -> str:
    """A title as part of an address: letters and digits of any script in lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain))
    return "-".join(words)[:80].rstrip("-") or "liveblog"


def _quote(text: str) -> str:
    """A YAML double-quoted string: JSON's, with YAML's own line breaks escaped too (YAML 1.2, 7.3.1)."""
    return json.dumps(UNFIT.sub("", text), ensure_ascii=False).translate(_YAML_BREAKS)


class _MarkdownWriter:
    """Writes the parts of one edition; words and dates are looked up once."""

    def __init__(self, edition: Edition) -> None:
        self._page = to_web_url(edition.url)
        self._voice = get_voice(edition)
        self._words = self._voice.words

    def opening(self, edition: Edition) -> Iterator[str]:
        """What stands before the first entry."""
        words = self._words
        yield to_portable(edition.summary, 2, self._page)
        if edition.ended:
            yield protect_start(
                escape(words.ended.format(moment=self._voice.format_moment(edition.ended)))
            )
            yield to_portable(edition.closing, 2, self._page)
        for text, address in ((words.next, edition.next), (words.previous, edition.previous)):
            if to_web_url(address):
                yield write_link(escape(text), to_web_url(address))

    def entry(self, item: Item) -> str:
        """One entry under its own heading."""
        title = escape(item.title or self._voice.format_moment(item.time))
        return join_blocks(
            [
                write_heading(2, title),
                self._format_byline(item),
                to_portable(item.body, 3, self._page),
                *[self._format_picture(m) for m in item.media],
                _format_sources(item.sources, self._words),
                *[self._format_note(note) for note in item.notes],
                *[self._format_correction(c) for c in item.corrections],
            ]
        )

    def _format_byline(self, item: Item) -> str:
        moment, url = escape(self._voice.format_moment(item.time)), to_web_url(item.permalink)
        parts = [write_link(moment, url) if url else protect_start(moment)]
        parts += [escape(a) for a in item.authors]
        parts += [f"**{escape(m)}**" for m in self._list_marks(item)]
        return " · ".join(parts)

    def _list_marks(self, item: Item) -> Iterable[str]:
        if item.pinned:
            yield self._words.pinned
        if item.key:
            yield self._words.key_event
        if item.label:
            yield item.label

    def _format_picture(self, picture: Picture) -> str:
        url = to_web_url(picture.url)
        caption = " ".join([escape(t) for t in (picture.caption, picture.credit) if t])
        if not url:
            return protect_start(caption or escape(picture.alt))
        if not picture.is_image:
            host = url.split("/")[2].removeprefix("www.")
            text = picture.alt or self._words.media_link.format(host=host)
            return write_link(caption or escape(text), url)
        return join_blocks([f"!{write_link(escape(picture.alt), url)}", protect_start(caption)])

    def _format_note(self, note: Note) -> str:
        title = f"**{escape(note.title)}**" if note.title else ""
        return quote_block(join_blocks([title, to_portable(note.text, 3, self._page)]))

    def _format_correction(self, correction: PublicCorrection) -> str:
        kind = self._words.correction_kinds[correction.kind]
        when = escape(self._voice.format_moment(correction.at))
        note = escape(" ".join(correction.note.split()))
        return f"**{escape(kind)}** ({when}){self._words.colon}{note}"


def _format_sources(sources: tuple[Source, ...], words: Words) -> str:
    if not sources:
        return ""
    named = [_format_source(s, words) for s in sources]
    return (
        f"{escape(words.count(words.sources, len(sources)))}{words.colon}{words.comma.join(named)}"
    )


def _format_source(source: Source, words: Words) -> str:
    url, remark = to_web_url(source.url), words.describe_source(source)
    name = write_link(escape(source.name), url) if url else escape(source.name)
    return f"{name} ({escape(remark)})" if remark else name
