"""What was probably meant: the known names that are most like one that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import eq

_FEW = 5
"""So many names that begin as was typed are all suggested; of more, the one most like it."""


_LONGEST = 100
"""Characters of a name for which another is looked for: longer ones are texts."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """`: did you mean 'redo' or 'reopen'?`, or nothing."""
    return meant(likely(name, known))


def meant(names: Sequence[str]) -> str:
    """`: did you mean 'redo' or 'reopen'?` for these names; nothing for none."""
    if not names:
        return ""
    *others, last = map(repr, names)
    before = f"{', '.join(others)} or " if others else ""
    return f": did you mean {before}{last}?"


def likely(name: str, known: Iterable[str]) -> list[str]:
    """The known names that were probably meant by one that is none.

    That is the one that differs in capitals or in the line between words; else all that begin so, if
    they are few; else the one most like it.
    """
    plain = {_plain(k): k for k in known}
    typed = _plain(name)
    begun = [k for k in plain if k.startswith(typed)] if typed else []
    if typed in plain:
        begun = [typed]
    if not begun or len(begun) > _FEW:
        begun = _most_like(typed, plain)
    return [plain[k] for k in begun]


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


def _most_like(typed: str, known: Iterable[str]) -> list[str]:
    """The name most like what was typed; of several, the one that begins most like it."""
    import difflib

    if len(typed) > _LONGEST:
        return []
    close = difflib.get_close_matches(typed, known, n=20)

    def likeness(name: str) -> tuple[float, int]:
        same = sum(takewhile(bool, map(eq, name, typed)))
        return difflib.SequenceMatcher(None, name, typed).ratio(), same

    return [max(close, key=likeness)] if close else []
