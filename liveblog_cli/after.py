"""What commands do after a change: run the hooks of the configuration and of a trusted blog file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from liveblog_cli import config, hooks, trust
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import Hook, Record

Tell = Callable[[str], None]


class Hooks:
    """The hooks of one command. What keeps them from running is said once."""

    def __init__(self, file: Path, configuration: Path, tell: Tell) -> None:
        self._file = file
        self._configuration = configuration
        self._tell = tell
        self._said: set[str] = set()

    def run(self, own: Sequence[Hook], action: str, records: Sequence[Record]) -> None:
        """Run the user's hooks, then the blog file's `own`; nothing of it raises a LiveblogError."""
        hooks.run([*self._users(), *self._trusted(own)], action, records, self._file, self._tell)

    def _users(self) -> Sequence[Hook]:
        try:
            return config.load(self._configuration).hooks if self._configuration.exists() else ()
        except LiveblogError as error:
            self._once(f"{error.message}\nno hooks of the configuration were run")
            return ()

    def _trusted(self, own: Sequence[Hook]) -> Sequence[Hook]:
        if not own or trust.is_trusted(self._file, own):
            return own
        self._once(
            f"{self._file}: its hooks were not run, for this user did not trust them yet"
            " (look at them, then: liveblog trust)"
        )
        return ()

    def _once(self, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            self._tell(message)
