"""Entry ids: short, random, never reused, easy to say and to type."""

from __future__ import annotations

from collections.abc import Callable

_LETTERS = "abcdefghjkmnpqrstvwxyz"
_ALL = _LETTERS + "23456789"
SHORT = 5
LONG = 10


def new_id(chance: Callable[[str], int], taken: Callable[[str], bool], length: int = SHORT) -> str:
    """An id of `length` characters for which `taken` is false. It begins with a letter.

    `chance` turns a salt into 128 random bits. There are 20 million ids of five characters, 6e14 of ten.
    """
    attempt = 0
    while True:
        bits = chance(str(attempt)) % (len(_LETTERS) * len(_ALL) ** (length - 1))
        bits, first = divmod(bits, len(_LETTERS))
        name = _LETTERS[first]
        for _ in range(length - 1):
            bits, index = divmod(bits, len(_ALL))
            name += _ALL[index]
        if not taken(name):
            return name
        attempt += 1
