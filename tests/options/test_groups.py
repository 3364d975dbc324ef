"""Options in groups: one value for the command, single options for whoever types."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest
import typer
from msgspec import Struct
from reporter import Reporter

from liveblog_cli import cli
from liveblog_cli.options.groups import Only, spread_options

GIVEN: list[Any] = []


class Marks(Struct, frozen=True):
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A tag.")] = None
    key: Annotated[bool, typer.Option("--key", help="A key event.")] = False
    label: Annotated[str, typer.Option("-l", "--label", help="A label.")] = "none"


class NewMarks(Marks, frozen=True):
    key: Annotated[bool | None, typer.Option("--key/--no-key", help="Key or not.")] = None
    pin: Annotated[bool, typer.Option("--pin", help="At the top.")] = False


@spread_options
def mark(
    name: Annotated[str, typer.Argument(help="Whose marks.")],
    first: Annotated[bool, typer.Option("--first")] = False,
    *,
    marks: Marks,
    last: Annotated[int, typer.Option("--last")] = 3,
) -> int:
    """Mark it."""
    GIVEN.append((name, first, marks, last))
    return 5


@spread_options
def mark_some(marks: Annotated[Marks, Only("label", "tag")]) -> None:
    """Mark it with less."""
    GIVEN.append(marks)


@spread_options
def mark_anew(marks: NewMarks) -> None:
    """Mark it anew."""
    GIVEN.append(marks)


def _command(function: Callable[..., Any]) -> Any:
    app = cli.make_app()
    app.command()(function)
    return typer.main.get_command(app)


def _run(function: Callable[..., Any], *words: str) -> Any:
    GIVEN.clear()
    _command(function).main(list(words), standalone_mode=False)
    return GIVEN[0]


def test_the_options_of_a_group_stand_where_the_group_stands() -> None:
    assert [p.name for p in _command(mark).params] == [
        "name",
        "first",
        "tag",
        "key",
        "label",
        "last",
    ]


def test_the_command_gets_the_group_as_one_value() -> None:
    words = ("--label", "Analysis", "anna", "--tag", "a", "--tag", "b", "--key", "--last", "4")
    assert _run(mark, *words) == ("anna", False, Marks(["a", "b"], True, "Analysis"), 4)


def test_what_is_not_given_has_the_default_of_its_field() -> None:
    assert _run(mark, "anna") == ("anna", False, Marks(), 3)


def test_only_offers_the_named_fields_in_their_order_and_the_rest_keep_their_defaults() -> None:
    assert [p.name for p in _command(mark_some).params] == ["label", "tag"]
    assert _run(mark_some, "--label", "x") == Marks(None, False, "x")


def test_an_option_of_a_group_that_extends_another_replaces_it_at_its_place() -> None:
    params = _command(mark_anew).params
    assert [p.name for p in params] == ["tag", "key", "label", "pin"]
    assert params[1].secondary_opts == ["--no-key"]
    assert _run(mark_anew, "--no-key") == NewMarks(None, False, "none", False)


def test_a_command_answers_and_is_called_as_before() -> None:
    assert mark(name="anna", first=False, tag=None, key=False, label="none", last=3) == 5
    assert (mark.__name__, mark.__doc__) == ("mark", "Mark it.")


def test_an_unknown_field_is_a_bug_that_shows_when_the_command_is_imported() -> None:
    def wrong(marks: Annotated[Marks, Only("tags")]) -> None:
        """Nothing."""

    with pytest.raises(AttributeError, match="tags"):
        spread_options(wrong)


def _commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in cli.list_command_names():
        command = cli.load_command(name)
        yield (name,), command
        for inner, found in getattr(command, "commands", {}).items():
            yield (name, inner), found


def _params(command: Any) -> str:
    """What --help does not show: defaults, what may be given again, what a shell completes."""
    lines = []
    for p in command.params:
        completes = ", completes" if p._custom_shell_complete else ""
        again = ", again" if getattr(p, "multiple", False) else ""
        lines.append(f"  {p.name} = {p.default!r}{again}{completes}\n")
    return "".join(lines)


def test_the_help_of_every_command_is_the_one_that_people_know(
    newcomer: Reporter, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options, their order, texts and defaults: nothing of that changes by the way."""
    monkeypatch.setenv("COLUMNS", "100")
    cli.load_command.cache_clear()  # a command remembers by which words its help was asked for first
    pages = [
        newcomer.done(*words, "--help").out + _params(command) for words, command in _commands()
    ]
    golden("help.txt", "\n".join(pages))
