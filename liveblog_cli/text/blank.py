"""Texts that show nothing on a page, because they have only blanks and invisible characters.

Such a text counts as missing.
"""

from __future__ import annotations

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\xad \t\n"


def is_blank(text: str) -> bool:
    """Whether a text shows nothing."""
    if text[:1].isalnum():  # fast, and true for nearly every text
        return False
    return not text.strip() or (text[0] in _UNSEEN and not text.strip(_UNSEEN))


def drop_blank(text: str) -> str:
    """The text unchanged; "" if it shows nothing."""
    if not text or text[0].isalnum():  # not left to `is_blank`: this runs for every text of a blog
        return text
    return "" if is_blank(text) else text


def drop_blanks(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts without those that show nothing."""
    for text in texts:
        if not text[:1].isalnum():
            return tuple([t for t in texts if not is_blank(t)])
    return texts
