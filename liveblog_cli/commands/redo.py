"""`liveblog redo`: bring back what undo took."""

from liveblog_cli.model import undo
from liveblog_cli.options.common import LOCK_TIMEOUT, AnyEntry, By, File, Json, LockTimeout
from liveblog_cli.options.undo import step, tell_acts
from liveblog_cli.workspace.blog_path import open_file


def redo(
    entry: AnyEntry = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Bring back what your newest undo took, or the newest undo of ENTRY, whoever made it.

    A change after an undo ends redo for the entry that was changed, and for no other.
    """
    blog_file = open_file(file, by, lock_timeout)
    acts = step(blog_file, undo.redo, "redo", entry)
    tell_acts(acts, "redo", "brought back", json)
