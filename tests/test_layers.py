"""Arrows point down: a room imports what lies below it, and nothing else. `ROOMS` is the whole rule."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import liveblog_cli

PACKAGE = Path(liveblog_cli.__file__).parent

ROOMS = {
    "text": "",
    "runtime": "text",
    "model": "text",
    "storage": "model runtime",
    "ingest": "storage",
    "edition": "model",
    "rendering": "edition",
    "formats": "rendering",
    "publish": "formats storage",
    "editorial": "storage edition",
    "workspace": "ingest",
    "preview": "edition editorial",
    "options": "workspace publish preview",
    "commands": "options",
    "api": "publish workspace",
    "cli": "commands",
    "__main__": "cli",
    "__init__": "api",
}
"""Each room with the ones that it may import; what those may import, it may import too."""

EVERYWHERE = {"errors", "clock", "images"}
"""Single files of the root that any room may import. Of the rooms, `clock` alone imports one: `text`."""


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def _imports() -> dict[str, set[str]]:
    """Every module of the package with those it imports, also inside functions.

    Imports for type checkers alone are left out: they make no arrow when the program runs.
    """
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


def _reachable(room: str) -> set[str]:
    """The rooms below one, at any depth."""
    below = set(ROOMS.get(room, "").split())
    return below.union(*map(_reachable, below))


def test_every_room_is_in_the_table() -> None:
    assert {_room(m) for m in _imports()} == set(ROOMS) | EVERYWHERE


def test_a_room_imports_only_what_lies_below_it() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in _imports().items()
        for other in others
        if _room(other) not in {_room(module), *_reachable(_room(module)), *EVERYWHERE}
        and not (module == "clock" and _room(other) == "text")
    ]
    assert not wrong, "\n".join(sorted(wrong))


def test_there_is_no_circle() -> None:
    order = list(TopologicalSorter(_imports()).static_order())
    assert order.index("errors") < order.index("cli")


def test_only_the_preview_knows_rich() -> None:
    users = {
        _module(p) for p in PACKAGE.rglob("*.py") if "from rich" in p.read_text(encoding="utf-8")
    }
    assert {_room(u) for u in users} == {"preview"}


def test_formats_and_the_model_do_no_input_or_output() -> None:
    for path in [p for room in ("formats", "model") for p in (PACKAGE / room).glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        for call in ("open(", "read_text", "write_text", "clock.now", "print(", "sys.std"):
            assert call not in text, f"{path.name}: {call}"


def test_a_rooms_door_says_what_it_is_for_and_imports_nothing() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lines = (ast.get_docstring(tree) or "").splitlines()
        assert 2 <= len(lines) <= 6, path
        if path.parent.name != "formats":  # its door finds the formats
            assert len(tree.body) == 1, path
