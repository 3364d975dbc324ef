"""The program in a fork of this process: real streams and signals, without a start of Python.

What a start of Python decides is not tried so: locales, streams that are closed, `PYTHONPATH`.
"""

from __future__ import annotations

import atexit
import os
import sys
import time

TYPE_CHECKING = False  # `typing` would count as loaded: see `imports`
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MOST_FILES = 4096
"""So many files are open here at the most; a fork closes them, so that pipes end with their writers."""


def start(
    *words: str,
    folder: Path | str = ".",
    streams: tuple[int, int, int],
    env: Mapping[str, str] | None = None,
    before: Callable[[], object] = int,
    at_end: Callable[[], object] = int,
) -> int:
    """Run `liveblog WORDS` in `folder`, and answer the number of its process once it has begun.

    `streams` are the file descriptors that become its stdin, stdout and stderr. `env` is its whole
    environment, if it is not this one. `before` and `at_end` are called in the new process.
    """
    begun, beginning = os.pipe()
    pid = os.fork()
    if pid:
        os.close(beginning)
        os.read(begun, 1)  # nothing comes; it ends when the fork has closed all files of the tests
        os.close(begun)
        return pid
    try:
        atexit._clear()  # what the tests want done at their end
        atexit.register(at_end)
        os.chdir(folder)
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        time.tzset()
        _take(streams)
        before()
        _main(words)
    except BaseException:  # noqa: BLE001 - it ends as Python does with what nobody caught
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:  # nothing of a fork may go on with the tests
        os._exit(1)


def _take(streams: tuple[int, int, int]) -> None:
    copies = [os.dup(fd) for fd in streams]
    for number, fd in enumerate(copies):
        os.dup2(fd, number)
    os.closerange(3, MOST_FILES)
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8").partition(":")
    sys.stdin = os.fdopen(0, "r", encoding=encoding, errors=errors or "strict", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding=encoding, errors=errors or "strict", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding=encoding, errors="backslashreplace", closefd=False)


def _main(words: tuple[str, ...]) -> None:
    from liveblog_cli.__main__ import main

    sys.argv = ["liveblog", *words]
    try:
        main()
    except SystemExit as end:  # with threads of its own it ends as every program does
        import threading

        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        os._exit(end.code)  # type: ignore[arg-type]
