"""An entry as HTML for programs that do not have the page: feed readers, mail, a CMS.

Everything is escaped by construction (`Markup.format`), every link is absolute, and what surrounds
the body (pictures, sources, notes, corrections) is visible text in the blog's language.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from liveblog_cli.edition.edition import Edition, Item, Picture, PublicCorrection
from liveblog_cli.edition.voice import Voice, get_voice
from liveblog_cli.model.values import Note, Source
from liveblog_cli.text.languages import find_direction
from liveblog_cli.text.markdown import to_html
from liveblog_cli.text.urls import find_host, to_absolute, to_web_url

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML 1.0 forbids or discourages (2.2), or that are an error in HTML (13.2.3.5)."""

_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"([^>]*)>')
_WEB = ("https://", "http://", "mailto:")
_EMPTY = Markup("")


class FeedHtml:
    """The entries of one edition as HTML. Words and dates are looked up once."""

    def __init__(self, edition: Edition) -> None:
        self._page = to_web_url(edition.url)
        self._voice = get_voice(edition)
        self._from_the_right = find_direction(edition.language) == "rtl"

    def body(self, item: Item) -> Markup:
        """The entry's own text alone; of an entry without one, its first picture."""
        if item.body.strip() or not item.media:
            return self._set_direction(self.markdown(item.html))
        return self._set_direction(_format_figure(item.media[0], self._voice, with_credit=False))

    def content(self, item: Item) -> Markup:
        """The text with label, pictures, sources, notes and corrections."""
        parts = [
            _LABEL.format(item.label) if item.label else _EMPTY,
            self.markdown(item.html),
            *[_format_figure(m, self._voice) for m in item.media],
            _format_sources(item.sources, self._voice),
            *[self._format_note(note) for note in item.notes],
            *[self._format_correction(c) for c in item.corrections],
        ]
        return self._set_direction(_EMPTY.join(parts))

    def markdown(self, rendered: str) -> Markup:
        """HTML from `markdown.to_html` with absolute links. A link that can't be made absolute becomes text."""
        if UNFIT.search(rendered):
            rendered = UNFIT.sub("", rendered)
        if "<img " in rendered:
            rendered = _IMAGE.sub(self._complete_image, rendered)
        if "<a " in rendered:
            rendered = _LINK.sub(self._complete_link, rendered)
        return Markup(rendered)

    def _set_direction(self, html: Markup) -> Markup:
        """The text with its direction: many feed readers show it from left to right unless it says otherwise."""
        return _FROM_THE_RIGHT.format(html) if html and self._from_the_right else html

    def _complete_link(self, found: re.Match[str]) -> str:
        if found[1].startswith(_WEB):
            return found[0]
        href = to_absolute(Markup(found[1]).unescape(), self._page)
        if not href:
            return found[3]
        return Markup('<a href="{}"{}>{}</a>').format(href, Markup(found[2]), Markup(found[3]))

    def _complete_image(self, found: re.Match[str]) -> str:
        src = to_absolute(Markup(found[1]).unescape(), self._page)
        if not src:
            return found[2]
        return Markup('<img src="{}" alt="{}"{}>').format(src, Markup(found[2]), Markup(found[3]))

    def _format_note(self, note: Note) -> Markup:
        title = _BOLD.format(note.title) if note.title else _EMPTY
        return _NOTE.format(title, self.markdown(to_html(note.text)))

    def _format_correction(self, correction: PublicCorrection) -> Markup:
        return _CORRECTION.format(
            self._voice.mark_language(self._voice.words.correction_kinds[correction.kind]),
            correction.at.isoformat(),
            self._voice.mark_language(self._voice.format_moment(correction.at)),
            self._voice.words.colon,
            correction.note,
        )


_FROM_THE_RIGHT = Markup('<div dir="rtl">\n{}</div>\n')
_LABEL = Markup("<p><strong>{}</strong></p>\n")
_BOLD = Markup("<p><strong>{}</strong></p>\n")
_NOTE = Markup("<blockquote>\n{}{}</blockquote>\n")
_CORRECTION = Markup('<p><strong>{}</strong> (<time datetime="{}">{}</time>){}{}</p>\n')
_FIGURE = Markup("<figure>{}{}</figure>\n")
_CAPTION = Markup("<figcaption>{}</figcaption>")
_ANCHOR = Markup('<a href="{}">{}</a>')
_PARAGRAPH = Markup("<p>{}</p>\n")
_SOURCES = Markup("<p>{}{}{}</p>\n")


def _format_sources(sources: tuple[Source, ...], voice: Voice) -> Markup:
    if not sources:
        return _EMPTY
    words = voice.words
    named = Markup(words.comma).join([_format_source(s, voice) for s in sources])
    word = voice.mark_language(words.count(words.sources, len(sources)))
    return _SOURCES.format(word, words.colon, named)


def _format_source(source: Source, voice: Voice) -> Markup:
    url, remark = to_web_url(source.url), voice.words.describe_source(source)
    name = _ANCHOR.format(url, source.name) if url else Markup.escape(source.name)
    return name + Markup(" ({})").format(voice.mark_language(remark)) if remark else name


def _format_figure(picture: Picture, voice: Voice, with_credit: bool = True) -> Markup:
    url = to_web_url(picture.url)
    texts = [picture.caption, picture.credit if with_credit else ""]
    caption = " ".join(t for t in texts if t)
    if not url:
        text = " ".join(t for t in (picture.caption or picture.alt, texts[1]) if t)
        return _PARAGRAPH.format(text) if text else _EMPTY
    if not picture.is_image:
        return _format_card(url, caption or picture.alt, voice)
    return _FIGURE.format(
        _format_image(url, picture), _CAPTION.format(caption) if caption else _EMPTY
    )


def _format_image(url: str, picture: Picture) -> Markup:
    size = _EMPTY
    if picture.width and picture.height:
        size = Markup(' width="{}" height="{}"').format(picture.width, picture.height)
    return Markup('<img src="{}" alt="{}"{}>').format(url, picture.alt, size)


def _format_card(url: str, caption: str, voice: Voice) -> Markup:
    """A link to a video or a post on another site."""
    host = find_host(url)
    text = caption or voice.mark_language(voice.words.media_link.format(host=host))
    return _PARAGRAPH.format(_ANCHOR.format(url, text))
