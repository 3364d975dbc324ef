"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

Part = tuple[str, str]
"""A sign and a text: `=` in both, `-` only before, `+` only after."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORK = 4_000_000
_LEAST_ALIKE = 0.4
"""Below this part of shared words two texts are told as one instead of the other."""

_CRUMB = 3
"""Characters up to which what stayed between two changes is told as changed: it reads better."""


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
    whole = [("-", "".join(old)), ("+", "".join(new))]
    if len(old) * len(new) > _MOST_WORK:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return whole
    parts: list[Part] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal" and len(before.strip()) > _CRUMB:
            parts.append(("=", before))
        else:
            _replace(parts, before, after)
    return parts


def _replace(parts: list[Part], before: str, after: str) -> None:
    """Put a change behind `parts`, as one with the change that stands there already."""
    if parts and parts[-1][0] == "+":
        after = parts.pop()[1] + after
        before = parts.pop()[1] + before
    parts += [("-", before), ("+", after)]


def _shared(old: list[str], new: list[str]) -> int:
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
