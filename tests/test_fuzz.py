"""Whatever comes in: an answer or a clear refusal, soon, and in little memory."""

from __future__ import annotations

import subprocess
import sys

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


N = 10**6
GIANTS = {
    "brackets": "[" * N,
    "a nested array": "tags = " + "[" * N,
    "nested tables": "was = " + "{a=" * N,
    "a dotted key": "a." * N + "b = 1",
    "a dotted header": "[a" + ".a" * N,
    "a long number": "key = " + "1" * N,
    "quotes": '"' * N,
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


@pytest.mark.parametrize("name", GIANTS)
def test_giants_are_answered_soon_and_in_little_memory(name: str) -> None:
    """In a process of its own with 15 seconds of CPU and 1 GiB of memory."""
    code = (
        "import resource, sys; sys.path[:0] = ['tests', 'tests/builders'];"
        "resource.setrlimit(resource.RLIMIT_CPU, (15, 15));"
        "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30));"
        "from fuzz.targets import TARGETS; from test_fuzz import GIANTS, HEAD;"
        f"text = GIANTS[{name!r}];"
        "[target(t) for target in TARGETS.values() for t in (text, HEAD + text)]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr[-500:]) == (0, "")
