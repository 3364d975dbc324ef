"""Trust: which blog files may run their hooks. This user has trusted the file, and its hooks have not changed since.

Each trusted blog has a file under `$XDG_STATE_HOME/liveblog/trusted/`, with a digest of its hooks.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Hook
from liveblog_cli.runtime import command_run, user_folders
from liveblog_cli.storage import disk, rights


def may_run_hooks(file: Path, hooks: Sequence[Hook]) -> bool:
    """Whether these hooks of this file may run."""
    try:
        path = _find_record(file)
        return rights.is_trusted(path.stat().st_uid) and path.read_text() == _make_record(
            file, hooks
        )
    except (OSError, UnicodeDecodeError):
        return False


def trust_hooks(file: Path, hooks: Sequence[Hook]) -> None:
    """Let these hooks of this file run from now on.

    Raises:
        LiveblogError: it can't be noted down.
    """
    path = _find_record(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fd, temporary = disk.create_beside(path)
        with disk.remove_on_failure(temporary):
            disk.fill(fd, [_make_record(file, hooks).encode()])
            temporary.replace(path)
    except OSError as error:
        raise _make_error(path, error) from error
    command_run.note_done(f"hooks of {file} trusted")


def revoke_trust(file: Path) -> None:
    """Let no hooks of this file run any more.

    Raises:
        LiveblogError: what is noted down can't be removed.
    """
    path = _find_record(file)
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        pass
    except OSError as error:
        raise _make_error(path, error) from error
    command_run.note_done(f"hooks of {file} not trusted any more")


def _make_error(path: Path, error: OSError) -> LiveblogError:
    return LiveblogError(
        f"{path} can't be written: {error.strerror}",
        "XDG_STATE_HOME names another folder for what is trusted",
    )


def _find_record(file: Path) -> Path:
    return user_folders.find_trusted_folder() / hashlib.sha256(os.fsencode(file)).hexdigest()


def _make_record(file: Path, hooks: Sequence[Hook]) -> str:
    digest = hashlib.sha256(msgspec.json.encode(list(hooks))).hexdigest()
    return f"{digest} {os.fsencode(file)!r}\n"
