"""`liveblog pin`: to the top of the page."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import change_entry


@spread_options
def pin(entry: EntryName, *, run: ChangeOptions) -> None:
    """Pin an entry to the top of the page."""
    blog_file = run.open_blog()
    change_entry(blog_file, entry, Entry.pin, blog_file.stamp("pin"), "pinned", run.json)
