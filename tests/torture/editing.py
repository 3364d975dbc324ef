"""Somebody writes in a real editor while the editor, the program or the terminal dies around them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from editors import children
from terminal import Typist

from torture.scene import Scene

KEYS = {
    "vim --clean": ("A {}\x1b:w\r", ":q\r"),
    "nano -I": ("\x05 {}\x0f\r", "\x18"),
    "emacs -nw -Q": ("\x05 {}\x18\x13", "\x18\x03"),
}
"""For each editor: write a word into the first line and save it; leave."""

END: dict[str, Callable[[Typist, str], object]] = {
    "left": lambda typist, leave: typist.types(leave),
    "left and killed": lambda typist, leave: (typist.types(leave), _soon(), typist.process.kill()),
    "killed": lambda typist, _: typist.process.kill(),
    "told to end": lambda typist, _: typist.process.send_signal(signal.SIGTERM),
    **(
        {"editor killed": lambda typist, _: [os.kill(n, 9) for n in children(typist.process.pid)]}
        if Path("/proc/self/task").exists()
        else {}
    ),
    "interrupted": lambda typist, leave: (typist.types(leave), _soon(), typist.types("\x03")),
    "terminal closed": lambda _typist, _leave: None,
}


def run(folder: Path, rounds: int) -> dict[str, int] | None:
    """Figures; `lost` counts saved words that are neither in the blog nor in a draft that is kept."""
    there = [command for command in KEYS if shutil.which(command.split()[0])]
    if not there:
        return None
    random.seed(17)
    scene = Scene(folder)
    figures = {"rounds": rounds, "in the blog": 0, "kept": 0, "lost": 0}
    for number in range(rounds):
        word = f"Boot{number}ende"
        _write(scene, word, there[number % len(there)], list(END)[number % len(END)])
        kept = [p for p in (folder / "liveblog").rglob("*") if p.is_file()]
        in_blog = word in scene.path.read_text()
        in_drafts = any(word.encode() in p.read_bytes() for p in kept)
        figures["in the blog"] += in_blog
        figures["kept"] += in_drafts and not in_blog
        figures["lost"] += not (in_blog or in_drafts)
    return figures


def _write(scene: Scene, word: str, command: str, end: str) -> None:
    own = {name: str(scene.folder) for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    typist = Typist("add", folder=scene.folder, EDITOR=command, **own)
    typist.sees("Help from here on")
    write, leave = KEYS[command]
    typist.types(write.format(word))
    while not any(word.encode() in p.read_bytes() for p in scene.folder.rglob("draft-*.md")):
        time.sleep(0.01)
    END[end](typist, leave)
    if end in ("left", "left and killed", "interrupted"):
        typist.leaves()
    else:
        _soon()
        typist.hangs_up()


def _soon() -> None:
    time.sleep(random.random() / 20)
