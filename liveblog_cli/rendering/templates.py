"""Jinja2 with this program's templates, and a newsroom's in front of them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from liveblog_cli.errors import LiveblogError

BUILT_IN = "builtin/"
"""A template's name with this before it is always the built-in one."""


STARTER = "starter.html"
"""What `theme init` writes as a newsroom's `page.html`."""


class ThemeError(LiveblogError):
    """A newsroom's template is wrong. The message names its file and line."""


def rendered(theme: Mapping[str, str], name: str, context: Mapping[str, Any]) -> str:
    """The template `name`, the theme's or the built-in one, filled with `context`.

    Raises:
        ThemeError: a template is wrong, or a name in the theme is one that nothing uses.
    """
    environment = _environment(theme)
    try:
        if theme:
            _require_used_names(theme, environment)
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as error:
        raise _wrong(error.name or name, error.lineno, error.message or "") from error
    except TemplateNotFound as error:
        raise _wrong(name, None, f"there is no template {error.name!r}") from error
    except ThemeError:
        raise
    except Exception as error:
        place = _place(error, theme)
        if place is None:
            raise
        raise _wrong(*place, f"{type(error).__name__}: {error}") from error


def built_in(name: str) -> str | None:
    """The text of a built-in template; None if there is none of that name."""
    if "/" in name or "\\" in name:
        return None
    file = files("liveblog_cli.rendering").joinpath("theme", name)
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _require_used_names(theme: Mapping[str, str], environment: Environment) -> None:
    from liveblog_cli.rendering.theme_names import unused_names

    names = [
        f.name
        for f in files("liveblog_cli").joinpath("rendering", "theme").iterdir()
        if f.is_file()
    ]
    found = unused_names(theme, [n for n in names if n != STARTER], environment)
    if found:
        lines = [_place_of(u.file, u.line) + u.message for u in found]
        raise ThemeError("\n".join(lines), "what blocks and files there are: docs/themes.md")


class _Loader(BaseLoader):
    def __init__(self, theme: Mapping[str, str]) -> None:
        self.theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source = self.theme.get(template)
        if source is None:
            source = built_in(template.removeprefix(BUILT_IN))
        if source is None:
            raise TemplateNotFound(template)
        return source, template, lambda: True


class _Context(Context):
    """Jinja2's, but a scoped block shares the page's blocks instead of copying all of them.

    A page of 10,000 entries takes 1.4 s instead of 1.7 s. (No block changes during a rendering.)
    """

    def derived(self, locals: dict[str, Any] | None = None) -> Context:
        scope = object.__new__(type(self))
        scope.__dict__.update(self.__dict__)
        given = {k: v for k, v in (locals or {}).items() if v is not missing}
        scope.parent = {**self.parent, **self.vars, **given}
        scope.vars = {}
        scope.exported_vars, scope.globals_keys = set(), set()
        return scope


class _Own(Environment):
    """A template that extends or includes its own name means the built-in one."""

    context_class = _Context

    def join_path(self, template: str, parent: str) -> str:
        return BUILT_IN + template if template == parent else template


class _Trusted(_Own):
    pass


class _Sandboxed(_Own, ImmutableSandboxedEnvironment):
    """For templates from a folder that may have come from elsewhere."""


def _environment(theme: Mapping[str, str]) -> Environment:
    kind = _Sandboxed if theme else _Trusted
    return kind(
        loader=_Loader(theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _place(error: Exception, theme: Mapping[str, str]) -> tuple[str, int | None] | None:
    """The theme's file and line in which `error` arose; Jinja2 writes both into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(f.filename, f.lineno) for f in frames if f.filename in theme]
    if lines:
        return lines[-1]
    return ("theme", None) if theme and isinstance(error, TemplateError) else None


def _wrong(name: str, line: int | None, message: str) -> ThemeError:
    return ThemeError(_place_of(name, line) + message, "what templates get: docs/themes.md")


def _place_of(name: str, line: int | None) -> str:
    return f"theme: {name}, line {line}: " if line else f"theme: {name}: "
