"""`liveblog note`: the standing boxes."""

from typing import Annotated

import typer

from liveblog_cli.ingest import stdin
from liveblog_cli.model import notes
from liveblog_cli.model.values import Note
from liveblog_cli.options.common import LOCK_TIMEOUT, By, File, Json, LockTimeout
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.workspace.blog_path import open_file

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Add, change, list and remove standing boxes, which entries show by naming them.",
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The box's id.")]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXT...]", help="Its text; needs no quotes. `-` reads it from stdin."),
]
Text = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Its text, in Markdown.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title.")]
AppliesTo = Annotated[
    list[str] | None,
    typer.Option(
        "--applies-to",
        metavar="KIND",
        help="Show it by itself with entries citing a source of that kind; may be given again.",
    ),
]


@app.command()
def add(
    name: Id,
    words: Words = None,
    text: Text = None,
    title: Title = None,
    applies_to: AppliesTo = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Add a box."""
    given = {"title": title, "text": _text(words, text), "applies_to": applies_to}
    blog_file = open_file(file, by, lock_timeout)
    blog = blog_file.set(lambda b: notes.add_note(b, name, **given), blog_file.stamp("note add"))
    _tell(notes.find_note(blog, name), "added", json)


@app.command()
def edit(
    name: Id,
    words: Words = None,
    text: Text = None,
    title: Title = None,
    applies_to: AppliesTo = None,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Change a box; what was there stays in the history. An empty text takes a title or kind away."""
    given = {"title": title, "text": _text(words, text), "applies_to": applies_to}
    blog_file = open_file(file, by, lock_timeout)
    blog = blog_file.set(lambda b: notes.edit_note(b, name, **given), blog_file.stamp("note edit"))
    _tell(notes.find_note(blog, name), "edited", json)


@app.command()
def remove(
    name: Id,
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Remove a box that no entry names. `undo` brings it back."""
    blog_file = open_file(file, by, lock_timeout)
    old = notes.find_note(blog_file.whole_head(), name)
    stamp = blog_file.stamp("note remove")
    blog_file.revise(lambda b: notes.remove_note(b, name, stamp))
    _tell(old, "removed", json)


@app.command("list")
def list_(file: File = None, json: Json = False) -> None:
    """List the boxes: id, kinds of source, how many entries name it, title and text."""
    blog, _ = open_file(file).load()
    if not blog.notes:
        warn("no boxes yet; make one with: liveblog note add ID --text TEXT")
    if json:
        named = {n.id: [e.id for e in notes.find_entries(blog, n.id)] for n in blog.notes}
        return answer_json([{**_plain(n), "entries": named[n.id]} for n in blog.notes])
    from liveblog_cli.preview.rows import show_rows

    rows = [
        (n.id, ", ".join(n.applies_to), str(len(notes.find_entries(blog, n.id))), n.title, n.text)
        for n in blog.notes
    ]
    names = ("id", "kinds", "named", "title", "text")
    return show_rows(names, rows, right=("named",), wide=("text",), whole=("id", "kinds"))


def _text(words: list[str] | None, text: str | None) -> str | None:
    given = " ".join(words) if words else text
    return None if given is None else stdin.text_or_stdin(given, "text")


def _tell(note: Note, done: str, as_json: bool) -> None:
    if as_json:
        answer_json({"action": done, **_plain(note)})
        return
    kinds = f" ({', '.join(note.applies_to)})" if note.applies_to else ""
    say(f"{note.id}  {done}{kinds}: {note.title or ' '.join(note.text.split())[:60]}")


def _plain(note: Note) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(note)
    return plain
