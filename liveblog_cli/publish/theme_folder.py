"""A newsroom's theme: a folder of templates."""

from __future__ import annotations

from pathlib import Path

from liveblog_cli.errors import LiveblogError
from liveblog_cli.runtime import working_folder


def read_theme(folder: Path) -> dict[str, str]:
    """The texts of a theme's files, by name (with `/` between folders). Hidden files are left out.

    Raises:
        LiveblogError: there is no such folder, or a file in it is not UTF-8 text.
    """
    if not folder.is_dir():
        raise LiveblogError(
            f"theme {folder}: no such folder",
            f"make one with: liveblog theme init {working_folder.quote(folder)}",
        )
    found = {}
    for path in list_template_files(folder):
        try:
            found[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise LiveblogError(f"theme {path}: not UTF-8 text") from None
        except OSError as error:
            raise LiveblogError(f"theme {path}: {error.strerror}") from error
    return found


def list_template_files(folder: Path) -> list[Path]:
    """The files of a theme, sorted by name. Hidden files are left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )
