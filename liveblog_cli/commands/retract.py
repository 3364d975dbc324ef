"""`liveblog retract`: take an entry from readers; the file keeps it."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import change_entry


@spread_options
def retract(entry: EntryName, *, run: ChangeOptions) -> None:
    """Take an entry from readers. The file keeps it; `restore` brings it back."""
    blog_file = run.open_blog()
    change_entry(blog_file, entry, Entry.retract, blog_file.stamp("retract"), "retracted", run.json)
