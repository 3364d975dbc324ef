"""`liveblog note`: the standing boxes."""

from typing import Annotated, Any

import typer
from msgspec import Struct

from liveblog_cli.ingest import stdin
from liveblog_cli.model import notes
from liveblog_cli.model.values import Blog, Note
from liveblog_cli.options.common import ChangeOptions, ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say, warn

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Add, change, list and remove standing boxes, which entries show by naming them.",
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The box's id.")]


class NoteOptions(Struct, frozen=True):
    """Fields of a box as typed; None where nothing was given."""

    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT...]", help="Its text; needs no quotes. `-` reads it from stdin."
        ),
    ] = None
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="Its text, in Markdown.")
    ] = None
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title.")] = None
    applies_to: Annotated[
        list[str] | None,
        typer.Option(
            "--applies-to",
            metavar="KIND",
            help="Show it by itself with entries citing a source of that kind; may be given again.",
        ),
    ] = None

    def read(self) -> dict[str, Any]:
        """What was given, by the names of a note's fields; a text of `-` is read from stdin."""
        text = " ".join(self.words) if self.words else self.text
        if text is not None:
            text = stdin.text_or_stdin(text, "text")
        return {"title": self.title, "text": text, "applies_to": self.applies_to}


@app.command()
@spread_options
def add(name: Id, *, note: NoteOptions, run: ChangeOptions) -> None:
    """Add a box."""
    given, blog_file = note.read(), run.open_blog()
    blog = blog_file.set(lambda b: notes.add_note(b, name, **given), blog_file.stamp("note add"))
    _tell(notes.find_note(blog, name), "added", run.json)


@app.command()
@spread_options
def edit(name: Id, *, note: NoteOptions, run: ChangeOptions) -> None:
    """Change a box; what was there stays in the history. An empty text takes a title or kind away."""
    given, blog_file = note.read(), run.open_blog()
    blog = blog_file.set(lambda b: notes.edit_note(b, name, **given), blog_file.stamp("note edit"))
    _tell(notes.find_note(blog, name), "edited", run.json)


@app.command()
@spread_options
def remove(name: Id, *, run: ChangeOptions) -> None:
    """Remove a box that no entry names. `undo` brings it back."""
    blog_file = run.open_blog()
    stamp = blog_file.stamp("note remove")
    old = blog_file.revise(
        lambda blog: (notes.remove_note(blog, name, stamp), notes.find_note(blog, name))
    )
    _tell(old, "removed", run.json)


@app.command("list")
@spread_options
def list_(run: ReadOptions) -> None:
    """List the boxes: id, kinds of source, how many entries name it, title and text."""
    blog, _ = run.open_blog().load()
    if not blog.notes:
        warn("no boxes yet; make one with: liveblog note add ID --text TEXT")
    if run.json:
        named = {n.id: [e.id for e in notes.find_entries(blog, n.id)] for n in blog.notes}
        return answer_json([{**_list_fields(n), "entries": named[n.id]} for n in blog.notes])
    return _draw(blog)


def _draw(blog: Blog) -> None:
    from liveblog_cli.preview.rows import Column, show_rows

    columns = (
        Column("id", is_whole=True),
        Column("kinds", is_whole=True),
        Column("named", is_number=True),
        Column("title"),
        Column("text", is_optional=True),
    )
    rows = [
        (n.id, ", ".join(n.applies_to), str(len(notes.find_entries(blog, n.id))), n.title, n.text)
        for n in blog.notes
    ]
    show_rows(columns, rows)


def _tell(note: Note, done: str, as_json: bool) -> None:
    if as_json:
        answer_json({"action": done, **_list_fields(note)})
        return
    kinds = f" ({', '.join(note.applies_to)})" if note.applies_to else ""
    say(f"{note.id}  {done}{kinds}: {note.title or ' '.join(note.text.split())[:60]}")


def _list_fields(note: Note) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(note)
    return plain
