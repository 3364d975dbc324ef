"""`liveblog unpin`: back to its place in time."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import change_entry


@spread_options
def unpin(entry: EntryName, *, run: ChangeOptions) -> None:
    """Take an entry down from the top of the page."""
    blog_file = run.open_blog()
    change_entry(blog_file, entry, Entry.unpin, blog_file.stamp("unpin"), "unpinned", run.json)
