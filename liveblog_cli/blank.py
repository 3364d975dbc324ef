"""Texts that show nothing: blanks and signs without ink. Where a text is asked for, they are none."""

from __future__ import annotations

from msgspec.structs import replace

from liveblog_cli.model import Note, Source

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\xad \t\n"


def is_blank(text: str) -> bool:
    """Whether nothing of a text is to be seen."""
    if text[:1].isalnum():  # as nearly every text begins
        return False
    return not text.strip() or (text[0] in _UNSEEN and not text.strip(_UNSEEN))


def seen(text: str) -> str:
    """The text as it stands; empty where nothing of it is to be seen."""
    if not text or text[0].isalnum():  # asked here too: it is asked of every text of a blog
        return text
    return "" if is_blank(text) else text


def seen_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the texts that show something."""
    for text in texts:
        if not text[:1].isalnum():
            return tuple([t for t in texts if not is_blank(t)])
    return texts


def seen_source(source: Source) -> Source | None:
    """The source; one whose name shows nothing is called by its address, and is none without one."""
    if source.name[:1].isalnum() or not is_blank(source.name):
        return source
    return replace(source, name=source.url) if source.url else None


def seen_box(box: Note) -> Note | None:
    """The box, without a title that shows nothing; none where its text shows nothing either."""
    title = seen(box.title)
    if not title and is_blank(box.text):
        return None
    return box if title == box.title else replace(box, title=title)
