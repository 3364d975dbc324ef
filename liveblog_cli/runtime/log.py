"""The log: what is worth knowing and stops nothing, such as torn bytes that were put aside.

It is Python's `logging`, with a logger for each module. A command line shows it on stderr; a Python
program gets it wherever it sends its logs, and without any setting on stderr too.
"""

from __future__ import annotations

from liveblog_cli.runtime import command_run


class Log:
    """The logger of that name. `logging` is imported only when something is said: it takes 5 ms."""

    def __init__(self, name: str) -> None:
        self._name = name

    def warning(self, text: str) -> None:
        """Log a text. Terminal escapes in it are shown, not obeyed."""
        import logging

        from liveblog_cli.text.controls import make_printable

        if run := command_run.current():
            run.show_log()
        logging.getLogger(self._name).warning("%s", make_printable(text))

    def warning_once(self, text: str) -> None:
        """The same, but only the first time in the run of a command line."""
        run = command_run.current()
        if run is None or run.is_first(text):
            self.warning(text)
