"""Where a user's own files stand (XDG Base Directory Specification)."""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = Path(os.devnull, "nowhere")
"""The home of who has none: nothing can stand there."""


def folder_of(variable: str, folder: str) -> Path:
    """The folder that a variable names, else one in the user's home.

    Relative ones do not count: what stands in the folder of the moment may be anybody's.
    """
    named = os.environ.get(variable, "")
    path = named if os.path.isabs(named) else os.path.expanduser(f"~/{folder}")
    return Path(path) if os.path.isabs(path) else NOWHERE


def state_folder() -> Path:
    """Where this program keeps what is of this machine alone: what is trusted, drafts."""
    return folder_of("XDG_STATE_HOME", ".local/state") / "liveblog"


def trusted_folder() -> Path:
    """Where stands which blogs may run their hooks."""
    return state_folder() / "trusted"


def drafts_folder() -> Path:
    """Where entries stand that are being written in an editor."""
    return state_folder() / "drafts"


def config_path() -> Path:
    """Where the configuration stands, if there is one."""
    return folder_of("XDG_CONFIG_HOME", ".config") / "liveblog" / "config.toml"
