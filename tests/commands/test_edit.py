"""`edit`, `pin`, `unpin`, `retract`, `restore`, `publish`: what changes, and what the history keeps."""

from pathlib import Path

import pytest
from reporter import Reporter


def _editor(reporter: Reporter, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = reporter.folder / "my editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{path}'")


def _kept(error: str) -> Path:
    line = next(line for line in error.splitlines() if line.startswith("Your text is kept in "))
    return Path(line.removeprefix("Your text is kept in "))


def test_edit_changes_what_was_named_and_keeps_what_was_there(reporter: Reporter) -> None:
    name = reporter.done("add", "Alt", "-b", "Text", "--tag", "a").id
    reporter.done("edit", name, "--headline", "Neu", "--tag", "b")
    entry = reporter.data()["entries"][0]
    assert (entry["headline"], entry["body"], entry["tags"]) == ("Neu", "Text", ["b"])
    change = entry["history"][0]
    assert (change["was"], change["by"]) == ({"headline": "Alt", "tags": ["a"]}, "anna")


def test_words_behind_the_entry_are_its_new_headline(reporter: Reporter) -> None:
    reporter.done("add", "Alt")
    reporter.done("edit", "last", "-3", "Grad", "und", "Schnee")
    assert reporter.data()["entries"][0]["headline"] == "-3 Grad und Schnee"


def test_a_comment_in_the_block_and_all_other_blocks_stay(reporter: Reporter) -> None:
    first = reporter.done("add", "one").id
    reporter.done("add", "two")
    text = reporter.file.read_text().replace(
        'headline = "one"', 'headline = "one"  # ask Jon\n# note'
    )
    reporter.file.write_text(text)
    reporter.done("edit", first, "-b", "more")
    after = reporter.file.read_text()
    assert 'headline = "one"  # ask Jon\n# note\n' in after
    assert after[after.rindex("[[entries]]\nid") :] == text[text.rindex("[[entries]]\nid") :]


@pytest.mark.parametrize("kind", ["correction", "clarification", "update"])
def test_readers_are_told_of_a_correction(reporter: Reporter, kind: str) -> None:
    reporter.done("add", "20 Verletzte")
    reporter.done("edit", "last", "--headline", "12 Verletzte", f"--{kind}", "Es waren 12.")
    change = reporter.data()["entries"][0]["history"][0]
    assert (change["kind"], change["note"]) == (kind, "Es waren 12.")


def test_two_kinds_at_a_time_are_wrong_usage(reporter: Reporter) -> None:
    reporter.done("add", "H")
    result = reporter.refused("edit", "last", "X", "--correction", "a", "--update", "b")
    assert result.status == 2


def test_an_edit_that_changes_nothing_writes_nothing(reporter: Reporter) -> None:
    reporter.done("add", "H")
    before = reporter.files()
    assert "unchanged" in reporter.done("edit", "last", "--headline", "H").out
    assert reporter.files() == before


def test_an_entry_can_not_be_edited_empty(reporter: Reporter) -> None:
    reporter.done("add", "H")
    assert reporter.refused("edit", "last", "--headline", "").status == 1


def test_pin_and_unpin(reporter: Reporter) -> None:
    name = reporter.done("add", "H").id
    assert "pinned" in reporter.done("pin", name[:3]).out
    assert reporter.data()["entries"][0]["pinned"] is True
    assert "unchanged, pinned already" in reporter.done("pin", name).out
    reporter.done("unpin", name)
    assert "pinned" not in reporter.data()["entries"][0]
    assert [c["action"] for c in reporter.data()["entries"][0]["history"]] == ["pin", "unpin"]


def test_retracted_is_not_deleted_and_restore_brings_back_what_it_was(reporter: Reporter) -> None:
    reporter.done("add", "H", "--draft")
    reporter.done("retract", "last")
    assert reporter.data()["entries"][0]["status"] == "retracted"
    reporter.done("restore", "last")
    assert reporter.data()["entries"][0]["status"] == "draft"


def test_publish_gives_a_draft_the_time_of_now(reporter: Reporter) -> None:
    reporter.done("add", "H", "--draft")
    reporter.at("2024-11-12T15:30:00+01:00")
    reporter.done("publish", "last")
    entry = reporter.data()["entries"][0]
    assert "status" not in entry
    assert entry["time"].isoformat() == "2024-11-12T15:30:00+01:00"


def test_publish_keeps_the_time_when_asked_and_takes_another(reporter: Reporter) -> None:
    reporter.done("add", "one", "--draft", "--ref", "1")
    reporter.done("add", "two", "--draft", "--ref", "2")
    reporter.at("2024-11-12T15:30:00+01:00")
    reporter.done("publish", "ref:1", "--keep-time")
    reporter.done("publish", "ref:2", "--at", "16:00")
    times = [e["time"].isoformat()[11:16] for e in reporter.data()["entries"]]
    assert times == ["14:00", "16:00"]


def test_a_retracted_entry_is_not_published(reporter: Reporter) -> None:
    reporter.done("add", "H")
    reporter.done("retract", "last")
    assert "restore" in reporter.refused("publish", "last").err


def test_an_unknown_entry_is_status_3_and_an_ambiguous_one_names_its_candidates(
    reporter: Reporter,
) -> None:
    reporter.done("add", "one")
    reporter.done("add", "two")
    text = reporter.file.read_text()
    first, second = (e["id"] for e in reporter.data()["entries"])
    reporter.file.write_text(text.replace(first, "abcd1").replace(second, "abcd2"))
    reporter.file.with_name(".liveblog.toml.lock").unlink()  # else it would miss the old ids
    assert reporter.refused("pin", "zzzzz").status == 3
    result = reporter.refused("pin", "abc")
    assert result.status == 3
    assert "abcd1 (one)" in result.err
    assert "abcd2 (two)" in result.err


def test_the_editor_gets_the_entry_and_its_text_is_saved(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "Alt", "-b", "Text", "--source", "KCNA <https://kcna.kp/> (agency)")
    _editor(
        reporter,
        monkeypatch,
        "sed -i 's/^Headline: Alt$/Headline: Neu/; s/^Tags:.*/Tags: a; b/; s/^Key: no/Key: yes/' \"$1\"",
    )
    reporter.done("edit", "last")
    entry = reporter.data()["entries"][0]
    assert (entry["headline"], entry["tags"], entry["key"]) == ("Neu", ["a", "b"], True)
    assert entry["sources"] == [{"name": "KCNA", "url": "https://kcna.kp/", "kind": "agency"}]
    assert list(entry["history"][0]["was"]) == ["headline"]


def test_headings_of_markdown_are_text(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    reporter.done("add", "H", "-b", "# a heading stays")
    _editor(reporter, monkeypatch, "sed -i 's/: H$/: # J/' \"$1\"")
    reporter.done("edit", "last")
    entry = reporter.data()["entries"][0]
    assert (entry["headline"], entry["body"]) == ("# J", "# a heading stays")


def test_text_below_the_help_is_not_dropped(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    _editor(reporter, monkeypatch, "echo 'two boats are missing' >> \"$1\"")
    result = reporter.run("edit", "last")
    assert "'two boats are missing' stands below the help" in result.err
    assert "two boats are missing" in _kept(result.err).read_text()


def test_an_editor_that_changes_nothing_is_said_to_have_changed_nothing(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    before = reporter.data()
    _editor(reporter, monkeypatch, "true")
    assert "unchanged: H" in reporter.done("edit", "last").out
    assert reporter.data() == before


def test_a_failing_editor_keeps_the_draft(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    _editor(reporter, monkeypatch, 'echo precious > "$1"; exit 3')
    result = reporter.run("edit", "last")
    assert (result.status, "status 3" in result.err) == (1, True)
    assert _kept(result.err).read_text() == "precious\n"
    _kept(result.err).unlink()


def test_a_draft_with_a_mistake_is_kept_and_the_field_named(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    _editor(reporter, monkeypatch, "sed -i 's/^Time:.*/Time: soon/' \"$1\"")
    result = reporter.run("edit", "last")
    assert result.status == 1
    assert "'soon' is not a time" in result.err
    assert "Time: soon" in _kept(result.err).read_text()
    _kept(result.err).unlink()


def test_an_entry_changed_meanwhile_is_not_overwritten(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    reporter.done("add", "H")
    other = f"'{sys.executable}' -m liveblog_cli edit last 'theirs' >/dev/null"
    _editor(reporter, monkeypatch, f"{other}; sed -i 's/: H$/: mine/' \"$1\"")
    result = reporter.run("edit", "last")
    assert (result.status, "changed meanwhile" in result.err) == (6, True)
    assert reporter.data()["entries"][0]["headline"] == "theirs"
    assert "mine" in _kept(result.err).read_text()
    _kept(result.err).unlink()


def test_a_blog_file_deleted_meanwhile_keeps_the_draft(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    _editor(reporter, monkeypatch, f"rm '{reporter.file}'; sed -i 's/: H$/: mine/' \"$1\"")
    result = reporter.run("edit", "last")
    assert result.status == 3
    assert "mine" in _kept(result.err).read_text()
    _kept(result.err).unlink()


def test_without_a_terminal_no_editor_is_guessed(reporter: Reporter) -> None:
    """A script that forgot its options must not wait in an editor that nobody sees."""
    reporter.done("add", "H")
    result = reporter.refused("edit", "last")
    assert result.status == 1
    assert "no terminal" in result.err


def test_no_editor_at_all_says_what_to_set(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    monkeypatch.setenv("PATH", "")
    assert "LIVEBLOG_EDITOR" in reporter.refused("edit", "last").err


def test_the_editors_variables_have_an_order(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.done("add", "H")
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setenv("VISUAL", "false")
    monkeypatch.setenv("LIVEBLOG_EDITOR", "sed -i 's/: H$/: J/'")
    reporter.done("edit", "last")
    assert reporter.data()["entries"][0]["headline"] == "J"


def test_edit_takes_the_options_of_add_entry(reporter: Reporter) -> None:
    reporter.done("add", "H")
    reporter.done("edit", "last", "--pin", "--draft", "--ref", "dpa:1")
    entry = reporter.data()["entries"][0]
    assert (entry["pinned"], entry["status"], entry["ref"]) == (True, "draft", "dpa:1")
    reporter.done("edit", "ref:dpa:1", "--no-pin")
    assert "pinned" not in reporter.data()["entries"][0]


PICTURE = "https://img.example/a.png"


@pytest.mark.parametrize("option", ["--alt", "--caption", "--credit"])
def test_a_text_for_an_image_that_is_not_there_is_refused(reporter: Reporter, option: str) -> None:
    """The second text was dropped, with status 0."""
    reporter.done("add", "H", "--image", PICTURE)
    said = f"{option} is given 2 times for 1 images"
    for images in ([], ["--image", PICTURE]):
        result = reporter.refused("edit", "last", *images, option, "two", option, "THREE")
        assert (result.status, said in result.err) == (1, True)


@pytest.mark.parametrize("command", [["add", "H"], ["edit", "last"]])
def test_a_text_stays_with_its_own_image(reporter: Reporter, command: list[str]) -> None:
    """A script's first image had no name: its text went to the second one."""
    reporter.done("add", "H")
    images = ["--image", "", "--image", PICTURE]
    assert "'first'" in reporter.refused(*command, *images, "--alt", "first").err
    reporter.done(*command, *images, "--alt", "", "--alt", "second")
    (medium,) = reporter.data()["entries"][-1]["media"]
    assert (medium["url"], medium["alt"]) == (PICTURE, "second")


def test_a_text_for_an_image_that_is_there_is_cleaned_like_one_for_a_new_image(
    reporter: Reporter,
) -> None:
    reporter.done("add", "News", "--image", "https://news.example/a.jpg")
    assert "U+0007" in reporter.refused("edit", "last", "--alt", "be\x07ll").err
    reporter.done("edit", "last", "--alt", "two\nlines")
    assert reporter.data()["entries"][0]["media"][0]["alt"] == "two lines"
