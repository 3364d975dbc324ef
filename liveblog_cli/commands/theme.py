"""`liveblog theme`: a newsroom's own templates."""

from pathlib import Path
from typing import Annotated

import typer

from liveblog_cli.errors import LiveblogError
from liveblog_cli.runtime import command_run, working_folder
from liveblog_cli.runtime.messages import say

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def theme() -> None:
    """Make the page look like your newsroom's."""


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the theme is to stand.")],
) -> None:
    """Write a starter: a template with each block that you may override, and what it is for.

    It never overwrites a file.
    """
    from liveblog_cli.rendering.templates import STARTER, read_built_in
    from liveblog_cli.storage import disk, guard

    path = folder / "page.html"
    guard.refuse_companion(path, "nothing was made")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fd, temporary = disk.create_beside(path, 0o666)
        with disk.remove_on_failure(temporary):
            disk.fill(fd, [(read_built_in(STARTER) or "").encode()])
            disk.put_new(temporary, path)
    except FileExistsError:
        raise LiveblogError(
            f"{path if folder.is_dir() else folder} exists already", "choose another folder"
        ) from None
    except OSError as error:
        raise LiveblogError(f"{path}: {error.strerror}") from None
    command_run.note_done(f"{path} made")
    say(f"{path} made; try it with: liveblog export html --theme {working_folder.quote(folder)}")
