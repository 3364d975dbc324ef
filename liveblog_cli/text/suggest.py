"""Suggestions for a mistyped name: the known names that are most like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import eq

_FEW = 5
"""If at most this many names begin with the typed text, all of them are suggested; else only the most similar."""

_LONGEST = 100
"""Characters. A longer name gets no suggestion, because it is rather a text."""


def suggest(name: str, known: Iterable[str]) -> str:
    """`: did you mean 'redo' or 'reopen'?`, to put behind a message; "" if no known name is similar."""
    return format_suggestion(find_likely(name, known))


def format_suggestion(names: Sequence[str]) -> str:
    """`: did you mean 'redo' or 'reopen'?` with these names; "" without names."""
    if not names:
        return ""
    *others, last = map(repr, names)
    before = f"{', '.join(others)} or " if others else ""
    return f": did you mean {before}{last}?"


def find_likely(name: str, known: Iterable[str]) -> list[str]:
    """The known names that somebody probably meant by `name`.

    This is the one that differs only in capitals or in `_` for `-`; else those that begin with `name`, if
    they are few; else the most similar one.
    """
    plain = {_fold(k): k for k in known}
    typed = _fold(name)
    begun = [k for k in plain if k.startswith(typed)] if typed else []
    if typed in plain:
        begun = [typed]
    if not begun or len(begun) > _FEW:
        begun = _most_like(typed, plain)
    return [plain[k] for k in begun]


def _fold(name: str) -> str:
    return name.casefold().replace("_", "-")


def _most_like(typed: str, known: Iterable[str]) -> list[str]:
    """The known name that is most similar to the typed one; of several, the one with the longest same beginning."""
    import difflib

    if len(typed) > _LONGEST:
        return []
    close = difflib.get_close_matches(typed, known, n=20)

    def likeness(name: str) -> tuple[float, int]:
        same = sum(takewhile(bool, map(eq, name, typed)))
        return difflib.SequenceMatcher(None, name, typed).ratio(), same

    return [max(close, key=likeness)] if close else []
