"""Jinja2 with the built-in templates and those of a newsroom's theme. The theme's come first."""

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
"""With this before its name, a template is always the built-in one."""

STARTER = "starter.html"
"""The template that `theme init` writes as a newsroom's `page.html`."""


class ThemeError(LiveblogError):
    """A newsroom's template is wrong. The message names its file and line."""


def render_template(theme: Mapping[str, str], name: str, context: Mapping[str, Any]) -> str:
    """The text that the template `name` makes of `context`. It is the theme's template, else the built-in one.

    Raises:
        ThemeError: a template is wrong, or the theme has a name that nothing uses.
    """
    environment = _make_environment(theme)
    try:
        if theme:
            _require_used_names(theme, environment)
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as error:
        raise _make_error(error.name or name, error.lineno, error.message or "") from error
    except TemplateNotFound as error:
        raise _make_error(name, None, f"there is no template {error.name!r}") from error
    except ThemeError:
        raise
    except Exception as error:
        place = _find_place(error, theme)
        if place is None:
            raise
        raise _make_error(*place, f"{type(error).__name__}: {error}") from error


def read_built_in(name: str) -> str | None:
    """The source of a built-in template; None if there is none of that name."""
    if "/" in name or "\\" in name:
        return None
    file = files("liveblog_cli.rendering").joinpath("theme", name)
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _require_used_names(theme: Mapping[str, str], environment: Environment) -> None:
    from liveblog_cli.rendering.theme_names import list_unused_names

    names = [
        f.name
        for f in files("liveblog_cli").joinpath("rendering", "theme").iterdir()
        if f.is_file()
    ]
    unused = list_unused_names(theme, [n for n in names if n != STARTER], environment)
    if unused:
        lines = [_name_place(u.file, u.line) + u.message for u in unused]
        raise ThemeError("\n".join(lines), "what blocks and files there are: docs/themes.md")


class _Loader(BaseLoader):
    def __init__(self, theme: Mapping[str, str]) -> None:
        self.theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source = self.theme.get(template)
        if source is None:
            source = read_built_in(template.removeprefix(BUILT_IN))
        if source is None:
            raise TemplateNotFound(template)
        return source, template, lambda: True


class _Context(Context):
    """A context in which a scoped block uses the blocks of the page, where Jinja2 copies all of them.

    So a page of 10,000 entries takes 1.4 s instead of 1.7 s. No block changes while a page is rendered.
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
    """An environment in which a template that extends or includes its own name gets the built-in one."""

    context_class = _Context

    def join_path(self, template: str, parent: str) -> str:
        return BUILT_IN + template if template == parent else template


class _Trusted(_Own):
    pass


class _Sandboxed(_Own, ImmutableSandboxedEnvironment):
    """For the templates of a theme, which somebody else may have written."""


def _make_environment(theme: Mapping[str, str]) -> Environment:
    kind = _Sandboxed if theme else _Trusted
    return kind(
        loader=_Loader(theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _find_place(error: Exception, theme: Mapping[str, str]) -> tuple[str, int | None] | None:
    """The file and line of the theme where `error` was raised. Jinja2 puts both into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(f.filename, f.lineno) for f in frames if f.filename in theme]
    if lines:
        return lines[-1]
    return ("theme", None) if theme and isinstance(error, TemplateError) else None


def _make_error(name: str, line: int | None, message: str) -> ThemeError:
    return ThemeError(_name_place(name, line) + message, "what templates get: docs/themes.md")


def _name_place(name: str, line: int | None) -> str:
    return f"theme: {name}, line {line}: " if line else f"theme: {name}: "
