"""Groups of options: several options of a command line as one value.

A group is a msgspec Struct; `common` has the ones that most commands take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import Parameter, get_annotations, signature
from typing import Annotated, Any, TypeVar, get_args, get_origin

from msgspec import Struct

Answer = TypeVar("Answer")


class Only:
    """Which fields of a group a command has as options, and in which order: see `spread_options`."""

    def __init__(self, *names: str) -> None:
        self.names = names


def spread_options(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """A command for Typer whose groups of options are spread into single ones.

    A group is a parameter annotated with a msgspec Struct. Each of its fields becomes an option at the place
    of the group, in the order of the fields, so each has a default and `typer.Option` in its annotation. The
    command gets the group as one value. `Annotated[Group, Only("tag", "since")]` offers only these fields;
    the others keep their defaults.
    """
    whole = signature(command)
    spread = {p.name: _expand(p) for p in whole.parameters.values()}

    @wraps(command)
    def run(**typed: Any) -> Answer:
        given: dict[str, Any] = {}
        for name, (group, options) in spread.items():
            values = {option.name: typed[option.name] for option in options}
            given[name] = group(**values) if group else values[name]
        return command(**given)

    options = [option for _, options in spread.values() for option in options]
    run.__signature__ = whole.replace(parameters=options)  # type: ignore[attr-defined]  # inspect's
    return run


def _expand(parameter: Parameter) -> tuple[type[Struct] | None, list[Parameter]]:
    """The group that a parameter stands for, if it is one, and the options that Typer gets in its place."""
    annotation = parameter.annotation
    base, *more = get_args(annotation) if get_origin(annotation) is Annotated else [annotation]
    if not (isinstance(base, type) and issubclass(base, Struct)):
        return None, [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
    chosen = next((m.names for m in more if isinstance(m, Only)), base.__struct_fields__)
    annotations, blank = dict(_annotations(base)), base()
    return base, [
        Parameter(
            name, Parameter.KEYWORD_ONLY, default=getattr(blank, name), annotation=annotations[name]
        )
        for name in chosen
    ]


def _annotations(group: type[Struct]) -> Iterator[tuple[str, Any]]:
    """Those of a class behind those of the classes that it extends, which it may override."""
    for base in reversed(group.__mro__):
        yield from get_annotations(base).items()
