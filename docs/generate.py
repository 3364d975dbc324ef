"""The generated parts of README.md and docs: run by cog (`make fix` writes, `make test` checks)."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import typer

import liveblog_cli
from liveblog_cli import cli, errors
from liveblog_cli.editorial import checks

PACKAGE = Path(liveblog_cli.__file__).parent

STATUSES = {
    0: "done",
    1: "refused or failed; nothing was changed",
    2: "wrong usage",
    3: "no such blog, entry or box",
    4: "the blog file is invalid; each problem is named with its line",
    5: "another process kept the lock, or somebody is typing at the end of the file",
    6: "the entry changed meanwhile; nothing was overwritten",
    7: "it was done, but the answer could not be written; stderr says what was done: do not repeat it",
    130: "stopped by Ctrl-C before it was done (143: by SIGTERM, 129: its terminal was closed)",
}


def commands() -> str:
    """A table of every command with the first sentence of its help."""
    rows = ["| command | does |", "|---|---|"]
    for name in cli.list_command_names():
        command = cli.load_command(name)
        context = typer.Context(command, info_name=f"liveblog {name}")
        pieces = command.collect_usage_pieces(context)[1:]
        words = " ".join(p.strip("{}") for p in pieces).replace("|", "\\|")
        help_text = " ".join((command.help or "").split("\n\n")[0].split())
        rows.append(f"| `{f'{name} {words}'.strip()}` | {help_text} |".replace("...", "…"))
    return "\n" + "\n".join(rows) + "\n"


def statuses() -> str:
    """The table of exit statuses; every error's status must be in it."""
    classes = [c for c in vars(errors).values() if isinstance(c, type) and hasattr(c, "status")]
    assert {c.status for c in classes} <= set(STATUSES)
    rows = [f"| {status} | {meaning} |" for status, meaning in STATUSES.items()]
    return "\n" + "\n".join(["| status | means |", "|---|---|", *rows]) + "\n"


def checks_table() -> str:
    """The table of checks."""
    rows = [f"| `{r.code}` | {r.severity} | {r.title} | {r.mend} |" for r in checks.RULES]
    head = ["| code | severity | finds | how to mend it |", "|---|---|---|---|"]
    return "\n" + "\n".join([*head, *rows]) + "\n"


def floors() -> str:
    """The rooms from the top of the house to its ground: what each is for, and what it may import."""
    rooms = {n: r for n, r in _layer_test().ROOMS.items() if (PACKAGE / n / "__init__.py").exists()}
    lines = ["", "| room | what it is for | imports |", "|---|---|---|"]
    for name, below in reversed(rooms.items()):
        imports = ", ".join(f"`{room}`" for room in below.split()) or "nothing"
        lines.append(
            f"| `{name}/` | {_first_sentence(PACKAGE / name / '__init__.py')} | {imports} |"
        )
    return "\n".join(lines) + "\n"


def modules() -> str:
    """Every module of the package with the first line of its docstring, room by room."""
    lines = []
    for room in (PACKAGE, *(PACKAGE / n for n in reversed(_layer_test().ROOMS))):
        if room.is_dir():
            lines += ["", f"## `{room.relative_to(PACKAGE.parent)}/`", ""]
            lines += ["| module | what it is |", "|---|---|"]
            lines += [
                f"| `{path.stem}` | {_first_sentence(path)} |"
                for path in sorted(room.glob("*.py"))
                if path.stem != "__init__"
            ]
    return "\n".join(lines) + "\n"


def _first_sentence(path: Path) -> str:
    """The first paragraph of a module's docstring, for the cell of a table."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def _layer_test() -> ModuleType:
    """The test that holds the table of rooms."""
    found = PACKAGE.parent / "tests" / "test_layers.py"
    spec = importlib.util.spec_from_file_location("test_layers", found)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
