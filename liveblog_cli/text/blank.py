"""Texts that show nothing: blanks and signs without ink. Where a text is asked for, they are none."""

from __future__ import annotations

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
