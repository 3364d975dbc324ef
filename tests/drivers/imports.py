"""Which modules a command line loads, and which a call of the Python API.

`imports_of` starts one small process that has loaded what nearly every line needs. It forks for each
line: so a line costs no start of Python, and sees nothing of what another has loaded.

A line reads as in a shell: `VISUAL=true edit last <> terminal`. `< FILE` is stdin, which is empty
otherwise; `> terminal` makes a terminal of stdout and stderr, `<> terminal` of stdin too; `$SCENE` is
the folder that each line has a copy of. A line that begins with `!` must fail, every other must not.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # `typing` would count as loaded
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def imports_of(kind: str, lines: Iterable[str], scene: Path, folder: Path) -> dict[str, set[str]]:
    """The names of all modules that are loaded at the end of each line.

    `kind` is `commands`, or `calls` for expressions in which `blog` is an open blog. Each line has a
    copy of the folder `scene` around it.
    """
    import shutil
    import subprocess

    lines = list(lines)
    for number in range(len(lines)):
        shutil.copytree(scene, folder / f"{number}")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    environment["SCENE"] = str(scene)
    subprocess.run(
        [sys.executable, __file__, kind, *lines], cwd=folder, env=environment, check=True
    )
    texts = [(folder / f"{number}" / "modules").read_text() for number in range(len(lines))]
    return {line: set(text.split()) for line, text in zip(lines, texts, strict=True)}


def _run_each(kind: str, lines: list[str]) -> None:
    """Run each line in the folder of its number."""
    if kind == "commands":
        from liveblog_cli import __main__, cli  # noqa: F401 - what nearly every line needs
        from liveblog_cli.options import common  # noqa: F401

        start = _start_command
    else:
        from liveblog_cli import api  # noqa: F401

        start = _start_call
    for number, line in enumerate(lines):
        master, terminal = os.openpty()
        pid = start(line, f"{number}", terminal)
        os.close(terminal)
        shown = _read_all(master)
        os.close(master)
        failed = os.waitpid(pid, 0)[1] != 0
        if failed != line.startswith("!"):
            with open(f"{number}/out") as out:
                sys.exit(f"{line}\n{shown.decode()}{out.read()}")


def _start_command(line: str, folder: str, terminal: int) -> int:
    import shlex

    import fork

    words = shlex.split(line.removeprefix("!"))
    stdin = os.open(os.devnull, os.O_RDONLY)
    stdout = os.open(f"{folder}/out", os.O_WRONLY | os.O_CREAT)
    if words[-2:-1] == ["<"]:
        stdin = os.open(f"{folder}/{words.pop()}", os.O_RDONLY)
        words.pop()
    elif words[-1] == "terminal":
        stdin, stdout = terminal if words[-2] == "<>" else stdin, terminal
        words = words[:-2]
    env = dict(os.environ)
    while words and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        env[name] = os.path.expandvars(value)
    return fork.start(
        *words,
        folder=folder,
        streams=(stdin, stdout, stdout),
        env=env,
        at_end=_write_imports,
    )


def _start_call(call: str, folder: str, terminal: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.chdir(folder)
        os.dup2(os.open("out", os.O_WRONLY | os.O_CREAT), 2)
        from liveblog_cli import open_blog

        blog = open_blog("liveblog.toml", by="Ada")
        eval(call, {"blog": blog})
        _write_imports()
        os._exit(0)
    finally:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def _write_imports() -> None:
    with open("modules", "w", encoding="utf-8") as file:
        file.write(" ".join(sys.modules))


def _read_all(terminal: int) -> bytes:
    shown = b""
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:  # Linux says so that nobody has the other end any more
        pass
    return shown


if __name__ == "__main__":
    _run_each(sys.argv[1], sys.argv[2:])
