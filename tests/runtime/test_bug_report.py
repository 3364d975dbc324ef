"""A bug leaves a report that can be sent as it is: where in the code it was, and nothing of the blog."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reporter import Reporter, Result

import liveblog_cli
from liveblog_cli.runtime import user_folders

SECRET = "Ministerresigns"


def raising(error: Callable[[], BaseException]) -> Callable[..., Any]:
    def broken(*_: object, **__: object) -> None:
        raise error()

    return broken


class Desk:
    """A reporter whose program has a bug."""

    def __init__(self, reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reporter = reporter
        self._monkeypatch = monkeypatch

    def fail(self, *words: str, broken: Callable[..., Any], status: int = 1) -> Result:
        """What `add` says where something below it is `broken`."""
        self._monkeypatch.setattr("liveblog_cli.storage.blogfile.BlogFile.head", broken)
        result = self.reporter.run(*words, "add", SECRET, "--tag", SECRET)
        assert result.status == status
        return result


@pytest.fixture
def broken_desk(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Reporter:
    return Desk(reporter, monkeypatch)


def reports() -> list[Path]:
    folder = user_folders.find_state_folder() / "bugs"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_it_says_where_in_the_code_and_with_which_versions(broken_desk: Reporter) -> None:
    result = broken_desk.fail(broken=raising(lambda: KeyError("oops")))
    [path] = reports()
    assert (
        "Error: this is a bug in liveblog: KeyError: 'oops'\nHint: please report it" in result.err
    )
    assert str(path) in result.err
    assert len(result.err.splitlines()) == 2
    text = path.read_text()
    assert text.startswith(f"liveblog {liveblog_cli.__version__}\n")
    assert "msgspec " in text
    assert "\n  liveblog_cli/runtime/endings.py:" in text
    assert "\n  liveblog_cli/commands/add_entry.py:" in text
    assert text.endswith("\nKeyError\n")


def test_only_its_user_can_read_it(broken_desk: Reporter) -> None:
    before = os.umask(0)
    broken_desk.fail(broken=raising(KeyError))
    os.umask(before)
    [path] = reports()
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)] == [0o600, 0o700]


def _caused() -> BaseException:
    error = ValueError(SECRET)
    error.__cause__ = LookupError(SECRET)
    error.__cause__.__context__ = OSError(5, SECRET)
    return error


def _annotated() -> BaseException:
    error = RuntimeError(SECRET)
    error.add_note(SECRET)
    return error


def _named() -> BaseException:
    kind: type[BaseException] = type(SECRET, (Exception,), {"__module__": f"theme.{SECRET}"})
    return kind(SECRET)


def _from_a_theme() -> BaseException:
    """As Jinja runs a newsroom's template: code with the names that its author gave."""
    names: dict[str, Any] = {}
    source = f"def {SECRET}():\n    x = '{SECRET}'\n    raise KeyError(x)\n"
    exec(compile(source, f"/home/anna/{SECRET}/page.html", "exec"), names)
    try:
        names[SECRET]()
    except KeyError as error:
        return error
    return RuntimeError()


@pytest.mark.parametrize(
    "error",
    [
        _caused,
        _annotated,
        _named,
        _from_a_theme,
        lambda: SyntaxError(SECRET, (f"{SECRET}.py", 1, 1, SECRET)),
        lambda: UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
        lambda: ExceptionGroup(SECRET, [ValueError(SECRET)]),
    ],
)
def test_nothing_of_the_blog_or_the_command_line_is_in_it(
    broken_desk: Reporter, error: Callable[[], BaseException]
) -> None:
    """Nor the folders in which somebody works, whose names say who and on what."""
    broken_desk.fail(broken=raising(error))
    [path] = reports()
    text = path.read_text()
    assert SECRET not in text + path.name
    assert str(broken_desk.reporter.folder) not in text
    assert str(Path.home()) not in text
    assert str(Path(liveblog_cli.__file__).parent.parent) not in text


def test_a_bug_that_comes_up_again_has_one_report(broken_desk: Reporter) -> None:
    """A stream or a job that meets it each minute does not fill a disk."""
    broken = raising(lambda: KeyError("one"))
    broken_desk.fail(broken=broken)
    broken_desk.fail(broken=broken)
    broken_desk.fail(broken=raising(lambda: KeyError("another text of the same line")))
    assert len(reports()) == 1


def test_the_ten_last_bugs_are_kept_and_what_else_is_there(broken_desk: Reporter) -> None:
    folder = user_folders.find_state_folder() / "bugs"
    folder.mkdir(parents=True)
    for n in range(12):
        path = folder / f"bug-0000000{n:x}.txt"
        path.touch()
        os.utime(path, (n, n))
    (folder / "notes.txt").touch()
    broken_desk.fail(broken=raising(KeyError))
    names = [p.name for p in reports()]
    assert [n for n in names if n.startswith("bug-0000000")] == [
        f"bug-0000000{n:x}.txt" for n in range(3, 12)
    ]
    assert (len(names), "notes.txt" in names) == (11, True)


def test_a_report_of_a_deep_fall_or_a_circle_is_short(broken_desk: Reporter) -> None:
    def fall(depth: int = 400, *_: object, **__: object) -> None:
        if depth:
            fall(depth - 1)
        first, second = KeyError(), ValueError()
        first.__context__, second.__context__ = second, first
        raise first

    broken_desk.fail(broken=lambda *_, **__: fall())
    [path] = reports()
    assert "more …" in path.read_text()
    assert path.stat().st_size < 20_000


def test_broken_files_of_other_packages_hide_no_bug(
    broken_desk: Reporter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are read for the versions, and for where to report."""
    for name in ("liveblog_cli-9", "other-1"):
        info = tmp_path / "broken" / f"{name}.dist-info"
        info.mkdir(parents=True)
        (info / "entry_points.txt").write_bytes(b"[liveblog.formats]\nx = \xff\n")
    monkeypatch.syspath_prepend(tmp_path / "broken")
    result = broken_desk.fail(broken=raising(KeyError))
    assert len(result.err.splitlines()) == 2
    assert str(reports()[0]) in result.err


def test_what_a_kill_left_of_a_report_goes_with_the_oldest(broken_desk: Reporter) -> None:
    folder = user_folders.find_state_folder() / "bugs"
    folder.mkdir(parents=True)
    for n in range(12):
        (folder / f"bug-abc_{n:04}.new").touch()
    broken_desk.fail(broken=raising(KeyError))
    assert len(reports()) == 10


@pytest.mark.parametrize("state", ["/dev/null/state", "file"])
def test_where_no_report_can_be_written_a_line_asks_for_it_all_the_same(
    broken_desk: Reporter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / state))
    result = broken_desk.fail(broken=raising(KeyError))
    error, hint = result.err.splitlines()
    assert error == "Error: this is a bug in liveblog: KeyError: "
    assert hint.endswith(" with the output of the same command with --debug before it")


def test_a_planted_link_is_replaced_not_followed(broken_desk: Reporter, tmp_path: Path) -> None:
    broken = raising(KeyError)
    broken_desk.fail(broken=broken)
    [path] = reports()
    path.unlink()
    (tmp_path / "mine.txt").write_text("mine")
    path.symlink_to(tmp_path / "mine.txt")
    broken_desk.fail(broken=broken)
    assert not path.is_symlink()
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_on_request_the_terminal_shows_all_of_it(broken_desk: Reporter) -> None:
    result = broken_desk.fail("--debug", broken=raising(lambda: KeyError(SECRET)))
    assert "raise error()" in result.err
    assert f"KeyError: '{SECRET}'" in result.err
    assert len(reports()) == 1


def test_the_package_says_where_to_report(
    broken_desk: Reporter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    info = tmp_path / "other" / "liveblog_cli-9.dist-info"
    info.mkdir(parents=True)
    links = "Project-URL: Source, https://code.example\nProject-URL: Issues, https://bugs.example\n"
    (info / "METADATA").write_text(f"Name: liveblog-cli\nVersion: 9\n{links}")
    monkeypatch.syspath_prepend(info.parent)
    result = broken_desk.fail(broken=raising(KeyError))
    assert "please report it to https://bugs.example with " in result.err


@pytest.mark.parametrize("words", [["lisst"], ["show", "k9"], ["add"], ["export", "nope"]])
def test_a_fault_that_the_user_can_mend_leaves_no_report(
    reporter: Reporter, words: list[str]
) -> None:
    reporter.refused(*words)
    assert reports() == []
