"""The day's end: `close`, `reopen` and `rollover`."""

from datetime import datetime
from pathlib import Path

import pytest
from reporter import Reporter

from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.model.values import Entry
from liveblog_cli.storage.blogfile import BlogFile


def test_a_closed_blog_says_so_to_readers(desk: Reporter) -> None:
    assert desk.done("close", "Good", "night.").out == (
        "closed 2024-11-12 08:02:00 +01:00: Lage am Morgen\n"
    )
    shown = make_edition(desk.blog(), desk.now)
    assert (shown.ended, shown.closing) == (desk.now, "Good night.")


def test_the_end_may_be_set_in_the_past_but_not_twice(desk: Reporter) -> None:
    desk.add("An entry")
    desk.done("close", "--at", "08:01:30", "--json")
    assert desk.blog().ended == datetime.fromisoformat("2024-11-12T08:01:30+01:00")
    answer = desk.run("close")
    assert (answer.status, "closed since 2024-11-12 08:01:30+01:00" in answer.err) == (1, True)


def test_the_end_is_not_before_the_beginning(desk: Reporter) -> None:
    answer = desk.run("close", "--at", "07:30")
    assert (answer.status, "before the blog began" in answer.err) == (1, True)
    assert desk.blog().ended is None


def test_close_names_what_readers_have_not_seen(desk: Reporter) -> None:
    assert desk.done("close").err == ""
    desk.done("reopen")
    desk.add("Secret", "--draft")
    desk.add("Later", "--at", "23:00")
    assert "not seen by readers yet: 1 draft, 1 scheduled" in desk.done("close").err


def test_a_blog_can_be_reopened_and_that_undone(desk: Reporter) -> None:
    assert desk.run("reopen").status == 1
    desk.done("close", "Bye.")
    desk.done("reopen")
    assert (desk.blog().ended, desk.blog().closing) == (None, "")
    desk.done("undo")
    assert desk.blog().closing == "Bye."
    assert "took back: close of the blog ended, closing" in desk.done("undo").out
    assert desk.blog().ended is None


def test_entries_can_be_added_after_the_end(desk: Reporter) -> None:
    desk.done("close")
    desk.add("Still something")
    assert len(desk.blog().entries) == 1


@pytest.fixture
def rolled(desk: Reporter) -> tuple[Reporter, BlogFile]:
    """A blog with pins and boxes, rolled over."""
    desk.done("set", "--url", "https://news.example/tue", "--kicker", "Liveblog")
    desk.done("note", "add", "parties", "Unverified.", "--applies-to", "party-to-conflict")
    picture = desk.folder / "a.png"
    picture.write_bytes(_png())
    desk.add("Pinned", "--pin", "--image", str(picture), "--alt", "A map", "--ref", "x:1")
    desk.add("Not pinned")
    desk.done("pin", desk.add("Pinned draft", "--draft"))
    (desk.folder / "wed").mkdir()
    desk.done(
        "rollover", "wed/liveblog.toml", "--url", "https://news.example/wed", "--text", "More:"
    )
    return desk, BlogFile(Path("wed/liveblog.toml"))


def test_a_rollover_links_both_ways(rolled: tuple[Reporter, BlogFile]) -> None:
    desk, next_file = rolled
    old, new = desk.blog(), next_file.read()
    assert (old.ended, old.closing, old.next) == (desk.now, "More:", "https://news.example/wed")
    assert (new.previous, new.url, new.ended) == (old.url, "https://news.example/wed", None)
    assert new.id != old.id


def test_the_next_blog_has_the_same_head_and_boxes_and_public_pins(
    rolled: tuple[Reporter, BlogFile],
) -> None:
    desk, next_file = rolled
    new = next_file.read()
    assert (new.title, new.kicker, new.notes) == ("Lage am Morgen", "Liveblog", desk.blog().notes)
    assert [(e.headline, e.pinned, e.time) for e in new.entries] == [("Pinned", True, desk.now)]
    assert new.entries[0].media[0].file == "../a.png"
    assert make_edition(new, desk.now).started == desk.now


def test_a_rollover_can_be_undone_and_the_next_file_stays(
    rolled: tuple[Reporter, BlogFile],
) -> None:
    desk, next_file = rolled
    desk.done("undo")
    assert (desk.blog().ended, desk.blog().next) == (None, "")
    assert next_file.path.is_file()


def test_an_entry_that_goes_over_keeps_all_that_is_its_own(desk: Reporter) -> None:
    """Whatever field an entry gets one day: but for these few, it goes over."""
    (desk.folder / "a.png").write_bytes(_png())
    desk.done("note", "add", "box", "Text")
    desk.add(
        *(
            "Pinned",
            "--pin",
            "--key",
            "-b",
            "Text.",
            "--author",
            "Ada",
            "--tag",
            "a",
            "--label",
            "L",
        ),
        *("--source", "KCNA (agency, unverified)", "--note", "box", "--ref", "dpa:1"),
        *("--image", "a.png", "--alt", "An image"),
    )
    desk.done("rollover", "next.toml")
    (old,), (new,) = desk.blog().entries, BlogFile(desk.folder / "next.toml").read().entries
    assert {f for f in Entry.__struct_fields__ if getattr(old, f) != getattr(new, f)} == {
        "id",
        "time",
        "added",
    }
    assert all(getattr(new, f) for f in Entry.__struct_fields__ if f not in ("status", "history"))


def test_the_wire_s_update_finds_the_entry_that_went_over(desk: Reporter) -> None:
    desk.add("Dam holds", "--pin", "--ref", "dpa:1")
    desk.done("rollover", "next.toml")
    answer = desk.done("add", "Dam breaks", "--ref", "dpa:1", "-f", "next.toml")
    assert "edited" in answer.out
    (entry,) = BlogFile(desk.folder / "next.toml").read().entries
    assert (entry.headline, entry.pinned) == ("Dam breaks", True)


def test_pictures_are_found_from_the_folder_that_a_link_leads_to(desk: Reporter) -> None:
    (desk.folder / "a.png").write_bytes(_png())
    (desk.folder / "far" / "away").mkdir(parents=True)
    (desk.folder / "days").symlink_to(desk.folder / "far" / "away")
    desk.add("Pinned", "--pin", "--image", "a.png")
    desk.done("rollover", "days/wed.toml")
    (entry,) = BlogFile(desk.folder / "days" / "wed.toml").read().entries
    assert (desk.folder / "far" / "away" / entry.media[0].file).read_bytes() == _png()


def test_a_rollover_names_what_readers_have_not_seen(desk: Reporter) -> None:
    desk.add("Draft", "--draft")
    assert "1 draft" in desk.done("rollover", "next.toml").err


def test_entries_to_keep_can_be_chosen(desk: Reporter) -> None:
    pinned, other = desk.add("Pinned", "--pin"), desk.add("Other")
    answer = desk.done("rollover", "next.toml", "--keep", other, "--title", "Abend")
    assert "no link" in answer.err
    new = BlogFile(desk.folder / "next.toml").read()
    assert (new.title, [e.headline for e in new.entries]) == ("Abend", ["Other"])
    assert pinned not in (desk.folder / "next.toml").read_text()


def test_a_closed_blog_can_be_rolled_over_with_other_words(desk: Reporter) -> None:
    desk.done("close", "Bye.")
    ended = desk.blog().ended
    desk.done("rollover", "next.toml", "--text", "It goes on.")
    assert (desk.blog().ended, desk.blog().closing) == (ended, "It goes on.")


def test_links_between_entries_still_lead_to_the_page_where_those_are(desk: Reporter) -> None:
    """The overview that stays pinned names the entries of yesterday."""
    desk.done("set", "--url", "https://news.example/tue")
    name = desk.add("Event")
    desk.done("set", "--summary", f"All [about it](#{name}).")
    desk.add(
        "Overview", "-b", f"See [it](#{name}), [key](#lb:key) and [b].\n\n[b]: #{name}", "--pin"
    )
    desk.done("rollover", "next.toml", "--url", "https://news.example/wed")
    new, there = BlogFile(desk.folder / "next.toml").read(), f"https://news.example/tue#{name}"
    assert new.summary == f"All [about it]({there})."
    assert new.entries[0].body == f"See [it]({there}), [key](#lb:key) and [b].\n\n[b]: {there}"


def test_a_blog_that_goes_on_elsewhere_is_not_rolled_over_again(desk: Reporter) -> None:
    """Readers would be sent from one next blog to another, which nobody links to."""
    desk.done("set", "--url", "https://news.example/tue")
    desk.done("rollover", "next.toml", "--url", "https://news.example/wed")
    answer = desk.run("rollover", "other.toml", "--url", "https://news.example/thu")
    assert (answer.status, "goes on at https://news.example/wed" in answer.err) == (1, True)
    assert not (desk.folder / "other.toml").exists()
    desk.done("undo", "-")
    desk.done("rollover", "other.toml", "--url", "https://news.example/thu")


def test_a_rollover_onto_a_file_changes_nothing(desk: Reporter) -> None:
    text = desk.file.read_text()
    answer = desk.run("rollover", "liveblog.toml")
    assert (answer.status, "exists already" in answer.err) == (1, True)
    assert desk.run("rollover", "x.toml", "--keep", "nosuch").status == 3
    desk.done("set", "--url", "https://news.example/b")
    assert desk.run("rollover", "x.toml", "--url", "https://news.example/b").status == 1
    text = desk.file.read_text()
    draft = desk.add("Draft", "--draft")
    assert desk.run("rollover", "x.toml", "--keep", draft).status == 1
    assert not (desk.folder / "x.toml").exists()
    assert desk.blog().ended is None
    assert text.rstrip() in desk.file.read_text()


def _png() -> bytes:
    import io

    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (4, 3)).save(held, "PNG")
    return held.getvalue()
