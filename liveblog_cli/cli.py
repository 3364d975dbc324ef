"""The command line: finds a command by its name, imports only that one, and prints what fails."""

import importlib
import os
import sys
from functools import cache
from itertools import takewhile
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from liveblog_cli.arguments import Command
from liveblog_cli.errors import LiveblogError, WrongUsage

ALIASES = {"add": "add-entry"}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_COMPLETION_FLAGS = {"--install-completion", "--show-completion", "--help", "-h"}


def command_names() -> list[str]:
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
    app = getattr(found, "app", None) or _app_of(found, name)
    app.info.context_settings = CONTEXT
    for registered in app.registered_commands:
        registered.cls = Command
    command = typer.main.get_command(app)
    command.name = name.replace("_", "-")
    return command


def _app_of(module: Any, name: str) -> typer.Typer:
    function = getattr(module, name, None) or getattr(module, f"{name}_")
    app = new_app()
    app.command()(function)
    return app


def new_app(completion: bool = False) -> typer.Typer:
    """A Typer app with this program's settings."""
    return typer.Typer(
        add_completion=completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
    )


class LazyGroup(TyperGroup):
    """Commands that are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load_command(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if load_command(args[0]) is None and not args[0].startswith("-"):
            from liveblog_cli.diagnosis import suggestion

            raise WrongUsage(
                f"no command {args[0]!r}{suggestion(args[0], command_names())}",
                "see: liveblog --help",
            )
        return super().resolve_command(ctx, args)


def _version(wanted: bool) -> None:
    if wanted:
        from liveblog_cli import __version__

        sys.stdout.write(f"liveblog {__version__}\n")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the code an error arose.")
    ] = False,
) -> None:
    """Run a live blog from the terminal: one TOML file in, pages and feeds out."""


def main(args: list[str]) -> int:
    """Run one command line and answer its exit status."""
    completing = "_LIVEBLOG_COMPLETE" in os.environ
    app = new_app(completion=completing or not _COMPLETION_FLAGS.isdisjoint(args))
    app.callback(cls=LazyGroup, no_args_is_help=True)(_main)
    debug = "--debug" in takewhile(lambda word: word.startswith("-"), args)
    try:
        status = typer.main.get_command(app).main(args, prog_name="liveblog", standalone_mode=False)
        sys.stdout.flush()
    except LiveblogError as error:
        if debug:
            raise
        return _report(error.message, error.hint, error.status)
    except BrokenPipeError:
        _drop_output()
        return 0
    except SystemExit as end:
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        _drop_output()  # Click ends with 1 where a reader goes away: `| head` is no failure
        return 0
    except typer.Abort:
        return _report("stopped", "", 130)
    except Exception as error:  # noqa: BLE001 - the last net: a bug must not look like a crash
        return _unexpected(error, debug)
    return status if isinstance(status, int) else 0


def _unexpected(error: Exception, debug: bool) -> int:
    """Wrong usage as Typer finds it, a full disk behind stdout, or a bug."""
    if hasattr(error, "format_message"):
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(f"{error.format_message()}\n")
            return 2
        usage = getattr(error, "ctx", None)
        hint = f"see: {usage.command_path} --help" if usage else ""
        return _report(
            " ".join(error.format_message().split()), hint, getattr(error, "exit_code", 1)
        )
    if debug:
        raise error
    if isinstance(error, FileNotFoundError) and error.filename is None:
        from liveblog_cli import here

        lost = here.gone()  # os.getcwd is the one call that misses a file without a name
        return _report(lost.message, lost.hint, lost.status)
    if isinstance(error, OSError):
        _drop_output()
        return _report(f"{error.filename or 'output'}: {error.strerror}", "", 1)
    if isinstance(error, RecursionError):
        return _report("something is nested too deeply to be read", "", 1)
    name = type(error).__name__
    return _report(
        f"this is a bug in liveblog: {name}: {error}",
        "please report it with the output of the same command with --debug before it",
        1,
    )


def _drop_output() -> None:
    """What can't be written any more: Python would try once more at its end, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(message: str, hint: str, status: int) -> int:
    lines = [f"Error: {line}" for line in message.splitlines()]
    if hint:
        lines.append(f"Hint: {hint}")
    text = "\n".join(lines) + "\n"
    sys.stderr.write("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))
    return status
