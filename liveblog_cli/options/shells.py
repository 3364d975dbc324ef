"""What a shell that completes a command line gets from this program: the one door to all of them.

A shell evaluates what it is handed: zsh as code, bash as patterns, fish by lines and tabs. So nothing
passes that any of them could read as more than text, whoever wrote it and whatever command offers
it. It is an allow-list: a character that nobody thought of does not pass.
"""

from __future__ import annotations

import os
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

VARIABLE = "_LIVEBLOG_COMPLETE"
"""Set by the shell's script: `complete_zsh` and the like."""

PATIENCE = 2.0
"""Seconds after which a file that does not answer offers nothing."""

LONGEST = 256
"""Characters of a word that is worth typing by itself."""

_IN_WORDS = "_-./@+,"
_LOOK_ALIKES = {ord(c): chr(ord(c) + 0xFEE0) for c in "!#$%&()*:;<=>?[\\]^{|}~"} | {
    ord('"'): "”",
    ord("'"): "’",
    ord("`"): "‘",
}
"""Signs that shells read, as the wide signs and the quotes of print, which none of them does."""

_IN_TEXTS = {*_IN_WORDS, *" “”‘’„«»–—…·", *_LOOK_ALIKES.values()}


class Completion(NamedTuple):
    """A word for the command line, and what is said of it beside."""

    word: str
    said: str = ""


def answer(command: Any, instruction: str) -> int:
    """Write what `command` offers to the shell that asks. Whatever fails, it offers nothing and is silent."""
    _, _, shell = instruction.partition("_")
    try:
        with _Patience():
            found = list(_offers(command, shell))
        sys.stdout.buffer.write(FORMATS[shell](found).encode(sys.stdout.encoding, "ignore"))
        sys.stdout.buffer.flush()
    except Exception:  # noqa: BLE001 - in the middle of somebody's command line there is no place for it
        return 1
    asked = os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"
    return 1 if shell == "fish" and asked and not found else 0


def is_word(text: str) -> bool:
    """Whether every shell takes a text for one word and nothing else."""
    return 0 < len(text) <= LONGEST and all(_is_letter(c) or c in _IN_WORDS for c in text)


def plain(text: str) -> str:
    """A text for people to read: what a shell could read is replaced by a look-alike, or a blank."""
    shown = text.translate(_LOOK_ALIKES)
    shown = "".join([c if _is_letter(c) or c in _IN_TEXTS else " " for c in shown])
    return " ".join(shown.split())


def _is_letter(character: str) -> bool:
    """Letters, digits and the marks on them, of every script."""
    return unicodedata.category(character)[0] in "LNM"


def _offers(command: Any, shell: str) -> Iterable[Completion]:
    asking = _asking(shell)(command, {}, "liveblog", VARIABLE)
    words, begun = asking.get_completion_args()
    for item in asking.get_completions(words, begun):
        word, said = _carried(item.value), _carried(plain(item.help or ""))
        dashed = word.startswith("-") and not begun.startswith("-")  # it would be read as an option
        if word == item.value and is_word(word) and not dashed:
            yield Completion(word, said)


def _asking(shell: str) -> Any:
    """Typer's class that knows how a shell says what was typed so far."""
    from typer import _completion_classes as typers

    return {
        "bash": typers.BashComplete,
        "zsh": typers.ZshComplete,
        "fish": typers.FishComplete,
        "powershell": typers.PowerShellComplete,
        "pwsh": typers.PowerShellComplete,
    }[shell]


def _carried(text: str) -> str:
    """What of a text the encoding of stdout carries, and as bytes that no shell takes for a sign.

    In Big5 and Shift-JIS the second byte of many a character is a backslash.
    """
    code = sys.stdout.encoding

    def is_carried(character: str) -> bool:
        found = character.encode(code, "ignore")
        return bool(found) and (character.isascii() or min(found) >= 0x80)

    return "".join([c for c in text if is_carried(c)])


def _for_bash(offers: list[Completion]) -> str:
    return "".join([f"{o.word}\n" for o in offers])


def _for_zsh(offers: list[Completion]) -> str:
    items = [f'"{o.word}":"{o.said}"' if o.said else f'"{o.word}"' for o in offers]
    return "_arguments '*: :((" + "\n".join(items) + "))'\n" if items else "_files\n"


def _for_fish(offers: list[Completion]) -> str:
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") != "get-args":
        return ""
    return "".join([f"{o.word}\t{o.said}\n" if o.said else f"{o.word}\n" for o in offers])


def _for_powershell(offers: list[Completion]) -> str:
    return "".join([f"{o.word}:::{o.said or ' '}\n" for o in offers])


FORMATS: dict[str, Callable[[list[Completion]], str]] = {
    "bash": _for_bash,
    "zsh": _for_zsh,
    "fish": _for_fish,
    "powershell": _for_powershell,
    "pwsh": _for_powershell,
}
"""The shells that can be answered, and how."""


class _Patience:
    """Ends what takes longer than `PATIENCE` with a TimeoutError, where the system can do so."""

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._stop)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    @staticmethod
    def _stop(*_: object) -> None:
        raise TimeoutError
