"""The user at this machine: the configuration, the name, and the hooks that run after changes."""

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


def read_user_config() -> Config | None:
    """The user's configuration; None if there is none. Why it can't be used is logged, once in a run."""
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

    return config.read_config(path)


def find_author() -> str:
    """The user's name: `LIVEBLOG_AUTHOR`, else the configuration's `author`, else the login name.

    Characters that can't be written to a file are replaced, as in messages.
    """
    from liveblog_cli.runtime import streams

    found = streams.escape_surrogates(_find_name())
    if found.isprintable():
        return found
    from liveblog_cli.text.controls import make_printable

    return " ".join(make_printable(found).split())


def _find_name() -> str:
    if named := os.environ.get("LIVEBLOG_AUTHOR"):
        return named
    if (found := read_user_config()) and found.author:
        return found.author
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(variable):
            return os.environ[variable]
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return ""


class HookRunner:
    """Runs the hooks after the changes of one blog file.

    After a command they start when its answer is written. In the Python API they start at once, in a thread.
    """

    def __init__(self) -> None:
        self._hooks: Hooks | None = None

    def __call__(self, blog_file: BlogFile, action: str, records: Sequence[Record]) -> None:
        """Hand a change over to the hooks for its action."""
        if "LIVEBLOG_HOOK" in os.environ:  # `hooks.RUNNING`: most changes need not import that
            return
        try:
            own = blog_file.latest_head().hooks
        except LiveblogError as error:
            _LOG.warning(f"{error.message}\nits hooks were not run")
            own = ()
        found = read_user_config()
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
