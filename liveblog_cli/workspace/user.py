"""The user at this machine: their settings, who they are, what follows their changes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import ACTIONS, Record
from liveblog_cli.runtime import command_run, user_folders
from liveblog_cli.runtime.log import Log

if TYPE_CHECKING:
    from pathlib import Path

    from liveblog_cli.storage.blogfile import BlogFile
    from liveblog_cli.workspace.after import Hooks
    from liveblog_cli.workspace.config import Config

_LOG = Log(__name__)


def settings() -> Config | None:
    """The user's configuration. What keeps it from being used is logged, once a run."""
    path = user_folders.find_config()
    try:
        path.lstat()
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        if not os.environ.get("XDG_CONFIG_HOME"):  # else somebody meant a folder
            return None
    except OSError:
        pass
    from liveblog_cli.workspace import config

    return config.read(path)


def name() -> str:
    """Who is at the keyboard: `LIVEBLOG_AUTHOR`, the configuration's author, the login name.

    It is always a text that can be written: what is none in it is shown as in messages.
    """
    from liveblog_cli.runtime import streams

    found = streams.escape_surrogates(_name())
    if found.isprintable():
        return found
    from liveblog_cli.text.controls import make_printable

    return " ".join(make_printable(found).split())


def _name() -> str:
    if named := os.environ.get("LIVEBLOG_AUTHOR"):
        return named
    if (found := settings()) and found.author:
        return found.author
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(variable):
            return os.environ[variable]
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return ""


class Following:
    """The hooks that run after the changes of one blog file.

    Behind a command they start when it has answered, else (the Python API) at once, beside it.
    """

    def __init__(self) -> None:
        self._hooks: Hooks | None = None

    def __call__(self, blog_file: BlogFile, action: str, records: Sequence[Record]) -> None:
        """Note what was done, for the hooks that wait for it."""
        if "LIVEBLOG_HOOK" in os.environ:  # `hooks.RUNNING`: most changes need not import that
            return
        try:
            own = blog_file.latest_head().hooks
        except LiveblogError as error:
            _LOG.warning(f"{error.message}\nits hooks were not run")
            own = ()
        found = settings()
        if not own and not (found and found.hooks):
            return
        if any(name not in ACTIONS for hook in own for name in hook.on):
            for problem in blog_file.idle_hooks():
                _LOG.warning_once(problem)
        hooks = self._hooks or self._begin(blog_file.path)
        hooks.add(found.hooks if found else (), own, action, records)
        if command_run.current() is None:
            hooks.start()

    def wait(self) -> None:
        """Return when the hooks of all changes so far have ended."""
        if self._hooks:
            self._hooks.finish()

    def _begin(self, path: Path) -> Hooks:
        from liveblog_cli.workspace.after import Hooks

        self._hooks = Hooks(path)
        if run := command_run.current():
            run.follow_ups.append(self._hooks)
        return self._hooks
