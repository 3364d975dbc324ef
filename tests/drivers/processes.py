"""The program as a process of its own: in a fork, which is quick, or started as a shell starts it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import fork

from liveblog_cli import cli

for _name in cli.list_command_names():  # once here instead of in each fork
    cli.load_command(_name)

LIVEBLOG = (sys.executable, "-m", "liveblog_cli")
"""The program as a shell starts it: for what a start of Python decides (see `fork`)."""


class Fork(subprocess.Popen[bytes]):
    """`subprocess.Popen` for `liveblog WORDS` in a fork of this process.

    Of Popen's options it knows those for streams, `cwd`, `env` and `preexec_fn`.
    """

    def __init__(self, *words: str, **options: Any) -> None:
        super().__init__(["liveblog", *words], **options)

    def _execute_child(self, args: list[str], *given: Any) -> None:
        """In the place of Popen's own, whose arguments are the same since Python 3.11."""
        _, before, _, _, cwd, env, _, _, _, *pipes = given[:15]
        stdin, _, _, stdout, _, stderr = pipes
        self.pid = fork.start(
            *args[1:],
            folder=cwd or ".",
            streams=(max(stdin, 0), 1 if stdout < 0 else stdout, 2 if stderr < 0 else stderr),
            env=env,
            before=before or int,
        )
        self._child_created = True
        self._close_pipe_fds(*pipes)  # type: ignore[attr-defined]


def run(
    *words: str, input: bytes | None = None, check: bool = False, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """`subprocess.run` for `liveblog WORDS` in a fork: stdout and stderr are kept, as bytes.

    Without `input` or a `stdin` there is nothing to read.
    """
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    streams["stdin"] = subprocess.DEVNULL if input is None else subprocess.PIPE
    with Fork(*words, **streams | options) as process:
        out, err = process.communicate(input)
    done = subprocess.CompletedProcess(words, process.returncode, out, err)
    if check:
        done.check_returncode()
    return done
