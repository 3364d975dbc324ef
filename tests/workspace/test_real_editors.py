"""vim, nano and emacs on a real terminal: the entry is in the blog, or the draft is kept."""

import fcntl
import json
import os
import shlex
import shutil
import signal
from pathlib import Path

import processes
import pytest
from editors import children, editor, kept_drafts
from processes import LIVEBLOG
from reporter import Reporter
from terminal import Typist

WRITING = {"vim": "A Zwei Boote", "nano": "\x05 Zwei Boote", "emacs": "\x05 Zwei Boote"}
"""Append words to the first line."""

INTERRUPTING = {
    "vim": ("\x03", "1,20"),
    "nano": ("\x03", "line"),
    "emacs": ("\x07", "Quit"),
}
"""What interrupts (Ctrl-C, Ctrl-G in emacs), and what the editor says to it."""

SAVING = {"vim": ":wq\r", "nano": "\x0f\r\x18", "emacs": "\x18\x13\x18\x03"}


def _headlines(reporter: Reporter) -> list[str]:
    return [entry["headline"] for entry in reporter.data().get("entries", [])]


def _opened(reporter: Reporter, name: str, *words: str) -> Typist:
    """Somebody who typed a headline in that editor and did not save it yet."""
    typist = Typist(*(words or ("add",)), folder=reporter.folder, EDITOR=editor(name))
    typist.sees("Help from here on")
    typist.types(WRITING[name])
    typist.sees("Boote")
    return typist


@pytest.mark.parametrize("name", SAVING)
def test_what_interrupts_is_the_editors_own(reporter: Reporter, name: str) -> None:
    typist = _opened(reporter, name)
    keys, answer = INTERRUPTING[name]
    typist.types(keys)
    typist.sees(answer)
    typist.types(SAVING[name])
    screen = typist.leaves()
    assert (screen.status, _headlines(reporter)) == (0, ["Zwei Boote"]), screen.text
    assert kept_drafts() == []


def test_a_command_that_gives_up_leaves_what_was_saved(reporter: Reporter) -> None:
    """Vim's `:cq` ends it with status 1."""
    typist = _opened(reporter, "vim")
    typist.types("\x1b:w\r:cq\r")
    screen = typist.leaves()
    assert (screen.status, _headlines(reporter)) == (1, [])
    (draft,) = kept_drafts()
    assert "Zwei Boote" in draft.read_text()
    assert f"--draft-file {draft}" in screen.text.replace(" ", "").replace(
        "--draft-file", "--draft-file "
    )


def test_a_kept_draft_is_opened_again_and_saved(reporter: Reporter) -> None:
    typist = _opened(reporter, "vim")
    typist.types("\x1b:w\r:cq\r")
    typist.leaves()
    (draft,) = kept_drafts()
    typist = Typist("add", "--draft-file", str(draft), folder=reporter.folder, EDITOR=editor("vim"))
    typist.sees("Zwei Boote")
    typist.sees("Help")
    typist.types("A fehlen\x1b:wq\r")
    assert typist.leaves().status == 0
    assert _headlines(reporter) == ["Zwei Boote fehlen"]
    assert kept_drafts() == []


def test_a_kept_draft_that_was_only_looked_at_is_not_published(reporter: Reporter) -> None:
    typist = _opened(reporter, "vim")
    typist.types("\x1b:w\r:cq\r")
    typist.leaves()
    (draft,) = kept_drafts()
    typist = Typist("add", "--draft-file", str(draft), folder=reporter.folder, EDITOR=editor("vim"))
    typist.sees("Help")
    typist.types(":q\r")
    screen = typist.leaves()
    assert (screen.status, _headlines(reporter)) == (1, [])
    assert "was not saved" in screen.text
    assert kept_drafts() == [draft]


@pytest.mark.parametrize(("name", "left"), [("vim", ".swp"), ("nano", ".save"), ("emacs", "#")])
def test_a_closed_terminal_leaves_the_draft_and_what_the_editor_saved_beside_it(
    reporter: Reporter, name: str, left: str
) -> None:
    """Nothing was saved yet: the words stand in the editor's own file of recovery."""
    typist = _opened(reporter, name)
    assert typist.hangs_up() == 128 + signal.SIGHUP
    (draft,) = kept_drafts()
    (beside,) = [p for p in draft.parent.iterdir() if draft.name in p.name and left in p.name]
    assert b"Boote" in beside.read_bytes()
    assert _headlines(reporter) == []


@pytest.mark.parametrize(
    ("number", "said", "shells"),
    [
        (signal.SIGTERM, "stopped by SIGTERM", ""),
        (signal.SIGHUP, "the terminal was closed", ""),
        (signal.SIGTERM, "stopped by SIGTERM", "true && "),
        (signal.SIGTERM, "stopped by SIGTERM", "/bin/sh -c 'true; \"$@\"; true' - "),
    ],
)
def test_a_signal_to_the_program_alone_ends_the_editor_too_and_says_where_the_text_is(
    reporter: Reporter, number: signal.Signals, said: str, shells: str
) -> None:
    typist = Typist("add", folder=reporter.folder, EDITOR=shells + editor("vim"))
    typist.sees("Help from here on")
    typist.types(WRITING["vim"])
    typist.sees("Boote")
    typist.process.send_signal(number)
    typist.sees("preserv")  # what Vim says when it saves for recovery
    screen = typist.leaves()
    (draft,) = kept_drafts()
    assert screen.status == 128 + number
    assert said in screen.text
    assert draft.name in "".join(screen.lines)
    assert f".{draft.name}.swp" in "".join(screen.lines)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_a_killed_editor_leaves_the_draft_and_a_usable_terminal(reporter: Reporter) -> None:
    typist = _opened(reporter, "vim")
    typist.types("\x1b:w\r")
    typist.sees("written")
    (child,) = children(typist.process.pid)
    os.kill(child, signal.SIGKILL)
    screen = typist.leaves()
    (draft,) = kept_drafts()
    assert (screen.status, _headlines(reporter), typist.echoes) == (1, [], True)
    assert "was ended by SIGKILL" in screen.text
    assert "Zwei Boote" in draft.read_text()


def test_a_killed_program_leaves_the_draft_and_the_next_add_names_it(reporter: Reporter) -> None:
    typist = _opened(reporter, "vim")
    typist.types("\x1b:w\r")
    typist.sees("written")
    typist.process.kill()
    typist.hangs_up()
    (draft,) = kept_drafts()
    assert "Zwei Boote" in draft.read_text()
    screen = Typist("add", folder=reporter.folder, EDITOR=":").leaves()
    assert "There is an unfinished draft of this blog" in screen.text
    assert f"--draft-file {draft}" in screen.text


def test_an_editor_can_be_suspended_and_brought_back(reporter: Reporter) -> None:
    bash = shutil.which("bash") or pytest.skip("bash is not installed")
    typist = Typist(
        folder=reporter.folder,
        command=[bash, "--norc", "--noprofile", "-i"],
        EDITOR=editor("vim"),
        PS1="ready> ",
    )
    typist.sees("ready> ")
    typist.types(f"{shlex.join(LIVEBLOG)} add\r")
    typist.sees("Help from here on")
    typist.types(WRITING["vim"] + "\x1b")
    typist.sees("1,20")
    typist.types("\x1a")
    typist.sees("Stopped")
    typist.sees("ready> ")
    typist.types("fg\r")
    typist.sees("Help from here on")
    typist.types(":wq\r")
    typist.sees("added: Zwei Boote")
    typist.types("exit\r")
    typist.leaves()
    assert _headlines(reporter) == ["Zwei Boote"]


def test_the_editor_has_the_terminal_where_the_answer_goes_elsewhere(reporter: Reporter) -> None:
    """`liveblog add --json | jq`: what the editor draws is no part of the answer."""
    line = f"{shlex.join(LIVEBLOG)} add --json > answer.json"
    typist = Typist(folder=reporter.folder, command=["/bin/sh", "-c", line], EDITOR=editor("vim"))
    typist.sees("Help from here on")
    typist.types(WRITING["vim"] + "\x1b:wq\r")
    assert typist.leaves().status == 0
    answer = json.loads((reporter.folder / "answer.json").read_text())
    assert answer["headline"] == "Zwei Boote"


def test_interrupted_while_it_waits_for_the_lock_it_says_where_the_text_is(
    reporter: Reporter,
) -> None:
    typist = _opened(reporter, "vim")
    with open(reporter.folder / ".liveblog.toml.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        typist.types("\x1b:wq\r")
        typist.sees("\x1b[?1049l")  # the editor gives the screen back
        typist.interrupts()
        screen = typist.leaves()
    (draft,) = kept_drafts()
    assert (screen.status, _headlines(reporter)) == (130, [])
    assert f"--draft-file {draft}" in screen.text


@pytest.mark.parametrize(
    ("name", "settings", "question", "answer"),
    [
        ("vim", " -u NONE -N --cmd 'set modeline'", ":set tw?\r", "textwidth=0"),
        ("emacs", "", "\x1b:fill-column\r", "70 (#o106"),
    ],
)
@pytest.mark.parametrize("where", ["headline", "body"])
def test_texts_of_others_steer_no_editor(
    reporter: Reporter, name: str, settings: str, question: str, answer: str, where: str
) -> None:
    """A wire's text may look like a modeline of Vim or a file variable of Emacs."""
    steering = {
        "headline": "vim: set tw=31: -*- fill-column: 31 -*-",
        "body": "x\n\nvim: set tw=31:\n\nLocal Variables:\nfill-column: 31\nEnd:",
    }
    reporter.done("add", f"--{where}", steering[where])
    typist = Typist("edit", "last", folder=reporter.folder, EDITOR=editor(name) + settings)
    typist.sees("#8<")
    typist.types(question)
    typist.sees(answer)
    typist.types(":q\r" if name == "vim" else "\x18\x03")
    screen = typist.leaves()
    assert "unchanged" in screen.text


@pytest.mark.parametrize(
    "mark",
    ["vim: set ff=mac tw=7 :", "ex: set ff=mac :", "vi:set ff=mac :", "vim>700: set ff=mac :"],
)
def test_texts_of_others_steer_no_editor_that_opens_the_blog_itself(
    reporter: Reporter, mark: str
) -> None:
    """Vim saved the blog with line ends of old Macs: no command could read it any more."""
    texts = {
        "headline": f"Storm {mark}",
        "body": f"Boats\n {mark}\n\n{mark}",
        "tags": [f"a {mark}"],
    }
    source = {"name": f"Harbour {mark}"}
    line = json.dumps(texts | {"sources": [source]})
    processes.run("add", "--jsonl", "-", input=line.encode(), check=True)
    before = reporter.file.read_bytes()
    editor("vim")  # its --clean takes the settings of root for granted, who has no modelines
    vim = [str(shutil.which("vim")), *["-N", "-u", "NONE", "--cmd"], "set modeline modelines=50"]
    typist = Typist(folder=reporter.folder, command=[*vim, "-c", "wq", "liveblog.toml"])
    assert typist.leaves().status == 0
    assert reporter.file.read_bytes() == before
    [entry] = reporter.data()["entries"]
    assert {name: entry[name] for name in texts} == texts
    assert entry["sources"] == [source]
