"""On a real terminal: colour, width, the pager, the editor."""

import pytest
from reporter import Reporter

PREVIEWS = [["list"], ["show"], ["show", "last"], ["history"]]


@pytest.fixture
def busy(reporter: Reporter) -> Reporter:
    """A blog with everything that a preview draws."""
    reporter.done(
        *("set", "--kicker", "Liveblog", "--summary", "Ein **Sturm** zieht auf. " * 5),
        *("--title", "Sturm ++ " + "sehr lange Überschrift " * 4),
    )
    reporter.done("note", "add", "pegel", "--title", "Pegel", "--text", "Gemessen in *Husum*. " * 6)
    reporter.done(
        *(
            "add",
            "Fähren",
            "stehen",
            "still",
            "-b",
            "Text mit **Betonung** " * 20,
            "--key",
            "--pin",
        ),
        *("--source", "Deutscher Wetterdienst <https://www.dwd.de/> (official)", "--note", "pegel"),
        *("--tag", "Fähren", "--author", "Ada Miller", "--label", "Analyse"),
    )
    reporter.done("edit", "last", "-b", "Neuer Text", "--correction", "Es fährt noch eine.")
    reporter.done("add", "Entwurf", "--draft")
    return reporter


@pytest.mark.parametrize("command", PREVIEWS)
@pytest.mark.parametrize("columns", [60, 80, 140])
def test_previews_fit_the_terminal_and_use_its_colours(
    busy: Reporter, command: list[str], columns: int
) -> None:
    screen = busy.on_terminal(*command, columns=columns)
    assert screen.status == 0
    assert "\x1b[" in screen.raw
    assert max(len(line) for line in screen.lines) <= columns


@pytest.mark.parametrize("command", PREVIEWS)
def test_no_color_is_honoured(busy: Reporter, command: list[str]) -> None:
    for words, env in ((command, {"NO_COLOR": "1"}), ([*command, "--color", "never"], {})):
        raw = busy.on_terminal(*words, **env).raw
        codes = {c for part in raw.split("\x1b[")[1:] for c in part.split("m")[0].split(";")}
        assert not codes & {str(n) for n in (*range(30, 50), *range(90, 108))}


def test_the_page_shows_what_a_reader_meets(busy: Reporter) -> None:
    text = busy.on_terminal("show").text
    for part in (
        *("Liveblog", "Stand: 12.11.2024, 14:00 Uhr", "Das Wichtigste im Überblick"),
        *("Neuer Text", "Gemessen in Husum.", "Quelle: Deutscher Wetterdienst"),
        *("Themen: Fähren", "Korrektur, 12.11.2024, 14:00 Uhr: Es fährt noch eine.", "Ada Miller"),
    ):
        assert part in text, part
    assert "Entwurf" not in text


def test_no_escape_of_an_entry_reaches_the_terminal(busy: Reporter) -> None:
    text = busy.file.read_text().replace(
        'headline = "Entwurf"', 'headline = "\\u009b31mrot \\u202egab"\nlabel = "x\\u007f"'
    )
    busy.file.write_text(text)
    for command in (["list"], ["show", "last"]):
        raw = busy.on_terminal(*command).raw
        assert "gab" in raw
        assert not {"\x9b", "\u202e", "\x7f"} & set(raw)


def test_a_terminal_gets_twenty_entries_and_is_told_of_the_rest(reporter: Reporter) -> None:
    lines = "".join(f'{{"headline": "entry {n}"}}\n' for n in range(25))
    assert reporter.process("add", "--jsonl", "-", stdin=lines.encode()).status == 0
    assert "20 of 25" in reporter.on_terminal("list").text
    everything = reporter.on_terminal("list", "-n", "0").text
    assert "entry 0 " in f"{everything} "
    assert "20 of 25" in reporter.on_terminal("show").text


def test_a_narrow_list_names_the_year_only_where_it_is_not_this_one(reporter: Reporter) -> None:
    reporter.done("add", "now", "--at", "2024-11-12T10:00")
    text = reporter.on_terminal("list", columns=60).text
    assert ("11-12 10:00" in text, "2024-11-12" in text) == (True, False)
    reporter.done("add", "far", "--at", "2099-01-01T10:00")
    text = reporter.on_terminal("list", columns=60).text
    assert ("2024-11-12 10:00" in text, "2099-01-01 10:00" in text) == (True, True)


@pytest.mark.parametrize("command", [["list", "--tag", "nope"], ["note", "list"], ["sources"]])
def test_nothing_to_list_is_told_without_an_empty_table(
    reporter: Reporter, command: list[str]
) -> None:
    shown = reporter.on_terminal(*command).text
    assert "no " in shown
    assert "─" not in shown


def test_a_pager_is_used_only_when_asked(busy: Reporter) -> None:
    pager = {"PAGER": "sed s/^/paged:/"}
    assert "paged:" not in busy.on_terminal("list", **pager).text
    assert "paged:" in busy.on_terminal("list", "--pager", **pager).text
    assert "paged:" in busy.on_terminal("show", "--pager", **pager).text


def test_add_without_words_opens_the_editor(reporter: Reporter) -> None:
    screen = reporter.on_terminal("add", EDITOR="sed -i 's/^Headline:/& Aus dem Editor/'")
    assert screen.status == 0, screen.text
    assert reporter.data()["entries"][0]["headline"] == "Aus dem Editor"


def test_an_editor_that_leaves_nothing_adds_nothing(reporter: Reporter) -> None:
    screen = reporter.on_terminal("add", EDITOR="true")
    assert screen.status == 1
    assert "nothing was added" in screen.text
    assert "kept" not in screen.text
    assert "entries" not in reporter.data()
