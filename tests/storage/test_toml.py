"""Strings as they are written into a blog file: they come back, and steer no editor that opens it."""

from __future__ import annotations

import re

import tomli
from hypothesis import given
from hypothesis import strategies as st

from liveblog_cli.storage import toml

WORDS = ["vim", "Vi", "ex", "EX", "Local Variables", "local variabLES", ":", "7", "<", "=", ">"]
TEXTS = st.lists(
    st.sampled_from([*WORDS, " ", "a", "s", "es", "\n", "https:", '"', "\\"]), max_size=9
)
STEERS = re.compile(r"\b(?:vim?|ex)[<=>]?\d*:|\bLocal Variables:", re.IGNORECASE)


@given(TEXTS.map("".join))
def test_no_text_stands_in_the_file_as_an_editors_settings(text: str) -> None:
    """Vim and Emacs look for them in the first and last lines of whatever they open."""
    for written in (toml.write_string(text), toml.write_value([text])):
        assert not STEERS.search(written)


@given(TEXTS.map("".join))
def test_what_is_written_comes_back(text: str) -> None:
    written = f"one = {toml.write_string(text)}\nmany = {toml.write_value([text])}\n"
    assert tomli.loads(written) == {"one": text, "many": [text]}
