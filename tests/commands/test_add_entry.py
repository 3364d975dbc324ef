"""`add-entry`: what becomes headline and body, what is refused, what is said back."""

import pytest
from processes import Fork
from reporter import Reporter

HOSTILE = '"""\n[[entries]]\nid = "x"\n\'\'\'\n[entries.media]\n\\ \\u0041 "quotes" \\"""'


def test_words_need_no_quotes_and_the_id_comes_back_first(reporter: Reporter) -> None:
    result = reporter.done("add-entry", "Fähren", "fahren", "wieder")
    entry = reporter.data()["entries"][0]
    assert entry["headline"] == "Fähren fahren wieder"
    assert result.out == f"{entry['id']}  2024-11-12 14:00:00 +01:00  added: Fähren fahren wieder\n"
    assert result.err == ""


def test_every_option_ends_in_its_field(reporter: Reporter) -> None:
    reporter.done("add", "H", "-b", "B", "--at", "13:05", "--author", "Ada", "--author", "Jon")
    reporter.done(
        *(
            "add",
            "H",
            "--tag",
            "a",
            "--tag",
            "b",
            "--label",
            "Analyse",
            "--key",
            "--pin",
            "--draft",
        ),
        *("--ref", "dpa:1", "--source", "KCNA <https://kcna.kp/> (agency, unverified)"),
    )
    first, second = reporter.data()["entries"]
    assert (first["body"], first["authors"]) == ("B", ["Ada", "Jon"])
    assert first["time"].isoformat() == "2024-11-12T13:05:00+01:00"
    assert second["sources"] == [
        {"name": "KCNA", "url": "https://kcna.kp/", "kind": "agency", "verified": False}
    ]
    given = {k: second[k] for k in ("tags", "label", "key", "pinned", "status", "ref")}
    assert given == {
        "tags": ["a", "b"],
        "label": "Analyse",
        "key": True,
        "pinned": True,
        "status": "draft",
        "ref": "dpa:1",
    }


@pytest.mark.parametrize("seconds", ["-1", "nan", "-inf", "-x"])
def test_what_is_no_time_to_wait_is_named_as_it_was_typed(reporter: Reporter, seconds: str) -> None:
    result = reporter.refused("add", "Smoke", "--lock-timeout", seconds)
    assert (result.status, seconds in result.err) == (2, True)


@pytest.mark.parametrize("text", ["-5 degrees tonight", "- a dash first", "-12 Grad"])
def test_text_may_start_with_a_dash_and_a_digit_or_a_blank(reporter: Reporter, text: str) -> None:
    reporter.done("add", text, "-b", text)
    entry = reporter.data()["entries"][0]
    assert (entry["headline"], entry["body"]) == (text, text)


def test_an_unknown_option_is_refused_with_a_suggestion(reporter: Reporter) -> None:
    result = reporter.refused("add", "--hedline", "x")
    assert result.status == 2
    assert "--headline" in result.err


def test_stdin_is_read_as_a_commit_message(reporter: Reporter) -> None:
    reporter.done("add", "-", stdin="Headline\n\nFirst.\n\nSecond.\n")
    reporter.done("add", stdin="Only a headline\n")
    reporter.done("add", stdin="two lines\nthat are one paragraph\n")
    first, second, third = reporter.data()["entries"]
    assert (first["headline"], first["body"]) == ("Headline", "First.\n\nSecond.")
    assert second["headline"] == "Only a headline"
    assert third["body"] == "two lines\nthat are one paragraph"


def test_a_byte_order_mark_on_stdin_is_no_text(reporter: Reporter) -> None:
    reporter.done("add", "-", stdin=b"\xef\xbb\xbfHead\r\n\r\nText\r\n")
    assert reporter.data()["entries"][0]["headline"] == "Head"


def test_stdin_is_left_alone_when_words_are_given(reporter: Reporter) -> None:
    line = 'while read -r line; do liveblog add "$line" || exit 1; done'
    assert reporter.shell(line, stdin=b"one\ntwo\nthree\n").status == 0
    assert [e["headline"] for e in reporter.data()["entries"]] == ["one", "two", "three"]


@pytest.mark.parametrize("text", ["", " \n \n", "\u200b", "\ufeff \u2060"])
def test_empty_text_is_refused(reporter: Reporter, text: str) -> None:
    assert reporter.refused("add", "-", stdin=text).status == 1
    assert reporter.refused("add", text).status == 1


def test_text_that_looks_like_toml_comes_back_exactly_as_one_entry(reporter: Reporter) -> None:
    reporter.done("add", "before")
    reporter.done("add", "forged", "-b", HOSTILE)
    reporter.done("add", "after")
    entries = reporter.data()["entries"]
    assert [e["headline"] for e in entries] == ["before", "forged", "after"]
    assert entries[1]["body"] == HOSTILE
    newest = reporter.done("list", "-n", "2", "--json").json
    assert [e["headline"] for e in newest] == ["after", "forged"]


def test_bytes_that_are_not_utf_8_are_refused(reporter: Reporter) -> None:
    result = reporter.refused("add", "-", stdin=b"caf\xe9")
    assert (result.status, "not UTF-8: byte 0xe9 at 3" in result.err) == (1, True)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x0b", "\ufffe"])
def test_characters_that_no_format_carries_are_refused(reporter: Reporter, character: str) -> None:
    result = reporter.refused("add", "-", stdin=f"Head\n\nline one\nbad {character} here")
    assert result.status == 1
    assert f"U+{ord(character):04X} in line 2" in result.err


def test_an_image_that_is_not_there_is_refused(reporter: Reporter) -> None:
    result = reporter.refused("add", "H", "--image", "nowhere.png")
    assert (result.status, "nowhere.png: no such file" in result.err) == (1, True)


def test_more_texts_than_images_are_refused(reporter: Reporter) -> None:
    assert "--alt is given 1 times for 0 images" in reporter.refused("add", "H", "--alt", "x").err


def test_a_box_that_is_not_there_is_refused(reporter: Reporter) -> None:
    assert "no box 'nope'" in reporter.refused("add", "H", "--note", "nope").err


def test_no_blog_file_is_status_3(newcomer: Reporter) -> None:
    assert newcomer.refused("add", "H").status == 3
    assert newcomer.refused("add", "H", "-f", "gone.toml").status == 3
    assert not list(newcomer.folder.glob(".*.lock"))


def test_the_file_is_found_in_a_folder_above(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = reporter.folder / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    reporter.done("add", "from below")
    assert len(reporter.data()["entries"]) == 1


def test_a_comment_at_the_end_of_the_file_stays(reporter: Reporter) -> None:
    before = reporter.file.read_text() + "# by hand, without a line end"
    reporter.file.write_text(before)
    reporter.done("add", "H")
    assert reporter.file.read_text().startswith(before + "\n")


def test_a_time_in_the_text_stays_text(reporter: Reporter) -> None:
    reporter.done("add", "12.11.2024", "02:18", "Uhr:", "Fähre", "legt", "ab")
    entry = reporter.data()["entries"][0]
    assert entry["time"].isoformat() == "2024-11-12T14:00:00+01:00"
    assert entry["headline"] == "12.11.2024 02:18 Uhr: Fähre legt ab"


def test_json_answers_the_entry(reporter: Reporter) -> None:
    answer = reporter.done("add", "H", "--json").json
    assert answer["id"] == reporter.data()["entries"][0]["id"]
    assert (answer["action"], answer["time"]) == ("added", "2024-11-12T14:00:00+01:00")


def test_twenty_at_once_are_all_kept(reporter: Reporter) -> None:
    running = [Fork("add", f"entry {n}", cwd=reporter.folder) for n in range(20)]
    assert [process.wait(60) for process in running] == [0] * 20
    assert {e["headline"] for e in reporter.data()["entries"]} == {f"entry {n}" for n in range(20)}
