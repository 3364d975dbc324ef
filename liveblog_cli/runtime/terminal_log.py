"""What is logged while a command line runs, as lines on stderr."""

from __future__ import annotations

import logging
from collections.abc import Callable

from liveblog_cli.runtime.messages import warn


class TerminalLog(logging.Handler):
    """Shows each warning of this program with `show`, until it is closed; no other handler gets it.

    So whatever a format of another package sets up for its own logs, a message is said once.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.show: Callable[[str], None] = warn
        self._logger = logging.getLogger("liveblog_cli")
        self._before = self._logger.propagate, self._logger.level
        self._logger.propagate = False
        self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Show one."""
        self.show(record.getMessage())

    def close(self) -> None:
        """Leave the logger as it was."""
        self._logger.removeHandler(self)
        self._logger.propagate, level = self._before
        self._logger.setLevel(level)
        super().close()
