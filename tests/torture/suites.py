"""The attacks that stand among the tests: run as they are, counted, and what was left out named."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]

SUITES = {
    "users, groups and access lists": ["storage/test_rights.py"],
    "planted links, pipes and leftovers": ["storage/test_links.py"],
    "devices and pipes as targets": ["publish/test_sinks.py"],
    "targets that are inputs": ["storage/test_guard.py"],
    "texts that steer a terminal": ["runtime/test_steering.py", "model/test_validity.py"],
    "ASCII, ISO-8859-1 and bytes": ["runtime/test_encodings.py"],
    "/dev/full, closed pipes, signals": ["runtime/test_lost_answers.py"],
    "merge conflicts and half entries": ["storage/test_conflicts.py", "storage/test_torn_tail.py"],
}


def run(files: list[str]) -> dict[str, int]:
    """How many tests passed, failed and were left out; why the last ones were is printed by name."""
    paths = [str(TESTS / name) for name in files]
    words = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(
        words, cwd=TESTS.parent, capture_output=True, text=True, check=False, timeout=1800
    )
    for line in done.stdout.splitlines():
        if line.startswith("SKIPPED"):
            sys.stdout.write(f"  left out: {line.removeprefix('SKIPPED ')}\n")
    counts = {
        what: int(n) for n, what in re.findall(r"(\d+) (passed|failed|skipped|error)", done.stdout)
    }
    failed = counts.get("failed", 0) + counts.get("error", 0)
    if failed or done.returncode or not counts.get("passed"):
        sys.stdout.write(done.stdout[-2000:] + done.stderr[-2000:])
        failed = failed or 1
    return {
        "passed": counts.get("passed", 0),
        "left out": counts.get("skipped", 0),
        "failed": failed,
    }
