"""What whole processes cost: CPU time and peak memory of the child, as the system counts them."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """A command to measure. `prepare` runs before each round, unmeasured; `stdin` names a file."""

    command: Sequence[str]
    cwd: Path
    stdin: Path | None = None
    prepare: Callable[[], None] | None = None
    env: Mapping[str, str] = {}


class Cost(NamedTuple):
    """CPU and wall time in seconds, peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


def interleaved(cases: Mapping[str, Case], rounds: int) -> dict[str, Cost]:
    """The medians of each case over rounds of A B A B, after one round that is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, case in cases.items():
            cost = once(case)
            if number:
                costs[name].append(cost)
    return {name: _median(all_) for name, all_ in costs.items()}


def once(case: Case) -> Cost:
    """Run it and wait for it.

    Raises:
        RuntimeError: it failed.
    """
    if case.prepare:
        case.prepare()
    with open(case.stdin or os.devnull, "rb") as stdin:
        began = time.perf_counter()
        child = subprocess.Popen(
            case.command,
            cwd=case.cwd,
            env=environment() | dict(case.env),
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(case.command)}: exit status {child.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """What a measured process finds: nothing that keeps Python from its compiled files."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "LIVEBLOG_FILE", "COLUMNS")
    return {k: v for k, v in os.environ.items() if k not in dropped} | {"LANG": "C.UTF-8"}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))
