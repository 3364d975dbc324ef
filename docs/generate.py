"""The generated parts of README.md and docs: run by cog (`make fix` writes, `make test` checks)."""

from __future__ import annotations

import ast
from pathlib import Path

import typer

import liveblog_cli
from liveblog_cli import cli, errors
from liveblog_cli.editorial import checks

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
    for name in cli.command_names():
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


def modules() -> str:
    """Every module of the package with the first line of its docstring, folder by folder."""
    package = Path(liveblog_cli.__file__).parent
    lines = []
    for folder in (package, *sorted(p for p in package.iterdir() if (p / "__init__.py").exists())):
        lines += [
            "",
            f"## `{folder.relative_to(package.parent)}/`",
            "",
            "| module | what it is |",
            "|---|---|",
        ]
        for path in sorted(folder.glob("*.py")):
            told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            first = told.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
            if (first and not path.stem.startswith("__")) or path.stem == "__main__":
                lines.append(f"| `{path.stem}` | {first} |")
    return "\n".join(lines) + "\n"
