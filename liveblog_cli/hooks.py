"""Commands that run after a change. They never undo it: what fails is only reported.

A hook gets the changed entries as JSON lines on stdin, and in its environment the blog file
(`LIVEBLOG_FILE`) and what was done (`LIVEBLOG_ACTION`). It runs in the folder of the blog file,
without a shell, when the file is no longer locked.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from liveblog_cli import codec
from liveblog_cli.model import Hook, Record

RUNNING = "LIVEBLOG_HOOK"
"""Set while a hook runs: a change that a hook makes runs no hooks, so none can run for ever."""

PATIENCE = 60.0
"""Seconds after which a hook is ended."""


def run(
    hooks: Iterable[Hook],
    action: str,
    records: Sequence[Record],
    file: Path,
    tell: Callable[[str], None],
) -> None:
    """Run the hooks that wait for `action`, one after another; `tell` hears of those that fail."""
    lines = b"".join([msgspec.json.encode(codec.plain_fields(r)) + b"\n" for r in records])
    env = {"LIVEBLOG_FILE": str(file), "LIVEBLOG_ACTION": action, RUNNING: "1"}
    for hook in hooks:
        if (not hook.on or action in hook.on) and (fault := _fault(hook, lines, env, file.parent)):
            tell(f"hook {hook.run!r}: {fault}; the change is done")


def _fault(hook: Hook, lines: bytes, env: dict[str, str], folder: Path) -> str:
    """Run one hook, its output to stderr; what went wrong, or nothing."""
    sys.stdout.flush()
    try:
        words = shlex.split(hook.run)
        done = subprocess.run(
            words,
            input=lines,
            stdout=2,  # stdout is for the answer of the command that made the change
            env=os.environ | env,
            cwd=folder,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"not done after {PATIENCE:g} seconds, and ended"
    except (ValueError, IndexError) as error:
        return f"not a command line: {error}"
    except OSError as error:
        return error.strerror or "could not be run"
    return f"exit status {done.returncode}" if done.returncode else ""
