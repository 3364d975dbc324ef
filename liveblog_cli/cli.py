"""The command line: finds a command by its name and imports only that one."""

import importlib
import os
import sys
from functools import cache
from itertools import takewhile
from typing import Annotated, Any

import typer

from liveblog_cli.options.arguments import Command, Group
from liveblog_cli.runtime import command_run, endings

ALIASES = {"add": "add-entry"}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_SCRIPT_FLAGS = ("--install-completion", "--show-completion")
_COMPLETION_FLAGS = {*_SCRIPT_FLAGS, "--help", "-h"}


def list_command_names() -> list[str]:
    """Every command there is: a module of `commands` each."""
    import pkgutil

    from liveblog_cli import commands

    names = [m.name for m in pkgutil.iter_modules(commands.__path__) if m.name[0] != "_"]
    return sorted(name.replace("_", "-") for name in names)


@cache
def load_command(name: str) -> Any:
    """The command of that name; None if there is none.

    A module of `commands` has a function of its own name (with `_` behind it where Python has that
    name already), or an `app` where the command has commands of its own.
    """
    name = ALIASES.get(name, name).replace("-", "_")
    module = f"liveblog_cli.commands.{name}"
    if not name.isidentifier():
        return None
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
    app = getattr(found, "app", None) or _make_app(found, name)
    app.info.context_settings = CONTEXT
    app.info.cls = Group
    for registered in app.registered_commands:
        registered.cls = Command
    command = typer.main.get_command(app)
    command.name = name.replace("_", "-")
    return command


def _make_app(module: Any, name: str) -> typer.Typer:
    function = getattr(module, name, None) or getattr(module, f"{name}_")
    app = make_app()
    app.command()(function)
    return app


def make_app(completion: bool = False) -> typer.Typer:
    """A Typer app with this program's settings."""
    return typer.Typer(
        add_completion=completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
    )


class LazyGroup(Group):
    """Commands that are imported when they are asked for."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        with endings.raise_stopped():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        with endings.raise_stopped():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        return list_command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load_command(cmd_name)

    def list_candidates(self, ctx: Any, name: str) -> list[str]:
        """All commands and aliases; if an alias begins with `name`, its command is left out, for both would be suggested."""
        short = [full for alias, full in ALIASES.items() if alias.startswith(name)]
        return [*ALIASES, *[n for n in list_command_names() if n not in short]]


def _print_version(wanted: bool) -> None:
    if wanted:
        from liveblog_cli import __version__

        sys.stdout.write(f"liveblog {__version__}\n")
        raise typer.Exit


def _main(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the code an error arose.")
    ] = False,
) -> None:
    """Run a live blog from the terminal: one TOML file in, pages and feeds out."""


def main(args: list[str]) -> int:
    """Run one command line and answer its exit status."""
    instruction = os.environ.get("_LIVEBLOG_COMPLETE")  # `shells.VARIABLE`: few runs import that
    app = make_app(completion=bool(instruction) or not _COMPLETION_FLAGS.isdisjoint(args))
    app.callback(cls=LazyGroup, no_args_is_help=True)(_main)
    if instruction:
        from liveblog_cli.options import shells

        return shells.answer(typer.main.get_command(app), instruction)
    debug = "--debug" in takewhile(lambda word: word.startswith("-"), args)
    command = typer.main.get_command(app)

    def run() -> Any:
        if args and args[0] in _SCRIPT_FLAGS:
            return _answer_script_flag(*args[:2])
        return command.main(args, prog_name="liveblog", standalone_mode=False)

    with command_run.begin() as started:
        return endings.end(run, started, debug)


def _answer_script_flag(flag: str, shell: str = "") -> int:
    """Show or install the completion of a shell; without a name, of the one that runs us."""
    from liveblog_cli.options import shell_scripts

    work = shell_scripts.install if flag == _SCRIPT_FLAGS[0] else shell_scripts.make_script
    sys.stdout.write(work(shell))
    return 0
