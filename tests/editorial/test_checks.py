"""What `check` finds, where it says it stands, and how other programs are told."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from reporter import Reporter

from liveblog_cli.editorial import checks

HEAD = 'format = 1\ntitle = "T"\nurl = "https://news.example/b"\ntimezone = "UTC"\n'
GOOD = '\n[[entries]]\nid = "good1"\ntime = 2024-11-12T06:00:00Z\nheadline = "Good"\n'


def codes(desk: Reporter, text: str) -> list[tuple[str, int]]:
    """The codes found in a file of this text, with their lines."""
    desk.file.write_text(text)
    return [(f["code"], f["line"]) for f in desk.run("check", "--json").json]


def entry(*lines: str, name: str = "bad01", time: str = "2024-11-12T07:00:00Z") -> str:
    return "\n".join(["", "[[entries]]", f'id = "{name}"', f"time = {time}", *lines, ""])


FAULTS: dict[str, tuple[str, int]] = {
    "broken-file": (HEAD + entry("headline = 5"), 9),
    "unknown-check": (HEAD + 'checks_off = ["no-altt"]\n' + GOOD, 5),
    "unknown-action": (HEAD + '[[hooks]]\nrun = "true"\non = ["ad"]\n' + GOOD, 5),
    "no-url": ('format = 1\ntitle = "T"\n' + GOOD, 2),
    "bad-address": (
        HEAD + entry('headline = "x"', 'sources = [{ name = "A", url = "www.a.example" }]'),
        10,
    ),
    "control-character": (HEAD + entry('headline = "a\\u009bb"'), 9),
    "dead-anchor": (HEAD + entry('headline = "x"', 'body = "See [that](#gone1)."'), 10),
    "double-headline": (HEAD + GOOD + entry('headline = "good"'), 14),
    "long-headline": (HEAD + entry(f'headline = "{"x" * 111}"'), 9),
    "future-time": (HEAD + entry('headline = "x"', time="2024-11-13T06:00:00Z"), 8),
    "out-of-order": (HEAD + GOOD + entry('headline = "x"', time="2024-11-12T05:00:00Z"), 13),
    "no-alt": (
        HEAD + entry('headline = "x"', "[[entries.media]]", 'url = "https://a.example/b.jpg"'),
        10,
    ),
    "no-file": (
        HEAD + entry('headline = "x"', "[[entries.media]]", 'file = "b.jpg"', 'alt = "B"'),
        10,
    ),
    "no-source": (HEAD + entry('headline = "x"', "key = true"), 10),
    "unverified-no-box": (
        HEAD + entry('headline = "x"', 'sources = [{ name = "A", verified = false }]'),
        10,
    ),
    "unknown-note": (HEAD + entry('headline = "x"', 'notes = ["parties"]'), 10),
    "old-draft": (
        HEAD + entry('headline = "x"', 'status = "draft"', time="2024-11-10T06:00:00Z"),
        10,
    ),
}


def test_every_check_has_a_case_here() -> None:
    assert set(FAULTS) == set(checks.CODES)


@pytest.mark.parametrize("code", checks.CODES)
def test_each_fault_is_found_in_its_line_and_nothing_else(desk: Reporter, code: str) -> None:
    text, line = FAULTS[code]
    assert codes(desk, text) == [(code, line)]


@pytest.mark.parametrize("code", [c for c in checks.CODES if c not in ("broken-file",)])
def test_each_check_but_the_broken_file_can_be_switched_off(desk: Reporter, code: str) -> None:
    text, _ = FAULTS[code]
    off = f'checks_off = ["{code}"]\n'
    if "checks_off" in text:
        off = 'checks_off = ["no-altt", "unknown-check"]\n'
        text = text.replace('checks_off = ["no-altt"]\n', "")
    assert codes(desk, text.replace("title", f"{off}title", 1)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ('body = "See [that](#good1) and [this](https://news.example/b#good1)."',),
        ('body = "To the [corrections](#lb:corrections), or [away](https://a.example/#x)."',),
        ('sources = [{ name = "A", kind = "social", verified = false }]', 'notes = ["box"]'),
        ('sources = [{ name = "A", kind = "agency", verified = false }]',),
        ("key = true", 'sources = [{ name = "A" }]'),
        ('body = "According to A, it rains."', 'sources = [{ name = "A" }]'),
        ('body = "A so-called \\"quote\\" of one word."',),
        ("[[entries.media]]", 'url = "https://video.example/watch"'),
    ],
)
def test_what_is_right_is_not_found(desk: Reporter, lines: tuple[str, ...]) -> None:
    boxes = '[[notes]]\nid = "box"\ntext = "x"\napplies_to = ["agency"]\n'
    assert codes(desk, HEAD + boxes + GOOD + entry('headline = "x"', *lines)) == []


@pytest.mark.parametrize(
    "body",
    [
        "According to the ministry, it rains.",
        "Laut Polizei regnet es.",
        "„Wir werden morgen früh wieder anfangen“, hieß es.",
    ],
)
def test_text_that_quotes_or_attributes_wants_a_source(desk: Reporter, body: str) -> None:
    assert codes(desk, HEAD + entry('headline = "x"', f'body = "{body}"')) == [("no-source", 10)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("![](https://a.example/b.jpg)", "no-alt"),
        ("![ ](https://a.example/b.jpg)", "no-alt"),
        ("See [that](http://).", "bad-address"),
    ],
)
def test_what_stands_inside_a_text_is_looked_at_too(desk: Reporter, body: str, found: str) -> None:
    assert codes(desk, HEAD + entry('headline = "x"', f'body = "{body}"')) == [(found, 10)]


@pytest.mark.parametrize(
    "body",
    ["![A map](https://a.example/b.jpg)", "See [that](https://a.example/b), <https://c.example>."],
)
def test_pictures_and_links_inside_a_text_may_be_right(desk: Reporter, body: str) -> None:
    assert codes(desk, HEAD + entry('headline = "x"', f'body = "{body}"')) == []


def test_retracted_entries_are_left_alone_but_no_link_may_lead_there(desk: Reporter) -> None:
    gone = entry('headline = "x"', "key = true", 'notes = ["no"]', 'status = "retracted"')
    link = entry('headline = "y"', 'body = "[x](#bad01)"', name="link1")
    assert codes(desk, HEAD + gone + link) == [("dead-anchor", 18)]


def test_errors_fail_and_with_strict_everything_does(desk: Reporter) -> None:
    for code, warned in (("no-alt", 1), ("no-source", 0), ("future-time", 0)):
        desk.file.write_text(FAULTS[code][0])
        assert desk.run("check").status == warned
        assert desk.run("check", "--strict").status == 1
    desk.file.write_text(HEAD + GOOD)
    assert desk.run("check", "--strict").status == 0


def test_a_broken_file_is_4_with_all_problems_and_all_other_findings(desk: Reporter) -> None:
    desk.file.write_text(
        HEAD.replace('"UTC"', '"Mars"')
        + entry("headline = 5")
        + entry('headline = "x', name="bad02")
        + entry("key = true", 'headline = "k"', name="good2")
    )
    answer = desk.run("check", "--json")
    assert answer.status == 4
    assert [(f["code"], f["line"]) for f in answer.json] == [
        ("broken-file", 4),
        ("broken-file", 9),
        ("broken-file", 14),
    ]
    desk.file.write_text(desk.file.read_text().replace("Mars", "UTC"))
    assert ("no-source", 19) in [(f["code"], f["line"]) for f in desk.run("check", "--json").json]


def test_a_newer_format_is_refused_with_what_to_install(desk: Reporter) -> None:
    """By every command, and nothing is written."""
    desk.file.write_text(
        HEAD.replace("format = 1", 'format = 2\nmood = "new"') + GOOD + "moods = 1\n"
    )
    text = desk.file.read_text()
    for command in (
        ["list"],
        ["add-entry", "x"],
        ["pin", "good1"],
        ["export"],
        ["undo"],
        ["check"],
    ):
        answer = desk.run(*command)
        said = answer.out + answer.err
        assert answer.status == 4
        assert (
            "format 2 is newer than this program reads (1): install liveblog-cli 2.0 or newer"
            in said
        )
    assert desk.file.read_text() == text


def test_bytes_that_are_no_utf8_are_4(desk: Reporter) -> None:
    desk.file.write_bytes(b'title = "\xff"\n')
    assert desk.run("check").status == 4


def test_check_changes_nothing(desk: Reporter) -> None:
    desk.file.write_text(FAULTS["no-alt"][0])
    before = {p: p.read_bytes() for p in desk.folder.iterdir()}
    desk.run("check")
    assert {p: p.read_bytes() for p in desk.folder.iterdir()} == before


def test_text_names_file_line_and_the_way_out(desk: Reporter) -> None:
    desk.file.write_text(FAULTS["no-alt"][0])
    assert desk.run("check").out.splitlines() == [
        "liveblog.toml:10: error: bad01: https://a.example/b.jpg has no alt text [no-alt]",
        "    `liveblog edit ENTRY --alt TEXT`, or `![TEXT](ADDRESS)` inside a text: say what it shows to those who don't see it.",
    ]


def test_github_gets_annotations_that_text_cannot_forge(desk: Reporter) -> None:
    bad = '[{ name = "50%\\n::error::x", url = "a" }]'
    desk.file.write_text(HEAD + entry('headline = "x"', f"sources = {bad}"))
    lines = desk.run("check", "--format", "github").out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=liveblog.toml,line=10,title=bad-address::bad01: ")
    assert "50%25%0A::error::x" in lines[0]


def sarif(desk: Reporter) -> Any:
    log = desk.run("check", "--format", "sarif").json
    schema = json.loads((Path(__file__).parents[1] / "sarif.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(log)
    return log


def test_sarif_is_valid_and_tells_rule_level_and_line(desk: Reporter) -> None:
    desk.file.write_text(
        FAULTS["no-alt"][0]
        + FAULTS["future-time"][0]
        .removeprefix(HEAD)
        .replace("bad01", "bad02")
        .replace('"x"', '"y"')
    )
    run = sarif(desk)["runs"][0]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("no-alt", "error"),
        ("future-time", "note"),
    ]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == ["no-alt", "future-time"]


def test_sarif_of_a_broken_file_has_its_column(desk: Reporter) -> None:
    desk.file.write_text(HEAD + entry("headline = "))
    region = sarif(desk)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 9
    assert region["startColumn"] > 1


def test_sarif_of_a_good_file_is_valid_too(desk: Reporter) -> None:
    desk.file.write_text(HEAD + GOOD)
    assert sarif(desk)["runs"][0]["results"] == []


def test_several_files_are_checked_as_pre_commit_hands_them_over(desk: Reporter) -> None:
    (desk.folder / "a b.toml").write_text(FAULTS["no-alt"][0])
    (desk.folder / "c.toml").write_text(HEAD + GOOD)
    answer = desk.run("check", "a b.toml", "c.toml")
    assert (answer.status, answer.out.startswith("a b.toml:10: ")) == (1, True)
    assert desk.run("check", "c.toml", "-f", "c.toml").status == 2
    assert desk.run("check", "none.toml").status == 3


def test_the_hook_is_one_that_pre_commit_takes() -> None:
    import yaml

    (hook,) = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    assert (hook["id"], hook["entry"], hook["language"]) == (
        "liveblog-check",
        "liveblog check",
        "python",
    )


def test_the_documentation_names_every_check() -> None:
    text = (Path(__file__).parents[2] / "docs" / "checks.md").read_text()
    assert [c for c in checks.CODES if f"| `{c}` |" not in text] == []


@pytest.mark.parametrize(
    "command", ["history", "diff", "sources", "handover", "stats", "list", "show"]
)
def test_what_can_be_read_is_shown_and_what_cannot_is_named(desk: Reporter, command: str) -> None:
    """A broken entry makes the status 4 and hides no other."""
    good = desk.add("Readable", "--source", "dpa")
    desk.file.write_text(desk.file.read_text() + entry("headline = 5"))
    answer = desk.run(command)
    assert answer.status == 4
    assert good in answer.out or "dpa" in answer.out
    assert ": headline: " in answer.err
    assert desk.done("undo").status == 0


def test_a_file_that_is_no_image_is_found_before_an_export_refuses_it(desk: Reporter) -> None:
    (desk.folder / "b.jpg").write_bytes(b"")
    text, line = FAULTS["no-file"]
    assert codes(desk, text) == [("no-file", line)]
    assert "image b.jpg is empty" in desk.run("check").out
