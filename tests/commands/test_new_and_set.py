"""`new` makes a blog file and never overwrites one; `set` changes its fields."""

import pytest
from reporter import Reporter


def test_new_makes_a_file_with_all_that_was_given(newcomer: Reporter) -> None:
    newcomer.done(
        *("new", "Krieg", "gegen", "die", "Ukraine", "--kicker", "Liveblog", "--language", "de"),
        *("--timezone", "Europe/Berlin", "--url", "https://news.example/u", "--author", "Reporter"),
        *("--publisher", "Example News <https://news.example/>", "--summary", "Die **Lage**"),
    )
    blog = newcomer.data()
    assert blog["title"] == "Krieg gegen die Ukraine"
    assert blog["started"].isoformat() == "2024-11-12T14:00:00+01:00"
    assert blog["publisher"] == {"name": "Example News", "url": "https://news.example/"}
    assert blog["id"].startswith("urn:uuid:")
    assert (blog["format"], blog["authors"], blog["summary"]) == (1, ["Reporter"], "Die **Lage**")


def test_new_never_overwrites(reporter: Reporter) -> None:
    result = reporter.refused("new", "Another")
    assert result.status == 1
    assert "exists already" in result.err


@pytest.mark.parametrize("tag", ["de-AT", "zh-Hant-TW", "es-419", "ar-EG-u-nu-latn"])
def test_new_takes_a_whole_tag_for_the_language(newcomer: Reporter, tag: str) -> None:
    newcomer.done("new", "T", "--language", tag)
    assert newcomer.data()["language"] == tag


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--language", "klingon", "unknown language"),
        ("--timezone", "Europe/Berln", "did you mean 'Europe/Berlin'"),
        ("--url", "news.example", "not a web address"),
        ("--url", "https://news.example/#top", "fragment"),
    ],
)
def test_new_refuses_what_no_blog_can_have(
    newcomer: Reporter, option: str, value: str, hint: str
) -> None:
    result = newcomer.refused("new", "T", option, value)
    assert result.status == 1
    assert hint in result.err


def test_new_names_a_schema_for_toml_editors(newcomer: Reporter) -> None:
    newcomer.done("new", "T", "--schema", "./schema.json")
    assert newcomer.file.read_text().startswith("#:schema ./schema.json\nformat = 1\n")


def test_new_takes_language_and_zone_from_the_machine(
    newcomer: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "de_AT.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Vienna")
    newcomer.done("new", "T")
    assert newcomer.data()["language"] == "de-AT"
    assert newcomer.data()["timezone"] == "Europe/Vienna"


def test_set_changes_fields_keeps_comments_and_remembers_what_was(reporter: Reporter) -> None:
    text = reporter.file.read_text().replace("title =", "# the ticker goes here\ntitle =")
    reporter.file.write_text(text)
    reporter.done("set", "--title", "Sturm ++ Fähren fahren wieder ++")
    assert "# the ticker goes here\ntitle = " in reporter.file.read_text()
    blog = reporter.data()
    assert blog["title"] == "Sturm ++ Fähren fahren wieder ++"
    assert blog["history"][0]["was"] == {"title": "Sturm"}
    assert blog["history"][0]["by"] == "anna"


def test_set_takes_a_field_away_with_an_empty_text(reporter: Reporter) -> None:
    reporter.done("set", "--kicker", "Liveblog")
    reporter.done("set", "--kicker", "")
    assert "kicker" not in reporter.data()


def test_set_without_anything_is_wrong_usage(reporter: Reporter) -> None:
    assert reporter.refused("set").status == 2


def test_set_answers_json(reporter: Reporter) -> None:
    assert reporter.done("set", "--kicker", "Live", "--json").json["kicker"] == "Live"


@pytest.mark.parametrize("name", ["Local News (media)", "Ours (official, verified)", "AP (Berlin)"])
def test_a_publisher_keeps_its_whole_name(reporter: Reporter, name: str) -> None:
    """What is the kind of a source elsewhere is a part of the name here."""
    reporter.done("set", "--publisher", name)
    assert reporter.data()["publisher"] == {"name": name}
    reporter.done("set", "--publisher", f"{name} <https://a.example/>")
    assert reporter.data()["publisher"]["name"] == name
    assert "publisher" in reporter.refused("set", "--publisher", "a\x9bb").err


def test_what_cannot_be_written_is_hinted_at(reporter: Reporter) -> None:
    said = reporter.refused("new", "T", "-f", "gone/next.toml")
    assert "Hint: make its folder first" in said.err


def test_a_publisher_keeps_logo_and_account_when_its_name_changes(reporter: Reporter) -> None:
    reporter.done("set", "--publisher", "Old <https://old.example/>", "--account", "@old_news")
    reporter.done("set", "--logo", "https://old.example/logo.png")
    reporter.done("set", "--publisher", "New <https://new.example/>")
    assert reporter.data()["publisher"] == {
        "name": "New",
        "url": "https://new.example/",
        "logo": "https://old.example/logo.png",
        "account": "@old_news",
    }
    assert "@ and up to 15" in reporter.refused("set", "--account", "news").err
    reporter.done("set", "--publisher", "")
    assert "publisher" not in reporter.data()
    assert "no publisher yet" in reporter.refused("set", "--account", "@news").err
