"""SECURITY.md names what holds each border: those tests are there, and try what it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_border_names_tests_that_are_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "tests" in line]
    borders = [row for row in rows if "`tests/" in row]
    assert len(borders) > 10
    assert len(rows) == len(borders) + 1  # the table's own head
    for name in re.findall(r"`(tests/[\w/]+\.py)`", PAGE):
        assert "\ndef test_" in (ROOT / name).read_text(encoding="utf-8"), name


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (ROOT / target).exists(), target
