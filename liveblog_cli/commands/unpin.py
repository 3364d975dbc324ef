"""`liveblog unpin`: back to its place in time."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options


@spread_options
def unpin(entry: EntryName, *, run: ChangeOptions) -> None:
    """Take an entry down from the top of the page."""
    run.edit_entry(entry, Entry.unpin, "unpin", "unpinned")
