"""`liveblog retract`: take an entry from readers; the file keeps it."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options


@spread_options
def retract(entry: EntryName, *, run: ChangeOptions) -> None:
    """Take an entry from readers. The file keeps it; `restore` brings it back."""
    run.edit_entry(entry, Entry.retract, "retract", "retracted")
