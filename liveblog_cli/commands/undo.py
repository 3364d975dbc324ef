"""`liveblog undo`: take back the newest change."""

from liveblog_cli.model import undo as undoing
from liveblog_cli.options.common import LOCK_TIMEOUT, AnyEntry, By, File, Json, LockTimeout
from liveblog_cli.options.undo import step, tell_acts
from liveblog_cli.workspace.blog_path import open_file


def undo(
    entry: AnyEntry = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Take back your newest change, or the newest one of ENTRY, whoever made it. Again: the one before.

    A stream is taken back as one. An entry that was added is retracted: nothing is ever removed.
    """
    blog_file = open_file(file, by, lock_timeout)
    acts = step(blog_file, undoing.undo, "undo", entry)
    tell_acts(acts, "undo", "took back", json)
