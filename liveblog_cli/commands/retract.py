"""`liveblog retract`: take an entry from readers; the file keeps it."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import LOCK_TIMEOUT, By, EntryName, File, Json, LockTimeout
from liveblog_cli.preview.answers import change_entry
from liveblog_cli.workspace.blog_path import open_file


def retract(
    entry: EntryName,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Take an entry from readers. The file keeps it; `restore` brings it back."""
    blog_file = open_file(file, by, lock_timeout)
    change_entry(blog_file, entry, Entry.retract, blog_file.stamp("retract"), "retracted", json)
