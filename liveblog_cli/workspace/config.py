"""The user's configuration: who they are, their editor, and commands to run after changes."""

import errno
import os
import stat
from pathlib import Path

from msgspec import Struct

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model.values import Hook
from liveblog_cli.runtime.log import Log
from liveblog_cli.storage import rights

_LOG = Log(__name__)


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of a configuration file. All of them are optional."""

    author: str = ""
    editor: str = ""
    hooks: tuple[Hook, ...] = ()


def read_config(path: Path) -> Config:
    """The configuration in a file, or an empty one where it can't be used; the log says why.

    It also names hooks that wait for an action that is none.
    """
    try:
        found = load_config(path)
        for problem in _check_actions(path, found) if found.hooks else ():
            _LOG.warning_once(problem)
        return found
    except InvalidFile as error:
        _LOG.warning_once(f"{error.message}\nthe configuration is not used: {error.hint}")
    except OSError as error:
        _LOG.warning_once(f"{path} can't be read, and is not used: {error.strerror}")
    return Config()


def load_config(path: Path) -> Config:
    """The configuration in a file.

    Raises:
        OSError: the file can't be read, or belongs to a user whose commands must not be run.
        InvalidFile: it is no configuration. All problems are listed with their lines.
    """
    import msgspec
    import tomli

    from liveblog_cli.storage import diagnosis

    try:
        text = _read_bytes(path).decode()
        data = tomli.loads(text)
        return msgspec.convert(data, Config)
    except UnicodeDecodeError as error:
        problems = [f"{path}: not UTF-8 (byte {error.start})"]
    except (tomli.TOMLDecodeError, RecursionError) as error:
        problems = [diagnosis.explain_toml(text, str(error)).at(str(path))]
    except msgspec.ValidationError:
        problems = [p.at(str(path)) for p in diagnosis.check_fields(text, data, Config)]
    raise InvalidFile(problems, "mend these lines in an editor")


def _check_actions(path: Path, config: Config) -> list[str]:
    from liveblog_cli.storage import diagnosis

    if not (faults := diagnosis.check_actions(config.hooks)):
        return []
    text = _read_bytes(path).decode()
    return [
        diagnosis.Problem(diagnosis.find_line(text, "hooks", number), said).at(str(path))
        for number, said in faults
    ]


def _read_bytes(path: Path) -> bytes:
    """The content of a regular file. This does not wait for a pipe in its place."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    with open(fd, "rb") as file:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        if not rights.is_trusted(found.st_uid):
            raise PermissionError(errno.EPERM, "it belongs to another user")
        return file.read()
