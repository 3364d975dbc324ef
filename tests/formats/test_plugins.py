"""A format from another package, with the same interface as the built-in ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from feeds import AWKWARD
from reporter import Reporter

from liveblog_cli import open_blog
from liveblog_cli.errors import LiveblogError

MODULE = '''
"""Headlines, one a line."""

FILENAME = "headlines.txt"
MEDIA_TYPE = "text/plain"


def render(edition, settings):
    return "".join(f"{i.time:%H:%M} {i.title}\\n" for i in edition.items[: settings.limit])
'''


def test_a_plugin_exports_like_a_built_in_format(tmp_path: Path) -> None:
    """Installed as pip lays a package out: a module, its metadata, an entry point."""
    install(tmp_path)
    done = liveblog(tmp_path, "export", "headlines", "--limit", "2", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "06:31 Quotes, code and hard breaks\n06:30 Five thousand words\n"


def test_a_plugin_is_suggested_like_a_built_in_format(tmp_path: Path) -> None:
    install(tmp_path)
    done = liveblog(tmp_path, "export", "headline", "-o", "-")
    assert done.returncode == 2
    assert "did you mean headlines?" in done.stderr.replace("`", "").replace("'", "")


BAD = [
    ("import no_such_module", "failed: ModuleNotFoundError: No module named 'no_such_module'"),
    ("def broken(:", "failed: SyntaxError: invalid syntax (liveblog_headlines.py, line 1)"),
    ("raise SystemExit(0)", "failed: SystemExit: 0"),
    ("", "has no FILENAME"),
    ("FILENAME = 7", "names its file 7, which is no name in a folder"),
    ("FILENAME = '../x.txt'", "names its file '../x.txt', which is no name in a folder"),
    ("FILENAME = 'x.txt'", "has no function render(edition, settings)"),
    ("FILENAME = 'x.txt'; render = 'text'", "has no function render(edition, settings)"),
    ("def __getattr__(name): raise OSError(name)", "failed: OSError: "),
]
"""What a plugin's module may hold, and what is said of it."""

BAD_RENDERS = [
    ("raise KeyError(edition.title)", "failed: KeyError: 'Awkward: <b>"),
    ("raise SystemExit", "failed: SystemExit"),
    ("open('/no/such/file')", "failed: FileNotFoundError: [Errno 2]"),
    ("raise BrokenPipeError(32, 'Broken pipe')", "failed: BrokenPipeError: [Errno 32] Broken pipe"),
    ("raise OSError", "failed: OSError"),
    ("return render(edition, settings)", "failed: RecursionError: maximum recursion depth"),
    ("return edition.no_such_field", "failed: AttributeError: "),
    ("raise type('Odd', (Exception,), {'__str__': lambda self: 1})", "failed: Odd"),
    ("raise ValueError('one\\ntwo' + 999 * '!')", "failed: ValueError: one two!!!"),
    ("raise BaseExceptionGroup('several', [KeyboardInterrupt()])", "failed: BaseExceptionGroup"),
    ("pass", "answered nothing, not text"),
    ("return b'bytes'", "answered a value of type bytes, not text"),
    ("return '\\ud83d'", "answered text with half a character in it"),
]


@pytest.mark.parametrize(("module", "said"), BAD)
def test_a_plugin_that_is_no_format_is_named_with_its_package(
    user: PluginUser, tmp_path: Path, module: str, said: str
) -> None:
    install(tmp_path, module)
    user.refused(said)


@pytest.mark.parametrize(("body", "said"), BAD_RENDERS)
def test_a_plugin_that_fails_is_named_with_its_package(
    user: PluginUser, tmp_path: Path, body: str, said: str
) -> None:
    install(tmp_path, f"FILENAME = 'x.txt'\ndef render(edition, settings):\n    {body}")
    user.refused(said)


def test_an_entry_point_that_leads_nowhere_is_named_with_its_package(
    user: PluginUser, tmp_path: Path
) -> None:
    for value, said in [
        ("no_such_module", "failed: ModuleNotFoundError"),
        ("liveblog_headlines:Nope", "failed: AttributeError"),
        ("two words", "failed: "),
    ]:
        install(tmp_path, MODULE, value=value)
        user.refused(said)


def test_a_plugins_own_words_and_status_stand(user: PluginUser, tmp_path: Path) -> None:
    """A format may refuse a blog in the way that liveblog does."""
    body = "from liveblog_cli.errors import InvalidFile as E; raise E(['no lead'], 'write one')"
    install(tmp_path, f"FILENAME = 'x.txt'\ndef render(edition, settings):\n    {body}")
    err = user.refused(": no lead", status=4)
    assert err.endswith("Hint: write one\n")


def test_where_a_plugin_failed_is_shown_on_request(tmp_path: Path) -> None:
    install(tmp_path, "FILENAME = 'x.txt'\ndef render(edition, settings):\n    return 1 / 0")
    done = liveblog(tmp_path, "--debug", "export", "headlines")
    assert "return 1 / 0" in done.stderr


def test_two_plugins_of_one_name_are_both_named(tmp_path: Path) -> None:
    """Which one comes first is chance; the same package in two places is one."""
    install(tmp_path / "first")
    install(tmp_path / "again")
    path = [tmp_path / "first", tmp_path / "again"]
    assert liveblog(*path, words=["export", "headlines", "-o", "-"]).returncode == 0
    install(tmp_path / "second", package="liveblog-other")
    done = liveblog(*path, tmp_path / "second", words=["export", "headlines"])
    assert done.returncode == 1
    assert (
        "is in more than one package: liveblog-headlines 1.0 and liveblog-other 1.0" in done.stderr
    )


def test_a_plugin_takes_the_place_of_no_built_in_format(tmp_path: Path) -> None:
    """Nor keeps it from working, whatever is wrong with it."""
    install(tmp_path, "raise RuntimeError", name="rss")
    assert liveblog(tmp_path, "export", "rss", "-o", "-").stdout.startswith("<?xml")


@pytest.mark.parametrize("metadata", [None, "", "Name: \udcff"])
def test_a_package_that_does_not_say_its_name_is_told_as_that(
    tmp_path: Path, metadata: str | None
) -> None:
    install(tmp_path, "")
    path = tmp_path / "liveblog_headlines-1.0.dist-info/METADATA"
    path.unlink()
    if metadata is not None:
        path.write_bytes(metadata.encode("utf-8", "surrogateescape"))
    done = liveblog(tmp_path, "export", "headlines")
    assert "Error: format headlines of a package without a name (no version) has no" in done.stderr


def test_an_unreadable_list_of_formats_hides_no_other_message(tmp_path: Path) -> None:
    """Any package beside may have it; formats of our own need none of them."""
    install(tmp_path)
    path = tmp_path / "liveblog_headlines-1.0.dist-info/entry_points.txt"
    path.write_bytes(b"[liveblog.formats]\nheadlines = \xff\n")
    done = liveblog(tmp_path, "export", "headlines")
    assert (done.returncode, "bug in liveblog" in done.stderr) == (1, False)
    assert done.stderr.startswith("Error: the packages beside liveblog can't be searched")
    assert liveblog(tmp_path, "export", "rss", "-o", "-").returncode == 0


def test_python_gets_the_same_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "FILENAME = 'x.txt'\ndef render(edition, settings):\n    exit()")
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("liveblog_headlines", None)
    with pytest.raises(LiveblogError, match=r"^format headlines of liveblog-headlines 1\.0 failed"):
        open_blog(AWKWARD).export("headlines")


class PluginUser:
    """Somebody who exports with what is installed in a folder."""

    def __init__(self, reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = reporter.folder
        self._reporter = reporter
        monkeypatch.syspath_prepend(reporter.folder)
        monkeypatch.setenv("LIVEBLOG_FILE", str(AWKWARD))

    def refused(self, said: str, status: int = 1) -> str:
        """What stderr says of an export that fails as a plugin's fault, and changes nothing."""
        public = self.folder / "public"
        public.mkdir(exist_ok=True)
        sys.modules.pop("liveblog_headlines", None)
        result = self._reporter.refused("export", "headlines", "rss", "-o", str(public))
        assert result.status == status
        assert result.err.startswith("Error: format headlines of liveblog-headlines 1.0")
        assert said in result.err
        assert "bug in liveblog" not in result.err
        assert result.err.count("\n") == 2
        assert list(public.iterdir()) == []
        return result.err


@pytest.fixture
def user(newcomer: Reporter, monkeypatch: pytest.MonkeyPatch) -> PluginUser:
    return PluginUser(newcomer, monkeypatch)


def install(
    folder: Path,
    module: str = MODULE,
    *,
    name: str = "headlines",
    package: str = "liveblog-headlines",
    value: str = "liveblog_headlines",
) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "liveblog_headlines.py").write_text(module, encoding="utf-8")
    info = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[liveblog.formats]\n{name} = {value}\n")


def liveblog(
    folder: Path, *more: str | Path, words: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """`liveblog WORDS`, with what is installed in these folders."""
    path = [folder, *(p for p in more if isinstance(p, Path))]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "LIVEBLOG_NOW": "2024-11-12T08:00:00+01:00",
        "LIVEBLOG_FILE": str(AWKWARD),
    }
    given = [*(w for w in more if isinstance(w, str)), *words]
    command = [sys.executable, "-m", "liveblog_cli", *given]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
