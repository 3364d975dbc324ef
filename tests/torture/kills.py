"""SIGKILL at random instants: the file always parses and holds every acknowledged change."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from torture.scene import Scene, answered_ids, lost, versions

ACTIONS = ("add", "add", "edit", "edit", "stream", "export")


def run(folder: Path, kills: int, seed: int = 1) -> dict[str, int]:
    """Figures; `lost` counts acknowledged changes that went, `broken` files that do not parse."""
    chance = random.Random(seed)
    scene = Scene(folder, entries=5)
    edited = next(iter(scene.entries()))
    source = folder / "in.jsonl"
    source.write_text(
        "".join(json.dumps({"headline": f"s{n}", "body": "x" * 99}) + "\n" for n in range(40))
    )
    added, labels = list(scene.entries()), []
    figures = dict.fromkeys(("kills", "too late", "acknowledged", "mended", "lost", "broken"), 0)
    usual = {a: _duration(scene, a, edited, source) for a in set(ACTIONS)}
    added = list(scene.entries())
    while figures["kills"] < kills:
        action = chance.choice(ACTIONS)
        label = f"L{figures['kills']}-{figures['too late']}"
        status, out = _killed(
            scene, action, edited, source, label, chance.uniform(0, usual[action])
        )
        figures["kills" if status == 128 + signal.SIGKILL else "too late"] += 1
        if action == "edit" and out.endswith("\n"):
            labels.append(label)
        if action == "add" and out.endswith("\n"):
            added.append(out.split()[0])
        if action == "stream":
            added += answered_ids(out)
        entries = scene.entries()
        figures["lost"] += len(lost(added, entries))
        figures["lost"] += len(lost(labels, versions(entries[edited], "label")))
        figures["broken"] += _broken(folder / "out")
    figures["acknowledged"] = len(added) + len(labels)
    figures["mended"] = _kept_apart(scene)
    return figures


def at_every_step(folder: Path) -> dict[str, int]:
    """Killed before each call that writes, syncs or renames, and in the middle of each write."""
    scene = Scene(folder, entries=3)
    edited = next(iter(scene.entries()))
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps({"headline": f"s{n}"}) + "\n" for n in range(5)))
    figures = dict.fromkeys(("kills", "mended", "lost"), 0)
    for action in ("add", "edit", "stream"):
        for step in range(2, 200):
            known, label = scene.entries(), f"L{step}"
            before = partial(_kill_at, step // 2, step % 2)
            pid = _begun(scene, action, edited, source, label, before)
            status, out, _ = scene.wait(pid)
            entries = scene.entries()
            figures["lost"] += len(lost([*known, *answered_ids(out)], entries))
            if action == "edit":
                figures["lost"] += len(
                    lost(*(versions(e[edited], "label") for e in (known, entries)))
                )
            if status != 128 + signal.SIGKILL:
                break
            figures["kills"] += 1
    figures["mended"] = _kept_apart(scene)
    return figures


def _kill_at(step: int, half: int) -> None:
    """Have this process kill itself at its `step`-th call, a write perhaps half done."""
    left = [step]

    def wrapped(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            left[0] -= 1
            if not left[0]:
                if half and name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **more)

        return call

    for name in ("open", "write", "ftruncate", "fsync", "replace", "link", "chmod"):
        setattr(os, name, wrapped(name, getattr(os, name)))


def _words(scene: Scene, action: str, edited: str, label: str) -> tuple[str, ...]:
    return {
        "add": ("add", f"headline {label}", "-b", "text\n\n" + "more text\n" * 300),
        "edit": ("edit", edited, "--label", label),
        "stream": ("add", "--jsonl", "-"),
        "export": ("export", "-o", str(scene.folder / "out")),
    }[action]


def _begun(
    scene: Scene,
    action: str,
    edited: str,
    source: Path,
    label: str,
    before: Callable[[], None] = int,
) -> int:
    fd = os.open(source, os.O_RDONLY)
    try:
        return scene.start(*_words(scene, action, edited, label), stdin=fd, before=before)
    finally:
        os.close(fd)


def _duration(scene: Scene, action: str, edited: str, source: Path) -> float:
    """Seconds that an action takes here, with some to spare."""
    begun = time.perf_counter()
    scene.wait(_begun(scene, action, edited, source, "warm"))
    return 1.1 * (time.perf_counter() - begun)


def _killed(
    scene: Scene, action: str, edited: str, source: Path, label: str, after: float
) -> tuple[int, str]:
    pid = _begun(scene, action, edited, source, label)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    status, out, _ = scene.wait(pid)
    return status, out


def _kept_apart(scene: Scene) -> int:
    """How many torn tails the next writer has moved into a file of their own."""
    return len(list(scene.folder.glob("*.torn-*")))


def _broken(exported: Path) -> int:
    """How many exported files are not whole."""
    broken = 0
    for path in exported.glob("[!.]*") if exported.exists() else ():
        text = path.read_text() if path.is_file() else ""
        try:
            if path.suffix == ".json":
                json.loads(text)
            elif path.suffix == ".xml":
                ElementTree.fromstring(text)
            elif path.suffix == ".html" and not text.rstrip().endswith("</html>"):
                broken += 1
        except (ValueError, ElementTree.ParseError):
            broken += 1
    return broken
