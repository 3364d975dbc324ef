"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

Part = tuple[str, str]
"""A sign and a text: `=` in both, `-` only before, `+` only after."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORK = 4_000_000


def word_diff(before: str, after: str) -> list[Part]:
    """The parts of both texts in order; those with `=` and `-` joined are `before`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle = _compared(old[start : len(old) - end], new[start : len(new) - end])
    parts = [("=", "".join(old[:start])), *middle, ("=", "".join(old[len(old) - end :]))]
    return [(sign, text) for sign, text in parts if text]


def shown(value: Any) -> str:
    """A field's plain value as a person reads it; nothing where it is not set."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(f"{v}" if k == "name" else f"{k}={shown(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(v) for v in value)
    return str(value)


def _compared(old: list[str], new: list[str]) -> list[Part]:
    if len(old) * len(new) > _MOST_WORK:
        return [("-", "".join(old)), ("+", "".join(new))]
    parts: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("=", "".join(old[a:b])))
        else:
            parts += [("-", "".join(old[a:b])), ("+", "".join(new[c:d]))]
    return parts


def _shared(old: list[str], new: list[str]) -> int:
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
