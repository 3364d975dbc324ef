"""`liveblog unpin`: back to its place in time."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import LOCK_TIMEOUT, By, EntryName, File, Json, LockTimeout
from liveblog_cli.preview.answers import change_entry
from liveblog_cli.workspace.blog_path import open_file


def unpin(
    entry: EntryName,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Take an entry down from the top of the page."""
    blog_file = open_file(file, by, lock_timeout)
    change_entry(blog_file, entry, Entry.unpin, blog_file.stamp("unpin"), "unpinned", json)
