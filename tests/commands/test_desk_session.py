"""A desk's day, command by command: correct, undo, redo, schedule, close, roll over."""

import json
from pathlib import Path

from reporter import Reporter

from liveblog_cli.storage.blogfile import BlogFile


def feed(desk: Reporter, name: str = "out") -> dict[str, str]:
    """Titles and texts of the JSON feed as it is exported now."""
    desk.done("export", "json", "-o", name)
    found = json.loads((desk.folder / name / "feed.json").read_text())
    return {
        i["title"]: i["content_text"] if "content_text" in i else i["content_html"]
        for i in found["items"]
    }


def page(desk: Reporter) -> str:
    desk.done("export", "html", "-o", "out")
    return (desk.folder / "out" / "index.html").read_text()


def test_a_day_at_the_desk(desk: Reporter) -> None:
    desk.done("set", "--url", "https://news.example/di", "--author", "Redaktion")
    desk.done("note", "add", "parteien", "Nicht überprüfbar.", "--applies-to", "party-to-conflict")

    # A report, wrong in a number, is corrected, and readers are told.
    name = desk.add("Vier Boote vermisst", "-b", "Vier Boote fehlen.", "--source", "dpa (agency)")
    desk.done(
        "edit",
        name,
        "Fünf Boote vermisst",
        "-b",
        "Fünf Boote fehlen.",
        "--correction",
        "Es sind fünf Boote, nicht vier.",
    )
    assert "Es sind fünf Boote, nicht vier." in page(desk)
    assert "Fünf Boote vermisst" in feed(desk)

    # The correction itself was wrong: undo, and nobody reads of it any more; then redo after all.
    assert desk.done("undo").out == f"took back: edit {name} Fünf Boote vermisst\n"
    assert "Es sind fünf Boote" not in page(desk)
    assert "Vier Boote vermisst" in feed(desk)
    desk.done("redo")
    assert "Es sind fünf Boote, nicht vier." in page(desk)
    assert [c.action for c in desk.blog().entries[0].history] == ["edit", "undo", "redo"]

    # Somebody else pins; an undo without a name leaves that alone.
    desk.done("pin", name, by="Bob")
    assert desk.run("undo").status == 6
    assert desk.blog().entries[0].pinned

    # What is scheduled comes out at its time and not before.
    desk.add("Pressekonferenz beginnt", "--at", "10:00")
    assert "Pressekonferenz beginnt" not in feed(desk)
    desk.now = desk.now.replace(hour=10, minute=0)
    assert "Pressekonferenz beginnt" in feed(desk)

    # A claim of a party stands with its box, once.
    desk.add(
        "Ministerium meldet Erfolge", "--source", "Ministerium (party-to-conflict, unverified)"
    )
    assert page(desk).count("Nicht überprüfbar.") == 1
    assert desk.done("check").status == 0

    # The day as readers saw it at nine, and what has changed since.
    desk.done("export", "json", "-o", "then", "--as-of", "2024-11-12T08:04:00+01:00")
    assert "Vier Boote vermisst" in (desk.folder / "then" / "feed.json").read_text()
    sentences = desk.done("diff", "2024-11-12T08:04:00+01:00").out
    assert f"Corrected: {name} “Fünf Boote vermisst” - Es sind fünf Boote, nicht vier." in sentences
    assert "Ministerium meldet Erfolge" in sentences
    assert "Unverified (1)" in desk.done("handover").out

    # The end, and the next blog.
    desk.done("close", "Danke fürs Mitlesen.")
    assert "Danke fürs Mitlesen." in page(desk)
    desk.done("reopen")
    assert "Danke fürs Mitlesen." not in page(desk)
    desk.done(
        "rollover", "mi.toml", "--url", "https://news.example/mi", "--text", "Weiter im neuen Blog."
    )
    assert "https://news.example/mi" in page(desk)
    new = BlogFile(Path("mi.toml")).read()
    assert [(e.headline, e.pinned) for e in new.entries] == [("Fünf Boote vermisst", True)]
    assert new.notes == desk.blog().notes
    desk.done("export", "html", "-f", "mi.toml", "-o", "mi")
    assert "https://news.example/di" in (desk.folder / "mi" / "index.html").read_text()

    # Nothing is lost: every step is in the history.
    actions = [a["action"] for a in desk.done("history", "--json", "-n", "0").json]
    assert actions.count("undo") == actions.count("redo") == 1
    assert {"add", "edit", "pin", "set", "note add", "close", "reopen", "rollover"} <= set(actions)
