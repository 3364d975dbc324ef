"""No room, no rights: the file stays as it was, and one line says so."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from functools import partial
from pathlib import Path

from torture.scene import Scene, lost


def limited(folder: Path, limits: range) -> dict[str, int]:
    """Adds and edits that may write only so many bytes more than the file has."""
    scene = Scene(folder, entries=8)
    name = next(iter(scene.entries()))
    figures = {"limits": 0, "refused": 0, "changed all the same": 0, "unclear": 0}
    for limit in limits:
        for words in (("add", "x" * 400), ("edit", name, "--label", "y" * 400)):
            before = _files(scene)
            status, _, err = scene.run(*words, before=partial(_limit, scene, limit))
            figures["limits"] += 1
            figures["refused"] += status == 1
            figures["changed all the same"] += status != 0 and _files(scene) != before
            figures["unclear"] += status not in (0, 1) or (
                status == 1 and err.count("Error: ") != 1
            )
            scene.path.write_bytes(before["liveblog.toml"])
            (scene.folder / ".liveblog.toml.lock").unlink()
    return figures


def full(folder: Path) -> dict[str, int] | None:
    """Adds and edits on a file system of 64 KB until nothing fits; None where none can be made."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        return None
    try:
        scene = Scene(folder)
        acknowledged, refused = [], 0
        while refused < 10:
            status, out, _ = scene.run("add", "x" * 900)
            acknowledged += [out.split()[0]] if status == 0 else []
            refused += status != 0
            if acknowledged:
                scene.run("edit", acknowledged[0], "--label", str(refused))
        gone = len(lost(acknowledged, scene.entries()))
        return {"acknowledged": len(acknowledged), "refused": refused, "lost": gone}
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def read_only(folder: Path) -> dict[str, int] | None:
    """Adds in a folder that belongs to somebody else; None where we can't become another."""
    if os.geteuid():
        return None
    scene = Scene(folder, entries=2)
    folder.chmod(0o777)
    logs = _as_nobody(scene, "list", "--json")
    folder.chmod(0o755)
    (folder / ".liveblog.toml.lock").unlink()
    before = _files(scene)
    pid = scene.start("add", "h", before=lambda: os.setuid(65534))
    status, _, err = scene.wait(pid)
    same = _files(scene) == before
    return {
        "readable": logs == 0,
        "refused": status == 1,
        "one line": err.count("Error: "),
        "same": same,
    }


def _as_nobody(scene: Scene, *words: str) -> int:
    return scene.run(*words, before=lambda: os.setuid(65534))[0]


def _limit(scene: Scene, more: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    most = scene.path.stat().st_size + more
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _files(scene: Scene) -> dict[str, bytes]:
    found = (p for p in scene.folder.iterdir() if p.suffix == ".toml" or ".toml." in p.name)
    return {p.name: p.read_bytes() for p in found if p.suffix != ".lock"}
