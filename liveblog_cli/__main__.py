"""`python -m liveblog_cli`, and the console script `liveblog`."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line. Few objects die young in so short a life: collect garbage seldom."""
    gc.set_threshold(100_000, 50, 50)
    from liveblog_cli.runtime import interrupts, streams

    streams.install()
    interrupts.install()
    try:
        from liveblog_cli import cli

        status = cli.main(sys.argv[1:])
    except interrupts.Interrupt as stopped:
        status = 128 + stopped.number
    interrupts.ignore()
    _leave(status)


def _leave(status: int) -> None:
    """End the process at once: to take a whole interpreter apart costs 3 % of `add-entry`."""
    import threading

    if threading.active_count() > 1:  # something runs on: Python waits for it
        sys.exit(status)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
