"""`python -m liveblog_cli`, and the console script `liveblog`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line. Few objects die young in so short a life: collect garbage seldom."""
    gc.set_threshold(100_000, 50, 50)
    _open_closed_streams()
    from liveblog_cli import cli

    status = cli.main(sys.argv[1:])
    gc.freeze()  # what lives until now goes with the process: no last search for circles in it
    sys.exit(status)


def _open_closed_streams() -> None:
    """A stream that the caller closed (`>&-`) is empty; no file of ours may get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
