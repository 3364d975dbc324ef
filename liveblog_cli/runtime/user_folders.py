"""Where a user's own files stand (XDG Base Directory Specification)."""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = Path(os.devnull, "nowhere")
"""The home of who has none: nothing can stand there."""


def find_folder(variable: str, folder: str) -> Path:
    """The folder that a variable names, else one in the user's home.

    Relative ones do not count: what stands in the folder of the moment may be anybody's.
    """
    named = os.environ.get(variable, "")
    path = named if os.path.isabs(named) else os.path.expanduser(f"~/{folder}")
    return Path(path) if os.path.isabs(path) else NOWHERE


def find_state_folder() -> Path:
    """Where this program keeps what is of this machine alone: what is trusted, drafts."""
    return find_folder("XDG_STATE_HOME", ".local/state") / "liveblog"


def find_trusted_folder() -> Path:
    """Where stands which blogs may run their hooks."""
    return find_state_folder() / "trusted"


def find_drafts_folder() -> Path:
    """Where entries stand that are being written in an editor."""
    return find_state_folder() / "drafts"


def find_config() -> Path:
    """Where the configuration stands, if there is one."""
    return find_folder("XDG_CONFIG_HOME", ".config") / "liveblog" / "config.toml"
