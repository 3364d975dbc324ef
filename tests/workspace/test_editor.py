"""Which editor runs and how, and drafts that are kept: where they lie and how to go on with them."""

import fcntl
import os
import shlex
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from editors import kept_drafts
from processes import LIVEBLOG
from reporter import Reporter
from terminal import Typist

from liveblog_cli.workspace.editor_process import make_windows_line

Named = Callable[[str], None]
"""Sets `EDITOR`; `{}` in it is an editor that makes `Alt` `Neu`, in a folder with a blank in its name."""


@pytest.fixture
def named(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Named:
    reporter.done("add", "Alt")
    path = Path(os.environ["HOME"], "my tools", "ed")
    path.parent.mkdir()
    path.write_text('#!/bin/sh\nsed -i "s/^Headline: Alt/Headline: ${WORD:-Neu}/" "$1"\n')
    path.chmod(0o755)
    bare = path.with_name("bare-script")
    bare.write_text(path.read_text().removeprefix("#!/bin/sh\n"))
    bare.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent), prepend=os.pathsep)
    return lambda command: monkeypatch.setenv("EDITOR", command.replace("{}", str(path)))


def _headlines(reporter: Reporter) -> list[str]:
    return [entry["headline"] for entry in reporter.data().get("entries", [])]


def _going_on(error: str) -> list[str]:
    """The words to paste that an error names, without `liveblog`."""
    (line,) = (line for line in error.splitlines() if line.startswith("To go on: "))
    return shlex.split(line)[4:]


@pytest.mark.parametrize(
    ("command", "headline"),
    [
        ("'{}'", "Neu"),
        ('"$HOME/my tools/ed"', "Neu"),
        ("~/'my tools'/ed", "Neu"),
        ("~/my\\ tools/ed\n", "Neu"),
        ("WORD='Ganz neu' '{}'", "Ganz neu"),
        ("WORD=Ganz\\ neu ~/my\\ tools/ed", "Ganz neu"),
        ("$(echo sed) -i 's/Alt/Neu/'", "Neu"),
        ("true && '{}'", "Neu"),
        ("env WORD=Anders '{}'", "Anders"),
        ("bare-script", "Neu"),
    ],
)
def test_an_editor_is_run_as_the_shell_reads_it(
    reporter: Reporter, named: Named, command: str, headline: str
) -> None:
    named(command)
    reporter.done("edit", "last")
    assert _headlines(reporter) == [headline]
    assert kept_drafts() == []


def test_windows_gets_one_line_in_which_a_path_needs_no_quotes(tmp_path: Path) -> None:
    program = tmp_path / "Program Files" / "ed.exe"
    program.parent.mkdir()
    program.touch(0o755)
    draft = Path("C:\\Users\\Jo Doe\\draft.md")
    assert make_windows_line(str(program), draft) == f'"{program}" "{draft}"'
    assert make_windows_line(f'"{program}" -w', draft) == f'"{program}" -w "{draft}"'
    assert make_windows_line("code --wait", Path("draft.md")) == "code --wait draft.md"


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("C:\\Program Files\\Notepad\\notepad.exe", "was not found (the shell's status 127)"),
        ("no-such-editor", "was not found"),
        ("no-such-editor --wait", "was not found"),
        ("/etc/passwd", "is not for you to run"),
        ("/etc/passwd -f", "can't be run (the shell's status 126)"),
        ("'unclosed", "ended with status"),
    ],
)
def test_an_editor_that_is_none_is_named_in_one_line(
    reporter: Reporter, named: Named, command: str, fault: str
) -> None:
    named(command)
    error = reporter.refused("edit", "last").err
    (line,) = (line for line in error.splitlines() if line.startswith("Error: "))
    assert repr(command) in line
    assert fault in line
    assert kept_drafts() == []


def test_the_configurations_editor_is_run_by_the_shell_too(
    reporter: Reporter, named: Named
) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"], "liveblog", "config.toml")
    file.parent.mkdir(exist_ok=True)
    file.write_text('editor = """WORD=\'Sehr neu\' ~/\'my tools\'/ed"""\n')
    reporter.done("edit", "last")
    assert _headlines(reporter) == ["Sehr neu"]


@pytest.mark.parametrize("command", [":", "true", "cat"])
def test_an_editor_that_does_nothing_changes_nothing(
    reporter: Reporter, named: Named, command: str
) -> None:
    named(command)
    before = reporter.data()
    assert "unchanged" in reporter.done("edit", "last").out
    assert reporter.data() == before


def test_an_empty_name_is_none(
    reporter: Reporter, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    named("'{}'")
    monkeypatch.setenv("VISUAL", " ")
    monkeypatch.setenv("LIVEBLOG_EDITOR", "")
    reporter.done("edit", "last")
    assert _headlines(reporter) == ["Neu"]


def test_a_dumb_terminal_gets_no_editor_of_whole_screens(
    reporter: Reporter, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("VISUAL", "false")
    screen = Typist("add", folder=reporter.folder, TERM="dumb").leaves()
    assert "TERM=dumb" in screen.text
    named("'{}'")
    reporter.done("edit", "last")
    assert _headlines(reporter) == ["Neu"]


def test_a_deleted_working_folder_keeps_no_editor_from_its_work(
    reporter: Reporter, named: Named
) -> None:
    named('/bin/sh -c \'cd "$(pwd -P)" && sed -i s/Alt/Neu/ "$0"\'')
    script = (
        f"mkdir gone; cd gone; rmdir ../gone; {shlex.join(LIVEBLOG)} edit last -f {reporter.file}"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", script], cwd=reporter.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert _headlines(reporter) == ["Neu"]


def test_no_path_is_ever_read_by_the_shell(
    reporter: Reporter, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = reporter.folder / "$(touch OWNED) '; touch OWNED; \"`touch OWNED`"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    named("'{}' -x || exit 3")
    result = reporter.run("edit", "last")
    named("'{}'")
    reporter.done(*_going_on(result.err), stdin="") if "To go on" in result.err else None
    reporter.done("edit", "last")
    assert _headlines(reporter) == ["Neu"]
    assert not list(reporter.folder.rglob("OWNED"))


@pytest.mark.parametrize(
    "saved",
    [
        '{ printf \'\\357\\273\\277\'; cat "$0"; } > new; mv new "$0"',
        'sed -i "s/$/\\r/" "$0"',
        'iconv -f UTF-8 -t UTF-16 "$0" > new; mv new "$0"',
        'cp "$0" "$0~"; cp "$0" new; mv new "$0"',
        'printf %s "$(cat "$0")" > new; cat new > "$0"',
    ],
    ids=["BOM", "CRLF", "UTF-16", "another inode and a backup", "no line end"],
)
def test_however_an_editor_saves_the_text_is_taken(
    reporter: Reporter, named: Named, saved: str
) -> None:
    changed = 'sed -i s/Alt/Überfälle/ "$0"; '
    named(f"/bin/sh -c {shlex.quote(changed + saved)}")
    reporter.done("edit", "last")
    assert _headlines(reporter) == ["Überfälle"]
    assert list(Path(os.environ["XDG_STATE_HOME"], "liveblog", "drafts").iterdir()) == []


def test_text_in_another_encoding_is_kept_and_named(reporter: Reporter, named: Named) -> None:
    saved = 'sed -i s/Alt/Überfälle/ "$0"; iconv -f UTF-8 -t LATIN1 "$0" > new; mv new "$0"'
    named(f"/bin/sh -c {shlex.quote(saved)}")
    result = reporter.run("edit", "last")
    assert (result.status, "line 1: not UTF-8 (byte 0xdc)" in result.err) == (1, True)
    (draft,) = kept_drafts()
    assert "Überfälle" in draft.read_text("latin-1")


def test_drafts_are_private(reporter: Reporter, named: Named) -> None:
    named("sed -i 's/^Time:.*/Time: soon/'")
    reporter.run("edit", "last")
    (draft,) = kept_drafts()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (draft, draft.parent)]
    assert modes == [0o600, 0o700]


def test_where_there_is_no_place_for_drafts_they_are_temporary_files(
    reporter: Reporter, named: Named, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(reporter.file))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    named("sed -i 's/^Time:.*/Time: soon/'")
    going_on = _going_on(reporter.run("edit", "last").err)
    (draft,) = tmp_path.glob("liveblog-*/draft-*.md")
    assert str(draft) in going_on
    draft.write_text(draft.read_text().replace("Time: soon", "Time: 15:00"))
    reporter.done(*going_on)
    assert reporter.data()["entries"][0]["time"].hour == 15
    assert not draft.parent.exists()


def test_a_kept_draft_is_taken_as_it_is_without_a_terminal(
    reporter: Reporter, named: Named
) -> None:
    """What is printed can be pasted, in another folder too, and tells readers what the first try did."""
    named("sed -i 's/Alt/Neu/; s/^Key: no/Key: maybe/'")
    told = ("--correction", "It's new.", "--by", "Jo n", "--minor", "-f", "liveblog.toml")
    screen = Typist("edit", "last", *told, folder=reporter.folder).leaves()
    assert screen.status == 1
    going_on = _going_on("\n".join(screen.lines))
    (draft,) = kept_drafts()
    draft.write_text(draft.read_text().replace("maybe", "yes"))
    os.chdir("/")
    reporter.done(*going_on)
    entry = reporter.data()["entries"][0]
    change = entry["history"][0]
    assert (entry["headline"], entry["key"]) == ("Neu", True)
    assert (change["note"], change["by"], change["minor"]) == ("It's new.", "Jo n", True)
    assert kept_drafts() == []


def test_a_kept_draft_of_a_draft_is_still_one(reporter: Reporter) -> None:
    """Else going on after a crash would show readers what they were not to see."""
    screen = Typist(
        *("add", "--draft", "--pin", "--ref", "dpa:1", "--tag", "sea"),
        folder=reporter.folder,
        EDITOR="sed -i 's/^Headline:/& Neu/; s/^Key: no/Key: maybe/'",
    ).leaves()
    (draft,) = kept_drafts()
    draft.write_text(draft.read_text().replace("maybe", "no"))
    reporter.done(*_going_on("\n".join(screen.lines)))
    entry = reporter.data()["entries"][0]
    assert (entry["status"], entry["pinned"], entry["ref"]) == ("draft", True, "dpa:1")
    assert (entry["headline"], entry["tags"]) == ("Neu", ["sea"])


def test_a_copy_of_a_draft_is_the_users_own_and_stays(reporter: Reporter, named: Named) -> None:
    named("sed -i 's/^Time:.*/Time: 15:00/; s/^Key: no/Key: maybe/'")
    reporter.run("edit", "last")
    copy = reporter.folder / "mine.md"
    copy.write_text(kept_drafts()[0].read_text().replace("maybe", "no").replace("Alt", "Neu"))
    reporter.done("add", "--draft-file", "mine.md")
    assert _headlines(reporter) == ["Alt", "Neu"]
    assert copy.exists()


def test_an_entry_may_be_called_new(reporter: Reporter, named: Named) -> None:
    name = reporter.data()["entries"][0]["id"]
    reporter.file.write_text(reporter.file.read_text().replace(f'"{name}"', '"new"'))
    reporter.file.with_name(".liveblog.toml.lock").unlink()  # else it would miss the old id
    named("sed -i 's/Alt/Neu/; s/^Key: no/Key: maybe/'")
    reporter.run("edit", "new")
    (draft,) = kept_drafts()
    assert "is one of entry new" in reporter.refused("add", "--draft-file", str(draft)).err


def test_a_draft_is_taken_only_for_what_it_was_begun_for(reporter: Reporter, named: Named) -> None:
    named("sed -i 's/Alt/Neu/; s/^Key: no/Key: maybe/'")
    reporter.run("edit", "last")
    (draft,) = kept_drafts()
    draft.write_text(draft.read_text().replace("maybe", "no"))
    name = reporter.data()["entries"][0]["id"]
    assert f"liveblog edit {name}" in reporter.refused("add", "--draft-file", str(draft)).err
    reporter.done("new", "Other", "-f", "other.toml")
    other = reporter.refused("add", "-f", "other.toml", "--draft-file", str(draft))
    assert "another blog" in other.err
    reporter.done("edit", "last", "theirs")
    result = reporter.refused("edit", name, "--draft-file", str(draft))
    assert (result.status, "was changed since this draft was begun" in result.err) == (6, True)
    assert "Neu" in draft.read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("add", "H", "--draft-file", "x.md"),
        ("add", "--draft-file", "x.md", "--tag", "a"),
        ("add", "--draft-file", "x.md", "--jsonl", "-"),
        ("edit", "last", "--draft-file", "x.md", "-b", "B"),
    ],
)
def test_a_draft_brings_all_fields(reporter: Reporter, words: tuple[str, ...]) -> None:
    reporter.done("add", "Alt")
    (reporter.folder / "x.md").write_text("Headline: Neu\n")
    assert reporter.refused(*words).status == 2


@pytest.mark.parametrize("name", ["gone.md", "folder", "pipe"])
def test_what_is_no_draft_is_named(reporter: Reporter, name: str) -> None:
    (reporter.folder / "folder").mkdir()
    os.mkfifo(reporter.folder / "pipe")
    assert name in reporter.refused("add", "--draft-file", name).err


def test_a_text_never_goes_into_an_entry_that_has_the_same_ref(reporter: Reporter) -> None:
    """It said "added"; and of a retracted one it took nothing, and deleted the draft."""
    reporter.done("add", "theirs", "--ref", "dpa:1")
    screen = Typist("add", "--ref", "dpa:1", folder=reporter.folder, EDITOR="false").leaves()
    assert "has this ref already" in screen.text
    assert "ended with" not in screen.text, "it is said before anybody types"
    for number, after in ((2, "restore"), (3, "retract")):
        meanwhile = f"{shlex.join(LIVEBLOG)} add wire --ref dpa:{number} >/dev/null"
        then = f"{shlex.join(LIVEBLOG)} {after} ref:dpa:{number} >/dev/null"
        changed = "sed -i 's/^Headline:/& mine/'"
        screen = Typist(
            *("add", "--ref", f"dpa:{number}"),
            folder=reporter.folder,
            EDITOR=f"{meanwhile}; {then}; {changed}",
        ).leaves()
        assert screen.status == 1
        assert "has this ref already" in screen.text
        assert "mine" in kept_drafts()[-1].read_text()
    assert _headlines(reporter) == ["theirs", "wire", "wire"]
    assert len(kept_drafts()) == 2


def test_a_busy_lock_keeps_the_draft(reporter: Reporter, named: Named) -> None:
    named("'{}'")
    with open(reporter.folder / ".liveblog.toml.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = reporter.run("edit", "last", "--lock-timeout", "0.05")
    assert result.status == 5
    reporter.done(*_going_on(result.err))
    assert (_headlines(reporter), kept_drafts()) == (["Neu"], [])


def test_a_full_disk_keeps_the_draft(reporter: Reporter, named: Named) -> None:
    """A limit on the size of files stands for the disk: the draft fits, the blog does not."""
    reporter.done("add", "long", "-b", "many words " * 600)
    named("'{}'")
    first = reporter.data()["entries"][0]["id"]
    line = f"ulimit -f 8; exec {shlex.join(LIVEBLOG)} edit {first}"
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=reporter.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert _headlines(reporter) == ["Alt", "long"]
    reporter.done(*_going_on(done.stderr))
    assert (_headlines(reporter), kept_drafts()) == (["Neu", "long"], [])


def test_an_editor_that_came_back_at_once_is_said_and_its_draft_stays(reporter: Reporter) -> None:
    """`code` without --wait, gvim without -f: what is saved later is not lost."""
    screen = Typist("add", folder=reporter.folder, EDITOR="true --new-window").leaves()
    (draft,) = kept_drafts()
    assert screen.status == 1
    assert "came back at once" in screen.text
    assert "--wait" in screen.text
    draft.write_text(draft.read_text().replace("Headline:", "Headline: später"))
    reporter.done("add", "--draft-file", str(draft))
    assert (_headlines(reporter), kept_drafts()) == (["später"], [])


def test_a_form_that_was_only_saved_again_is_not_kept(reporter: Reporter) -> None:
    """With the line ends of another system, without the last one, with blanks at the ends of lines."""
    saved = "sed -i 's/$/\\r/'"
    screen = Typist("add", folder=reporter.folder, EDITOR=saved).leaves()
    assert (screen.status, "nothing was added" in screen.text) == (1, True)
    assert kept_drafts() == []


def test_an_emptied_draft_is_given_up(reporter: Reporter, named: Named) -> None:
    named("/bin/sh -c ': > \"$0\"'")
    assert "the draft is empty" in reporter.run("edit", "last").err
    assert (_headlines(reporter), kept_drafts()) == (["Alt"], [])


def test_unfinished_drafts_are_named_where_an_editor_opens(
    reporter: Reporter, named: Named
) -> None:
    named("sed -i 's/^Key: no/Key: maybe/'")
    for _ in range(2):
        assert reporter.process("edit", "last").status == 1
    named("true")
    error = reporter.done("edit", "last").err
    assert "2 unfinished drafts of this blog" in error, "a draft is left when its process is gone"
    assert str(max(kept_drafts(), key=lambda p: (p.stat().st_mtime, p))) in error
    reporter.done("new", "Other", "-f", "other.toml")
    reporter.done("add", "H", "-f", "other.toml")
    assert "unfinished draft" not in reporter.done("edit", "last", "-f", "other.toml").err
