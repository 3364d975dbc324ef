"""What a report of a bug needs, in a file of the user's own: versions, and where in the code it was.

Nothing of a blog is in it, nor of a command line: no message of an error (`KeyError: 'Scoop'`), no line
of source, no value, no path but those of program code. So it can be sent as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, TracebackType

import liveblog_cli
from liveblog_cli.runtime import user_folders

MOST = 10
"""So many files are kept, one for each bug: those that came up last."""

_FRAMES, _ERRORS = 40, 8
"""So many frames at either end of a traceback are kept, and so many errors in a row."""

_NAME = re.compile(r"bug-(?:[0-9a-f]{8}\.txt|\w{8}\.new)")
"""Those that are kept, and what a program that was killed left of one."""

_PACKAGE = "liveblog-cli"
_PROGRAM = Path(liveblog_cli.__file__).parent
_LIBRARIES = ("site-packages", "dist-packages")
_ELSEWHERE = "code elsewhere"


def write(error: BaseException) -> Path | None:
    """Keep a report of a bug for the user alone, and answer where; None where that can't be.

    A bug that comes up again has the same file.
    """
    try:
        where = "\n".join(_lines(error))
        digest = hashlib.sha256(where.encode()).hexdigest()[:8]
        path = folder() / f"bug-{digest}.txt"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, new = tempfile.mkstemp(prefix="bug-", suffix=".new", dir=path.parent)
        with open(number, "w", encoding="utf-8") as file:
            file.write(f"{_versions()}\n\n{where}\n")
        os.replace(new, path)
        _forget_oldest(path.parent)
    except Exception:  # noqa: BLE001 - a report that fails must not hide what it reports
        return None
    return path


def folder() -> Path:
    """`$XDG_STATE_HOME/liveblog/bugs`."""
    return user_folders.find_state_folder() / "bugs"


def address() -> str:
    """Where to report a bug: the address that the package gives, if it does."""
    from importlib import metadata

    with contextlib.suppress(Exception):  # not installed as a package, or with broken files
        for link in metadata.metadata(_PACKAGE).get_all("Project-URL") or []:
            label, _, url = link.partition(",")
            if label.strip().lower() in ("issues", "bug tracker", "tracker"):
                return str(url.strip())
    return "the issues of liveblog's repository"


def _versions() -> str:
    """Of this program, Python, the system and all that a format may come from."""
    import platform

    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    encodings = f"stdout {getattr(sys.stdout, 'encoding', '')}, files {sys.getfilesystemencoding()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return "\n".join(
        [
            f"liveblog {liveblog_cli.__version__}",
            python,
            system,
            encodings,
            ", ".join(_packages()) or "no packages",
        ]
    )


def _packages() -> list[str]:
    """The packages that this one needs, and those of plugins, with their versions."""
    from importlib import metadata

    names = {re.split(r"[^\w.-]", need, maxsplit=1)[0] for need in _needs()}
    with contextlib.suppress(Exception):  # whatever stands in the files of other packages
        names |= {p.dist.name for p in metadata.entry_points(group="liveblog.formats") if p.dist}
    found = []
    for name in sorted(names):
        with contextlib.suppress(Exception):  # the same
            found.append(f"{name} {metadata.version(name)}")
    return found


def _needs() -> list[str]:
    from importlib import metadata

    with contextlib.suppress(Exception):  # not installed as a package, or with broken files
        return [n for n in metadata.requires(_PACKAGE) or [] if "extra ==" not in n]
    return []


def _lines(error: BaseException) -> Iterator[str]:
    """Where each error of a chain arose, the first one first, and what kind it was."""
    for number, one in enumerate(reversed(list(_chain(error)))):
        if number:
            yield "then"
        yield from _frames(one.__traceback__)
        yield _kind(type(one))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error and id(error) not in seen and len(seen) < _ERRORS:
        seen.add(id(error))
        yield error
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)


def _frames(found: TracebackType | None) -> list[str]:
    lines = [_place(frame.f_code, line) for frame, line in traceback.walk_tb(found)]
    left_out = len(lines) - 2 * _FRAMES
    if left_out <= 0:
        return lines
    return [*lines[:_FRAMES], f"  … {left_out} more …", *lines[-_FRAMES:]]


def _place(code: CodeType, line: int) -> str:
    """`  liveblog_cli/store.py:12 add`. Code of a theme has the names that its author gave: none of it."""
    file = _file(code.co_filename)
    return f"  {file}:{line} {code.co_name}" if file else f"  {_ELSEWHERE}"


def _file(name: str) -> str:
    """A file of this program, of a package or of Python, without the folders before it; else nothing."""
    path = Path(name)
    if path.is_relative_to(_PROGRAM):
        return path.relative_to(_PROGRAM.parent).as_posix()
    places = [Path(p) for p in sys.path if p]
    for place in sorted(places, key=lambda p: p.name not in _LIBRARIES):
        known = place.name in _LIBRARIES or place == Path(os.__file__).parent
        if known and path.is_relative_to(place):
            return path.relative_to(place).as_posix()
    return ""


def _kind(kind: type[BaseException]) -> str:
    """The name of a kind of error that its author wrote into a file of code that is known."""
    module = sys.modules.get(kind.__module__)
    if kind.__module__ == "builtins" or _file(getattr(module, "__file__", None) or ""):
        return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    return f"an error of {_ELSEWHERE}"


def _forget_oldest(bugs: Path) -> None:
    with contextlib.suppress(OSError):
        ours = [p for p in bugs.iterdir() if _NAME.fullmatch(p.name)]
        for path in sorted(ours, key=lambda p: p.lstat().st_mtime)[:-MOST]:
            path.unlink()
