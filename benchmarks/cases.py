"""What is measured, each with its target. One function a topic; `ALL` is their order."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import hugo_site
import places
from measure import Case, Cost, environment, interleaved, once


class Row(NamedTuple):
    """A line of the table."""

    what: str
    measured: str
    target: str
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """In one word."""
        return {True: "met", False: "**missed**", None: ""}[self.met]


class Bench:
    """The programs, and blogs that are made when they are first needed."""

    def __init__(self, liveblog: Path, python: Path, jrnl: Path, folder: Path) -> None:
        self.liveblog, self.python, self.jrnl, self.folder = liveblog, python, jrnl, folder
        self._blogs: dict[int, Path] = {}

    def blog(self, number: int) -> Path:
        """A blog of that many entries."""
        if number not in self._blogs:
            self._blogs[number] = places.blog(self.liveblog, self.folder, number)
        return self._blogs[number]

    def case(self, number: int, *words: str, stdin: Path | None = None) -> Case:
        """A command on a blog of that many entries."""
        command = [str(self.liveblog), *words, "-f", str(self.blog(number))]
        return Case(command, self.folder, stdin)

    @cached_property
    def journal(self) -> tuple[Path, Path]:
        """A journal of 10,000 entries, and its configuration."""
        return places.journal(self.folder, 10_000)

    @property
    def jrnl_add(self) -> list[str]:
        """jrnl adding an entry."""
        return [str(self.jrnl), "--config-file", str(self.journal[1]), "Smoke over pier 4."]


def _ratio(what: str, costs: dict[str, Cost], a: str, b: str, most: float) -> Row:
    ratio = costs[a].cpu / costs[b].cpu
    figures = f"{ratio:.2f}x ({costs[a].cpu * 1000:.0f} ms / {costs[b].cpu * 1000:.0f} ms)"
    return Row(what, figures, f"≤ {most:g}x", ratio <= most)


def adding(bench: Bench) -> Iterator[Row]:
    """add-entry from a script: against hello world, and in blogs of all sizes."""
    words = ("add-entry", "Smoke over pier 4")
    hello = Case([str(bench.python), str(Path(__file__).with_name("hello.py"))], bench.folder)
    sizes = {str(n): bench.case(n, *words) for n in (10, 10_000, 100_000)}
    costs = interleaved({"hello": hello, **sizes}, 40)
    yield _ratio("`add-entry`, against a hello-world app on Typer", costs, "10", "hello", 1.3)
    yield _ratio("`add-entry`, at 10,000 entries against 10", costs, "10000", "10", 1.1)
    yield _ratio("`add-entry`, at 100,000 entries against 10", costs, "100000", "10", 1.2)


def changing(bench: Bench) -> Iterator[Row]:
    """pin and list, at 10,000 entries against 100."""
    costs = interleaved(
        {
            f"{words[0]} {n}": bench.case(n, *words)._replace(prepare=_unpin(bench, n))
            for n in (100, 10_000)
            for words in (["pin", "last"], ["list", "-n", "20"])
        },
        15,
    )
    yield _ratio("`pin`, at 10,000 entries against 100", costs, "pin 10000", "pin 100", 1.5)
    what = "`list -n 20`, at 10,000 entries against 100"
    yield _ratio(what, costs, "list 10000", "list 100", 1.5)


def _unpin(bench: Bench, number: int) -> Callable[[], None]:
    def prepare() -> None:
        once(bench.case(number, "unpin", "last"))

    return prepare


def exporting(bench: Bench) -> Iterator[Row]:
    """All five exports of 10,000 entries."""
    out = bench.folder / "public"
    export = bench.case(10_000, "export", "-o", str(out))
    cases = {"liveblog": export._replace(prepare=lambda: shutil.rmtree(out, ignore_errors=True))}
    hugo = shutil.which("hugo")
    if hugo:
        site = hugo_site.build(bench.folder / "hugo", 10_000)
        built = site / "public"
        command = [hugo, "--source", str(site), "--quiet"]
        clean = Case(command, site, None, lambda: shutil.rmtree(built, ignore_errors=True))
        cases["hugo"] = clean
    costs = interleaved(cases, 3)
    cpu, memory = costs["liveblog"].cpu, costs["liveblog"].memory
    if hugo:
        ratio = cpu / costs["hugo"].cpu
        figures = f"{cpu:.1f} s, Hugo {costs['hugo'].cpu:.1f} s: {ratio:.2f}x"
        what = "all five exports of 10,000 entries, CPU, against Hugo's HTML, RSS and JSON"
        yield Row(what, figures, "≤ 0.69x", ratio <= 2.4 / 3.5)
    else:
        yield Row("all five exports of 10,000 entries, CPU", f"{cpu:.1f} s", "≤ 2.4 s", cpu <= 2.4)
    yield Row("the same, peak memory", f"{memory:.0f} MiB", "≤ 250 MiB", memory <= 250)


def streaming(bench: Bench) -> Iterator[Row]:
    """add-entry --jsonl: rate, memory and how soon a line is in the file."""
    feed = places.feed(bench.folder, 10_000)
    add = ("add-entry", "--jsonl", "-")
    cost = interleaved({"stream": bench.case(0, *add, stdin=feed)}, 5)["stream"]
    rate = 10_000 / cost.wall
    what = "`add-entry --jsonl` of 10,000 entries, whole process"
    yield Row(what, f"{rate:,.0f} entries/s", "≥ 20,000 entries/s", rate >= 20_000)
    feed = places.feed(bench.folder, 1_000_000, 400)
    memory = once(bench.case(1, *add, stdin=feed)).memory
    feed.unlink()
    what = "the same, 1,000,000 lines, peak memory"
    yield Row(what, f"{memory:.0f} MiB", "≤ 60 MiB", memory <= 60)
    slowest = max(_delays(bench))
    what = "from a line of a live pipe to its entry in the file, slowest of 50, wall"
    yield Row(what, f"{slowest * 1000:.0f} ms", "≤ 200 ms", slowest <= 0.2)


def _delays(bench: Bench) -> list[float]:
    case = bench.case(10_000, "add-entry", "--jsonl", "-")
    file, delays = bench.blog(10_000), []
    with subprocess.Popen(
        case.command,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        assert process.stdin
        time.sleep(1)
        for number in range(50):
            size, began = file.stat().st_size, time.perf_counter()
            process.stdin.write(f'{{"headline": "Number {number}"}}\n'.encode())
            process.stdin.flush()
            while file.stat().st_size == size:
                time.sleep(0.001)
            delays.append(time.perf_counter() - began)
            time.sleep(0.02)
        process.stdin.close()
    return delays


def against_jrnl(bench: Bench) -> Iterator[Row]:
    """One entry to 10,000, and twenty at once, against jrnl."""
    jrnl = Case(bench.jrnl_add, bench.folder)
    liveblog = bench.case(10_000, "add-entry", "Smoke over pier 4")
    costs = interleaved({"jrnl": jrnl, "liveblog": liveblog}, 7)
    ratio = costs["jrnl"].cpu / costs["liveblog"].cpu
    figures = f"{ratio:.1f}x faster ({costs['liveblog'].cpu:.3f} s, jrnl {costs['jrnl'].cpu:.2f} s)"
    yield Row("one entry to 10,000, CPU, against jrnl", figures, "≥ 15x", ratio >= 15)
    blog, (journal, _) = bench.blog(10_000), bench.journal
    kept = _kept(liveblog.command, blog, '"Smoke over pier 4"')
    yield Row("20 processes that add at once, kept by liveblog", f"{kept} of 20", "20", kept == 20)
    kept = _kept(bench.jrnl_add, journal, "Smoke over pier 4.")
    yield Row("the same, kept by jrnl", f"{kept} of 20", "")


def _kept(command: object, file: Path, words: str) -> int:
    before = file.read_text().count(words)
    quiet = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    running = [subprocess.Popen(command, env=environment(), **quiet) for _ in range(20)]  # type: ignore[call-overload]  # the same for all
    for process in running:
        process.wait()
    return file.read_text().count(words) - before


ALL = (adding, changing, exporting, streaming, against_jrnl)
