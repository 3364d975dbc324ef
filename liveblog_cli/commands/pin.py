"""`liveblog pin`: to the top of the page."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options


@spread_options
def pin(entry: EntryName, *, run: ChangeOptions) -> None:
    """Pin an entry to the top of the page."""
    run.edit_entry(entry, Entry.pin, "pin", "pinned")
