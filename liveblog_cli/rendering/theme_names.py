"""Names in a theme that nothing uses. Without a message about them, a mistyped name would just have no effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from jinja2 import Environment, TemplateNotFound, nodes

from liveblog_cli.text.suggest import suggest

PAGE = "page.html"
"""The template with which an export begins."""

_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class UnusedName(NamedTuple):
    """A name in a file of the theme that has no effect. Line 0 means the whole file."""

    file: str
    line: int
    message: str


def list_unused_names(
    theme: Mapping[str, str], built_in: Iterable[str], env: Environment
) -> list[UnusedName]:
    """The blocks that no page has, and the files that no template names and that look mistyped; sorted by place.

    `built_in` are the names of the files that a theme can replace.

    Raises:
        TemplateSyntaxError: a template can't be parsed.
    """
    templates = _Templates(env)
    used = [name for name in templates.parsed if name in theme]
    found = [u for name in used for u in templates.unused_blocks(name)]
    if templates.is_complete:
        known = [name for name in built_in if name not in theme]
        found += [u for name in theme if name not in used for u in _list_mistyped(name, known)]

    return sorted(found)


def _list_mistyped(name: str, built_in: Iterable[str]) -> Iterator[UnusedName]:
    """An unused file, if its name is similar to that of a built-in one."""
    ending = name.rpartition(".")[2]
    if close := suggest(name, [b for b in built_in if b.endswith(f".{ending}")]):
        yield UnusedName(name, 0, f"no template uses it{close}")


class _Templates:
    """The templates from which the page is made, parsed by Jinja2, by name.

    `is_complete` is false if a template computes the name of another, or names one that does not exist. (That
    is only an error if the name is really used.)
    """

    def __init__(self, env: Environment) -> None:
        self._env = env
        self.parsed: dict[str, nodes.Template] = {}
        self.is_complete = True
        self._parse(PAGE)

    def unused_blocks(self, name: str) -> Iterator[UnusedName]:
        """The blocks of a template that override nothing, because no template that it extends has them."""
        parents = self._parents(name)
        if not parents:
            return
        known = {b.name for p in parents for b in self.parsed[p].find_all(nodes.Block)}
        for block in _outermost(self.parsed[name]):
            if block.name not in known | self._called:
                message = f"there is no block {block.name!r}{suggest(block.name, known)}"
                yield UnusedName(name, block.lineno, message)

    def _parse(self, name: str) -> None:
        if name in self.parsed:
            return
        assert self._env.loader is not None
        try:
            source = self._env.loader.get_source(self._env, name)[0]
        except TemplateNotFound:
            self.is_complete = False
            return
        self.parsed[name] = self._env.parse(source, name)
        for reference in self.parsed[name].find_all(_REFERENCES):
            if target := self._target(reference, name):
                self._parse(target)
            else:
                self.is_complete = False

    def _target(self, reference: nodes.Node, parent: str) -> str:
        """The template that a statement names; "" if it computes the name."""
        named = reference.template  # type: ignore[attr-defined]  # all of _REFERENCES have one
        if isinstance(named, nodes.Const) and isinstance(named.value, str):
            return self._env.join_path(named.value, parent)
        return ""

    def _parents(self, name: str) -> list[str]:
        """The templates that a template extends, directly or through others; none if one of them is unknown."""
        found: list[str] = []
        while any(self.parsed[name].find_all(nodes.Extends)):
            extends = [n for n in self.parsed[name].body if isinstance(n, nodes.Extends)]
            name = self._target(extends[0], name) if extends else ""  # else it stands in an `if`
            if name not in self.parsed or name in found:
                return []
            found.append(name)
        return found

    @cached_property
    def _called(self) -> set[str]:
        """The blocks that a template uses by `self.NAME`. No parent needs to have them."""
        found = [n for t in self.parsed.values() for n in t.find_all(nodes.Getattr)]
        return {n.attr for n in found if isinstance(n.node, nodes.Name) and n.node.name == "self"}


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)
