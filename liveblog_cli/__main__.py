"""`python -m liveblog_cli`, and the console script `liveblog`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line. Few objects die young in so short a life: collect garbage seldom."""
    gc.set_threshold(100_000, 50, 50)
    from liveblog_cli import interrupts, outlets

    outlets.install()
    interrupts.install()
    try:
        from liveblog_cli import cli

        status = cli.main(sys.argv[1:])
    except interrupts.Interrupt as stopped:
        status = 128 + stopped.number
    interrupts.ignore()
    gc.freeze()  # what lives until now goes with the process: no last search for circles in it
    sys.exit(status)


if __name__ == "__main__":
    main()
