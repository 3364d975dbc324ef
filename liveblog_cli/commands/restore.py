"""`liveblog restore`: bring a retracted entry back."""

from liveblog_cli.model.values import Entry
from liveblog_cli.options.common import ChangeOptions, EntryName
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import change_entry


@spread_options
def restore(entry: EntryName, *, run: ChangeOptions) -> None:
    """Bring a retracted entry back."""
    blog_file = run.open_blog()
    change_entry(blog_file, entry, Entry.restore, blog_file.stamp("restore"), "restored", run.json)
