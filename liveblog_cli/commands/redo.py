"""`liveblog redo`: bring back what undo took."""

from liveblog_cli.options.common import AnyEntry, ChangeOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.options.undo import REDO, take_step


@spread_options
def redo(entry: AnyEntry = None, *, run: ChangeOptions) -> None:
    """Bring back what your newest undo took, or the newest undo of ENTRY, whoever made it.

    A change after an undo ends redo for the entry that was changed, and for no other.
    """
    take_step(REDO, entry, run)
