"""Arrows point down: no module imports one above it, and there is no circle, not even in a function."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import liveblog_cli

PACKAGE = Path(liveblog_cli.__file__).parent
FLOORS = ["errors", "model", "storage", "formats", "preview", "commands", "cli"]
"""From the bottom to the top, those that the design names."""


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _imports() -> dict[str, set[str]]:
    """Every module of the package with those it imports; imports for type checkers are left out."""
    paths = {_module(p): p for p in PACKAGE.rglob("*.py")}
    found: dict[str, set[str]] = {}
    for name, path in paths.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                node.body = []
        names = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("liveblog_cli"):
                base = (node.module or "").removeprefix("liveblog_cli").removeprefix(".")
                inner = {f"{base}.{a.name}".removeprefix(".") for a in node.names} & set(paths)
                names |= inner or {base}
        found[name] = names - {name, ""}
    return found


def test_there_is_no_circle() -> None:
    order = list(TopologicalSorter(_imports()).static_order())
    assert order.index("errors") < order.index("cli")


@pytest.mark.parametrize("floor", range(len(FLOORS)))
def test_no_floor_leans_on_one_above_it(floor: int) -> None:
    imports = _imports()
    reached: set[str] = set()
    waiting = [m for m in imports if m.split(".")[0] == FLOORS[floor]]
    assert waiting
    while waiting:
        module = waiting.pop()
        for other in imports.get(module, set()) - reached:
            reached.add(other)
            waiting.append(other)
    assert not {m.split(".")[0] for m in reached} & set(FLOORS[floor + 1 :]) - {FLOORS[floor]}


def test_only_the_preview_knows_rich() -> None:
    users = {
        _module(p) for p in PACKAGE.rglob("*.py") if "from rich" in p.read_text(encoding="utf-8")
    }
    assert {u.split(".")[0] for u in users} == {"preview"}


def test_formats_do_no_input_or_output() -> None:
    for path in (PACKAGE / "formats").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for call in ("open(", "read_text", "write_text", "clock.now", "print("):
            assert call not in text, f"{path.name}: {call}"
