"""`liveblog restore`: bring a retracted entry back."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options


@spread_options
def restore(entry: EntryName, *, run: ChangeOptions) -> None:
    """Bring a retracted entry back."""
    run.edit_entry(entry, Entry.restore, "restore", "restored")
