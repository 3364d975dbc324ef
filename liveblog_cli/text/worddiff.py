"""The difference between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

Part = tuple[str, str]
"""A sign and a text: `=` is in both texts, `-` only in the old one, `+` only in the new one."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORK = 4_000_000
_LEAST_ALIKE = 0.4
"""If a smaller part of the words is the same, the whole old text is shown as replaced by the whole new one."""

_CRUMB = 3
"""Up to so many unchanged characters between two changes are shown as changed, too: this reads better."""


def diff_words(before: str, after: str) -> list[Part]:
    """The parts of both texts in order. The parts with `=` and `-` together are `before`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _count_shared(old, new)
    end = _count_shared(old[start:][::-1], new[start:][::-1])
    middle = _compare(old[start : len(old) - end], new[start : len(new) - end])
    parts = [("=", "".join(old[:start])), *middle, ("=", "".join(old[len(old) - end :]))]
    return [(sign, text) for sign, text in parts if text]


def format_value(value: Any) -> str:
    """The plain value of a field as text for people; "" if it is not set."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(
            f"{v}" if k == "name" else f"{k}={format_value(v)}" for k, v in value.items()
        )
    if isinstance(value, (list, tuple)):
        return ", ".join(format_value(v) for v in value)
    return str(value)


def _compare(old: list[str], new: list[str]) -> list[Part]:
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
            _append_change(parts, before, after)
    return parts


def _append_change(parts: list[Part], before: str, after: str) -> None:
    """Add a change to the end of `parts`. If they end with a change, the two become one."""
    if parts and parts[-1][0] == "+":
        after = parts.pop()[1] + after
        before = parts.pop()[1] + before
    parts += [("-", before), ("+", after)]


def _count_shared(old: list[str], new: list[str]) -> int:
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
