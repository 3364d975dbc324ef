"""`make bench`: what the program costs, measured side by side with others, as docs/benchmarks.md.

Whole processes, CPU time as the system counts it, A B A B by turns, medians, ratios within one run.
"""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cases
import places
from cases import Row

PAGE = places.ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Measure everything and write the page."""
    bin_ = places.environment("liveblog", str(places.ROOT))
    jrnl = places.environment("jrnl", "jrnl")
    with tempfile.TemporaryDirectory(prefix="liveblog-bench-") as name:
        bench = cases.Bench(bin_ / "liveblog", bin_ / "python", jrnl / "jrnl", Path(name))
        rows: list[Row] = []
        for measure in cases.ALL:
            sys.stderr.write(f"{(measure.__doc__ or '').splitlines()[0]}\n")
            for row in measure(bench):
                sys.stderr.write(f"  {row.what}: {row.measured} (target {row.target})\n")
                rows.append(row)
    PAGE.write_text(_page(rows))
    sys.stderr.write(f"written: {PAGE}\n")


def _page(rows: list[Row]) -> str:
    today = datetime.datetime.now(datetime.UTC).date()
    table = "".join([f"| {r.what} | {r.measured} | {r.target} | {r.verdict} |\n" for r in rows])
    return (
        "# Benchmarks\n\n"
        f"Measured on {today} with `make bench` on: {places.machine()}.\n\n"
        "Whole processes; CPU is user and system time of the child as the system counts it. The\n"
        "sides of a ratio ran by turns in one run, and each figure is a median. Wall times include\n"
        "fsync. The package is installed, not linked, so that Python finds compiled files, as it\n"
        "does for users.\n\n"
        "| what | measured | target | |\n|---|---|---|---|\n"
        f"{table}\n{_versions()}"
    )


def _versions() -> str:
    hugo = shutil.which("hugo")
    said = (
        subprocess.run([hugo, "version"], capture_output=True, text=True, check=True)
        if hugo
        else None
    )
    tried = said.stdout.split()[1] if said else "not installed, so not compared"
    return f"Hugo: {tried}. jrnl is from PyPI, the hello-world app is `benchmarks/hello.py`.\n"


if __name__ == "__main__":
    main()
