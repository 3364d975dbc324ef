"""Many processes that add, edit, pin and retract at once, and some that stream."""

from __future__ import annotations

import json
import os
from pathlib import Path

from torture.scene import Scene, answered_ids, lost, versions

STEPS = ("edit", "pin", "retract", "common")


def run(folder: Path, writers: int, streams: int, lines: int) -> dict[str, int]:
    """Figures; `lost` counts acknowledged changes that are not in the file."""
    scene = Scene(folder, entries=1)
    common = next(iter(scene.entries()))
    streaming = [_stream(scene, n, lines) for n in range(streams)]
    pids = {n: _writer(scene, n, common) for n in range(writers)}
    outs = {n: scene.wait(pid) for n, pid in pids.items()}
    acks = {n: dict(line.split() for line in out.splitlines()) for n, (_, out, _) in outs.items()}
    streamed = [name for pid in streaming for name in answered_ids(scene.wait(pid)[1])]
    entries = scene.entries()
    missing = len(lost(streamed, entries)) + sum(_missing(entries, a) for a in acks.values())
    headlines = versions(entries[common], "headline")
    missing += len([n for n, a in acks.items() if "common" in a and f"w{n}" not in headlines])
    return {
        "processes": writers + streams,
        "acknowledged": sum(len(a) for a in acks.values()) + len(streamed),
        "refused": writers * (len(STEPS) + 1) - sum(len(a) for a in acks.values()),
        "lost": missing + (streams * lines - len(streamed)),
    }


def _writer(scene: Scene, number: int, common: str) -> int:
    """A process that takes all steps on an entry of its own, and one on an entry of all."""
    pid = os.fork()
    if pid:
        return pid
    try:
        with open(scene.folder / f"out-{os.getpid()}", "w", buffering=1) as acks:
            status, out, _ = scene.run("add", f"w{number}", "--lock-timeout", "300")
            name = out.split()[0] if status == 0 else ""
            acks.write(f"add {name}\n" * (status == 0))
            for step, words in {
                "edit": ("edit", name, "--label", f"w{number}"),
                "pin": ("pin", name),
                "retract": ("retract", name),
                "common": ("edit", common, "--headline", f"w{number}"),
            }.items():
                status, _, _ = scene.run(*words, "--lock-timeout", "300")
                acks.write(f"{step} {name}\n" * (status == 0))
    finally:
        os._exit(0)


def _stream(scene: Scene, number: int, lines: int) -> int:
    source = scene.folder / f"stream-{number}.jsonl"
    source.write_text(
        "".join(json.dumps({"headline": f"s{number}-{n}"}) + "\n" for n in range(lines))
    )
    fd = os.open(source, os.O_RDONLY)
    try:
        return scene.start("add", "--jsonl", "-", "--lock-timeout", "300", stdin=fd)
    finally:
        os.close(fd)


def _missing(entries: dict[str, object], acks: dict[str, str]) -> int:
    """How many of a writer's acknowledged steps its entry does not show."""
    entry = entries.get(acks.get("add", ""))
    if entry is None:
        return len(acks)
    shown = {
        "edit": entry.label != "",
        "pin": entry.pinned,
        "retract": entry.status == "retracted",
    }
    return sum(step in acks and not there for step, there in shown.items())
