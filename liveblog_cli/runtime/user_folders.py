"""Where a user's own files stand (XDG Base Directory Specification)."""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = Path(os.devnull, "nowhere")
"""The home of a user who has none. No file can be there."""


def find_folder(variable: str, folder: str) -> Path:
    """The folder that a variable names, else one in the user's home.

    Relative ones do not count: what stands in the folder of the moment may be anybody's.
    """
    named = os.environ.get(variable, "")
    path = named if os.path.isabs(named) else os.path.expanduser(f"~/{folder}")
    return Path(path) if os.path.isabs(path) else NOWHERE


def find_state_folder() -> Path:
    """The folder for what concerns this machine alone: trusted hooks, drafts, bug reports."""
    return find_folder("XDG_STATE_HOME", ".local/state") / "liveblog"


def find_trusted_folder() -> Path:
    """The folder that says which blogs may run their hooks."""
    return find_state_folder() / "trusted"


def find_drafts_folder() -> Path:
    """The folder for entries that are being written in an editor."""
    return find_state_folder() / "drafts"


def find_config() -> Path:
    """The path of the configuration, whether it exists or not."""
    return find_folder("XDG_CONFIG_HOME", ".config") / "liveblog" / "config.toml"
