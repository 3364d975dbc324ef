"""`python -m tests.fuzz TARGET`: with atheris, where it is installed, until stopped."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("", "drivers", "builders"))

from fuzz.targets import TARGETS


def main(arguments: list[str]) -> int:
    name = next((a for a in arguments if a in TARGETS), "file")
    if importlib.util.find_spec("atheris") is None:
        sys.stdout.write(
            "atheris is not installed (pip install atheris; it needs Linux and clang).\n"
            "The same targets run under hypothesis: python -m pytest tests/test_fuzz.py\n"
        )
        return 0
    import atheris

    atheris.instrument_all()
    rest = [a for a in arguments if a not in TARGETS]
    atheris.Setup([sys.argv[0], *rest], lambda data: TARGETS[name](data.decode("utf-8", "ignore")))
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
