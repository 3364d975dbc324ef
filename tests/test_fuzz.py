"""Whatever comes in: an answer or a clear refusal, soon, and in little memory."""

from __future__ import annotations

import os
import resource
import traceback
from pathlib import Path
from typing import NoReturn

import pytest
from fileshapes import HOSTILE, STATEMENTS
from fuzz.targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = 'title = "t"\n\n[[entries]]\nid = "a"\ntime = 2024-01-01T00:00:00Z\n'
WORDS = st.sampled_from(
    [*HOSTILE, *STATEMENTS, HEAD, "0001-01-01 00:00", "9999-12-31T23:59-12", "12.11.2024", "14:05",
     "tomorrow", " ago", "in ", "-", "+", "999999", "h", "am", "<https://x>", "(agency", ")", "[[[",
     '{"headline":', "1e999", "\\u0000", "\ud800", "٣", "½"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=12).map("".join) | st.text()


@pytest.mark.parametrize("name", TARGETS)
@settings(deadline=2000)
@given(TEXTS)
def test_any_text_is_answered_or_refused(name: str, text: str) -> None:
    TARGETS[name](text)
    TARGETS[name](HEAD + text)


N = 300_000
GIANTS = {
    "brackets": "[" * N,
    "a nested array": "tags = " + "[" * N,
    "nested tables": "was = " + "{a=" * N,
    "a dotted key": "a." * N + "b = 1",
    "a dotted header": "[a" + ".a" * N,
    "a long number": "key = " + "1" * N,
    "quotes": '"' * N,
    "strings in a line": '"""a""" = ' * (N // 10),
    "apostrophes": "'" * N,
    "backslashes": 'body = """' + "\\" * N,
    "blanks": " " * N + "[[entries]]" + " " * N,
    "blank lines": "\n" * N,
    "headers in a string": 'body = """\n' + "[[entries]]\n" * (N // 20),
    "open strings": 'body = """\nx\n' * (N // 100),
    "brackets in lines": "[x\n" * (N // 10),
    "hashes": "#" * N,
    "colons": "12:" * N,
    "a name and no address": "<" * N,
    "parentheses": "(" * N,
    "nested objects": '{"headline":' * N,
}


SECONDS, MEMORY = 5, 300_000_000
"""A thousand bytes for each character, and time for any number of looks at each; a look at every
character for every other one would take an hour."""


@pytest.mark.parametrize("name", GIANTS)
def test_giants_are_answered_soon_and_in_little_memory(name: str) -> None:
    """In a fork with limits: what takes longer is killed, what takes more gets a MemoryError."""
    pid = os.fork()
    if not pid:
        _answer(GIANTS[name])
    assert os.waitpid(pid, 0)[1] == 0, "killed, or see the traceback above"


def _answer(text: str) -> NoReturn:
    try:
        there = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (there + MEMORY, there + MEMORY))
        for target in TARGETS.values():
            target(text)
            target(HEAD + text)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)
