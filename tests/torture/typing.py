"""A person types an entry by hand and their editor saves on its own, while scripts add and read."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from torture.scene import Scene, answered_ids, lost

TYPED = (
    '\n[[entries]]\nid = "typed"\ntime = 2024-11-12T08:00:00Z\nheadline = "By hand"\nbody = """\n'
    + "A sentence that is typed word by word, ünïcode too. " * 12
    + '\n"""\n'
)
SAVES = 20


def run(folder: Path, writers: int) -> dict[str, int]:
    """Figures; `lost` counts typed bytes and acknowledged entries that are not in the file."""
    scene = Scene(folder, entries=2)
    known = scene.path.read_text()
    first = TYPED.index('body = """') + len('body = """\n')
    scene.path.write_text(known + TYPED[:first])
    adding = [scene.start("add", f"w{n}", "--lock-timeout", "60") for n in range(writers)]
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps({"headline": f"s{n}"}) + "\n" for n in range(20)))
    fd = os.open(source, os.O_RDONLY)
    adding.append(scene.start("add", "--jsonl", "-", stdin=fd))
    os.close(fd)
    moved = 0
    for number in range(1, SAVES + 1):
        text = known + TYPED[: first + (len(TYPED) - first) * number // SAVES]
        moved += not text.startswith(scene.path.read_text())
        scene.path.write_text(text)
        scene.run("list")
        time.sleep(0.02)
    answers = [scene.wait(pid) for pid in adding]
    acknowledged = [out.split()[0] for status, out, _ in answers[:-1] if status == 0]
    acknowledged += answered_ids(answers[-1][1])
    whole = scene.path.read_text().startswith(known + TYPED)
    return {
        "saves": SAVES,
        "acknowledged": len(acknowledged),
        "refused": writers + 20 - len(acknowledged),
        "moved away": moved + len(list(folder.glob("*.torn-*"))),
        "lost": len(lost(acknowledged, scene.entries())) + (not whole),
    }
