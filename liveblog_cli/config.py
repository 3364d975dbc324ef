"""The user's configuration: who they are, their editor, and commands to run after changes."""

from pathlib import Path

from msgspec import Struct

from liveblog_cli.errors import InvalidFile
from liveblog_cli.model import Hook


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a configuration file may say; all of it is optional."""

    author: str = ""
    editor: str = ""
    hooks: tuple[Hook, ...] = ()


def load(path: Path) -> Config:
    """The configuration in a file.

    Raises:
        InvalidFile: it can't be read as one; all problems are named with their lines.
    """
    import msgspec
    import tomli

    from liveblog_cli import diagnosis

    try:
        text = path.read_bytes().decode()
        data = tomli.loads(text)
        return msgspec.convert(data, Config)
    except UnicodeDecodeError as error:
        raise InvalidFile([f"{path}: not UTF-8 (byte {error.start})"]) from None
    except OSError as error:
        raise InvalidFile([f"{path}: {error.strerror}"]) from error
    except (tomli.TOMLDecodeError, RecursionError) as error:
        problems = [diagnosis.of_toml(text, str(error))]
    except msgspec.ValidationError:
        problems = diagnosis.of_fields(text, data, Config)
    raise InvalidFile([p.at(str(path)) for p in problems], "mend these lines in an editor")
