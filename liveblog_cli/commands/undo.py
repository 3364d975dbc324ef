"""`liveblog undo`: take back the newest change."""

from liveblog_cli.options.common import AnyEntry, ChangeOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.options.undo import UNDO, take_step


@spread_options
def undo(entry: AnyEntry = None, *, run: ChangeOptions) -> None:
    """Take back your newest change, or the newest one of ENTRY, whoever made it. Again: the one before.

    A stream is taken back as one. An entry that was added is retracted: nothing is ever removed.
    """
    take_step(UNDO, entry, run)
