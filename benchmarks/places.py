"""What the benchmarks work on: environments of their own, blogs and a journal of known sizes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / "benchmarks"
WORDS = "The harbour master says that nobody was hurt and that the pier stays closed until noon. "


def environment(name: str, *packages: str) -> Path:
    """The `bin` folder of a virtual environment with packages that are compiled, not linked."""
    folder = VENVS / f".venv-{name}"
    if not (folder / "done").exists():
        venv.create(folder, with_pip=True, clear=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q"]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    quiet = ["--disable-pip-version-check", "--upgrade"]
    own = ["--force-reinstall", "--no-deps"] if (folder / "done").exists() else []
    if not own or str(ROOT) in packages:  # our own package is installed anew each time
        subprocess.run([*pip, *quiet, *own, *packages], env=env, check=True)
    (folder / "done").touch()
    return folder / "bin"


def lines(number: int, size: int = 650) -> Iterator[str]:
    """That many entries as JSON lines, each of about `size` bytes in a blog file."""
    body = (WORDS * 10)[: size - 270]
    for index in range(number):
        entry = {
            "time": f"2024-11-{index * 28 // number + 1:02}T{index % 24:02}:{index % 60:02}:00Z",
            "headline": f"Number {index} of what happened at the harbour",
            "body": body,
            "tags": ["fire"],
            "authors": ["Ada Lovelace"],
        }
        yield json.dumps(entry) + "\n"


def blog(liveblog: Path, folder: Path, number: int) -> Path:
    """A blog file of that many entries."""
    file = folder / f"blog-{number}.toml"
    new = [liveblog, "new", "Harbour fire", "--timezone", "Europe/Berlin"]
    new += ["--language", "en", "--url", "https://news.example/fire", "-f", file]
    subprocess.run([str(word) for word in new], check=True, stdout=subprocess.DEVNULL)
    add = [str(liveblog), "add", "--jsonl", "-", "-f", str(file)]
    with feed(folder, number).open("rb") as stdin:
        subprocess.run(add, stdin=stdin, check=True, stdout=subprocess.DEVNULL)
    return file


def feed(folder: Path, number: int, size: int = 650) -> Path:
    """A file of that many JSON lines. Written line by line: what a measured process has at its peak
    counts from that of the process that starts it."""
    file = folder / f"feed-{number}.jsonl"
    with file.open("w") as out:
        out.writelines(lines(number, size))
    return file


def journal(folder: Path, number: int) -> tuple[Path, Path]:
    """A journal of jrnl with that many entries, and a configuration: jrnl's defaults, no colours."""
    text, config = folder / "journal.txt", folder / "jrnl.yaml"
    with text.open("w") as file:
        for index in range(number):
            day, clock = index * 28 // number + 1, f"{index % 12 + 1:02}:{index % 60:02}:00 AM"
            file.write(f"[2024-11-{day:02} {clock}] Number {index}.\n")
            file.write((WORDS * 10)[:500] + "\n\n")
    config.write_text(
        f"journals:\n  default:\n    journal: {text}\n"
        "version: v4.0\ncolors:\n  body: none\n  date: none\n  tags: none\n  title: none\n"
        "default_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\nhighlight: false\n"
        "indent_character: '|'\nlinewrap: 79\ntagsymbols: '@'\ntemplate: false\n"
        "timeformat: '%F %r'\ndisplay_format: pretty\n"
    )
    return text, config


def machine() -> str:
    """The processor, its cores and the Python that everything ran on."""
    model = "processor unknown"
    if Path("/proc/cpuinfo").exists():
        names = [n for n in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in n]
        model = names[0].split(":", 1)[1].strip() if names else model
    return f"{model}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
