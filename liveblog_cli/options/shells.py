"""What shells get from this program when they complete a command line. Every completion passes through here.

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
            found = list(_list_offers(command, shell))
        sys.stdout.buffer.write(FORMATS[shell](found).encode(sys.stdout.encoding, "ignore"))
        sys.stdout.buffer.flush()
    except Exception:  # noqa: BLE001 - in the middle of somebody's command line there is no place for it
        return 1
    asked = os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"
    return 1 if shell == "fish" and asked and not found else 0


def is_word(text: str) -> bool:
    """Whether every shell takes a text for one word and nothing else."""
    return 0 < len(text) <= LONGEST and all(_is_letter(c) or c in _IN_WORDS for c in text)


def replace_signs(text: str) -> str:
    """A text for people to read. Signs that a shell could act on become look-alikes, or blanks."""
    shown = text.translate(_LOOK_ALIKES)
    shown = "".join([c if _is_letter(c) or c in _IN_TEXTS else " " for c in shown])
    return " ".join(shown.split())


def _is_letter(character: str) -> bool:
    """Letters, digits and the marks on them, of every script."""
    return unicodedata.category(character)[0] in "LNM"


def _list_offers(command: Any, shell: str) -> Iterable[Completion]:
    reader = _find_reader(shell)(command, {}, "liveblog", VARIABLE)
    words, begun = reader.get_completion_args()
    for item in reader.get_completions(words, begun):
        word, said = _keep_encodable(item.value), _keep_encodable(replace_signs(item.help or ""))
        dashed = word.startswith("-") and not begun.startswith("-")  # it would be read as an option
        if word == item.value and is_word(word) and not dashed:
            yield Completion(word, said)


def _find_reader(shell: str) -> Any:
    """Typer's class that knows how a shell says what was typed so far."""
    from typer import _completion_classes

    return {
        "bash": _completion_classes.BashComplete,
        "zsh": _completion_classes.ZshComplete,
        "fish": _completion_classes.FishComplete,
        "powershell": _completion_classes.PowerShellComplete,
        "pwsh": _completion_classes.PowerShellComplete,
    }[shell]


def _keep_encodable(text: str) -> str:
    """The characters of a text that stdout's encoding can write, with bytes that no shell takes for a sign.

    In Big5 and Shift-JIS the second byte of many a character is a backslash.
    """
    code = sys.stdout.encoding

    def is_carried(character: str) -> bool:
        found = character.encode(code, "ignore")
        return bool(found) and (character.isascii() or min(found) >= 0x80)

    return "".join([c for c in text if is_carried(c)])


def _format_for_bash(offers: list[Completion]) -> str:
    return "".join([f"{o.word}\n" for o in offers])


def _format_for_zsh(offers: list[Completion]) -> str:
    items = [f'"{o.word}":"{o.said}"' if o.said else f'"{o.word}"' for o in offers]
    return "_arguments '*: :((" + "\n".join(items) + "))'\n" if items else "_files\n"


def _format_for_fish(offers: list[Completion]) -> str:
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") != "get-args":
        return ""
    return "".join([f"{o.word}\t{o.said}\n" if o.said else f"{o.word}\n" for o in offers])


def _format_for_powershell(offers: list[Completion]) -> str:
    return "".join([f"{o.word}:::{o.said or ' '}\n" for o in offers])


FORMATS: dict[str, Callable[[list[Completion]], str]] = {
    "bash": _format_for_bash,
    "zsh": _format_for_zsh,
    "fish": _format_for_fish,
    "powershell": _format_for_powershell,
    "pwsh": _format_for_powershell,
}
"""The shells that can be answered, each with what writes its form of completions."""


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
