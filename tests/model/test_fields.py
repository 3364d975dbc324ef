"""Every field of an entry goes in by every door and comes out at every place, or is named here with a reason."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reporter import Reporter

from liveblog_cli import open_blog
from liveblog_cli.edition.words import get_words
from liveblog_cli.model import fields
from liveblog_cli.model.fields import FIELDS, Fields
from liveblog_cli.model.values import Entry, Media, Source

WORD = {name: f"Zx{name}word" for name in FIELDS}
"""A text for each field that stands nowhere else."""

GIVEN: dict[str, Any] = {
    **{name: WORD[name] for name, field in FIELDS.items() if field.is_text and not field.many},
    **{name: [WORD[name]] for name, field in FIELDS.items() if field.is_text and field.many},
    "time": "2024-11-12T02:18:00+01:00",
    "sources": [{"name": WORD["sources"]}],
    "notes": ["box"],
    "media": [{"url": "https://news.example/a.jpg", "caption": WORD["media"]}],
    "key": True,
    "pinned": True,
    "status": "draft",
}
"""What a sender gives for each field, as JSON. A new field of text is in here by itself."""

NOT_IN_THE_FORM = {
    "body": "stands below the lines",
    "media": "images are given as options and stay as they are",
}
NOT_READ_BY_READERS = {
    "status": "says whether readers get the entry at all",
    "ref": "the sender's own name for the entry; wires would not want it public",
}
NOT_A_TEXT_TO_SEARCH = {
    "time": "has --since and --until",
    "key": "has --key",
    "pinned": "has --pinned",
    "status": "has --status",
    "notes": "an id of the blog's own, not a text of the entry",
}
FIELDS_OF_THE_FILE_ALONE = {
    "id": "the blog gives it",
    "added": "the blog says when and by whom",
    "history": "the blog keeps it",
}

SHOWN = {
    **WORD,
    "time": "02:18",
    "notes": "Zxboxtext",
    "key": get_words("de").key_event,
    "pinned": get_words("de").pinned,
}
"""What of a field is to be seen where readers meet it."""

PLACES = {
    "the page": ("export", "html", "-o", "-"),
    "the JSON feed": ("export", "json", "-o", "-"),
    "Markdown": ("export", "md", "-o", "-"),
    "RSS": ("export", "rss", "-o", "-"),
    "Atom": ("export", "atom", "-o", "-"),
    "show": ("show", "ref:" + WORD["ref"]),
}
EXPORTS = [place for place in PLACES if place != "show"]

NOT_EVERYWHERE = {
    ("RSS", "key"): "a feed has no key events; it has a category for each tag",
    ("RSS", "pinned"): "a feed is in the order of time",
    ("Atom", "key"): "as RSS",
    ("Atom", "pinned"): "as RSS",
    ("the JSON feed", "key"): "stands there as true, not as words",
    ("the JSON feed", "pinned"): "stands there as true, not as words",
}


@pytest.fixture
def blog(reporter: Reporter) -> Reporter:
    """A blog with the note that `GIVEN` names."""
    reporter.done("note", "add", "box", "Zxboxtext")
    return reporter


def test_the_table_has_a_row_for_every_field_that_a_sender_may_give() -> None:
    own = set(Entry.__struct_fields__) - set(FIELDS_OF_THE_FILE_ALONE)
    assert own == set(FIELDS) == set(Fields.__struct_fields__) == set(GIVEN)


def test_type_checkers_know_every_field_of_the_python_interface() -> None:
    known = _typed_dicts(Path(fields.__file__))
    common = known["CommonFields"]
    assert common == set(FIELDS) - {"headline", "body", "ref"}
    assert common | known["NewFields"] | {"headline", "body"} == set(FIELDS)
    assert common | known["EditFields"] == set(FIELDS) - {"ref"}


def _typed_dicts(module: Path) -> dict[str, set[str]]:
    """The own fields of each class that is there for type checkers alone, read from the module's text."""
    return {
        node.name: {line.target.id for line in node.body if isinstance(line, ast.AnnAssign)}
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }


def _by_options(blog: Reporter) -> None:
    blog.done("add", *_as_options(GIVEN))


def _by_options_of_edit(blog: Reporter) -> None:
    blog.done("add", "Old")
    blog.done("edit", "last", *_as_options(GIVEN))


def _by_lines(blog: Reporter) -> None:
    (blog.folder / "lines").write_text(json.dumps(GIVEN) + "\n")
    blog.done("add", "--jsonl", "lines")


def _by_python(blog: Reporter) -> None:
    values = {**GIVEN, "sources": [Source(name=WORD["sources"])]}
    values["media"] = [Media(**m) for m in GIVEN["media"]]
    open_blog(blog.file).add(**values)


DOORS: list[Callable[[Reporter], None]] = [
    _by_options,
    _by_options_of_edit,
    _by_lines,
    _by_python,
]


@pytest.mark.parametrize("give", DOORS)
def test_every_field_comes_in_by_every_door(
    blog: Reporter, give: Callable[[Reporter], None]
) -> None:
    give(blog)
    entry = open_blog(blog.file).read().entries[-1]
    assert _differing(entry, GIVEN) == []


def test_every_field_comes_in_by_the_form_of_the_editor(
    blog: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {field.line: name for name, field in FIELDS.items() if field.line}
    assert set(FIELDS) - set(lines.values()) == set(NOT_IN_THE_FORM)
    blog.done("add", "-b", "Text", "--draft", "--pin", "--ref", "old")
    texts = {line: _as_text(name) for line, name in lines.items()}
    form = "".join(f"{line}: {text}\n" for line, text in texts.items())
    (blog.folder / "form").write_text(f"{form}\n{WORD['body']}\n")
    blog.done("add", "--draft-file", "form")
    entry = open_blog(blog.file).read().entries[-1]
    assert _differing(entry, {n: v for n, v in GIVEN.items() if n != "media"}) == []


def test_every_field_is_in_the_schema_of_the_file_and_in_that_of_a_line(blog: Reporter) -> None:
    for kind, name in (("file", "Entry"), ("entry", "Fields")):
        schema = blog.done("schema", kind).json
        assert set(schema["$defs"][name]["properties"]) >= set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_change_of_any_field_is_kept_told_and_undone(blog: Reporter, name: str) -> None:
    blog.done("add", "Old", "-b", "Old")
    before = open_blog(blog.file).read().entries[-1]
    blog.done("edit", "last", *_as_options({name: GIVEN[name]}))
    changed = open_blog(blog.file).read().entries[-1]
    assert _differing(changed, {name: GIVEN[name]}) == []
    assert name in {**changed.history[-1].was, **dict.fromkeys(changed.history[-1].absent)}
    assert name in blog.done("history", "last", "--json").out
    blog.done("undo")
    undone = open_blog(blog.file).read().entries[-1]
    assert getattr(undone, name) == getattr(before, name)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sorted(set(FIELDS) - set(NOT_READ_BY_READERS)))
def test_readers_meet_every_field_everywhere(blog: Reporter, place: str, name: str) -> None:
    blog.done("add", "News", "--ref", WORD["ref"], "--at", "2024-11-11T05:00:00+01:00")
    before = blog.done(*PLACES[place]).out
    blog.done("edit", "last", *_as_options({name: GIVEN[name]}))
    after = blog.done(*PLACES[place]).out
    assert SHOWN[name] not in before
    assert (SHOWN[name] in after) is ((place, name) not in NOT_EVERYWHERE)


@pytest.mark.parametrize("place", EXPORTS)
def test_no_reader_gets_a_ref(blog: Reporter, place: str) -> None:
    blog.done("add", WORD["headline"], *_as_options({"ref": WORD["ref"]}))
    text = blog.done(*PLACES[place]).out
    assert WORD["headline"] in text
    assert WORD["ref"] not in text


@pytest.mark.parametrize("place", EXPORTS)
def test_no_reader_gets_an_entry_whose_status_keeps_it(blog: Reporter, place: str) -> None:
    blog.done("add", "News")
    blog.done("add", *_as_options(GIVEN))
    text = blog.done(*PLACES[place]).out
    assert "News" in text
    assert [word for word in WORD.values() if word in text] == []


@pytest.mark.parametrize("name", sorted(set(FIELDS) - set(NOT_A_TEXT_TO_SEARCH)))
def test_a_search_looks_at_every_text(blog: Reporter, name: str) -> None:
    blog.done("add", "News", "-b", "More")
    blog.done("edit", "last", *_as_options({name: GIVEN[name]}))
    blog.done("add", "Other news")
    assert len(blog.done("list", "--grep", WORD[name], "--json").json) == 1


def _as_options(given: Mapping[str, Any]) -> list[str]:
    """The options of the command line that give these values."""
    words = []
    for name, value in given.items():
        option = FIELDS[name].options[0].name
        if name == "media":
            for medium in value:
                words += ["--image", medium["url"], "--caption", medium["caption"]]
        elif FIELDS[name].flag:
            words.append(option)
        else:
            for one in value if isinstance(value, list) else [value]:
                words += [option, one["name"] if isinstance(one, dict) else one]
    return words


def _as_text(name: str) -> str:
    """What is typed in the form's line of a field."""
    value = GIVEN[name]
    if FIELDS[name].flag:
        return "yes"
    if isinstance(value, list):
        return "; ".join(one["name"] if isinstance(one, dict) else one for one in value)
    return str(value)


def _differing(entry: Entry, given: Mapping[str, Any]) -> list[str]:
    """The names of fields that are not what was given."""
    expected: dict[str, Any] = {
        **{n: tuple(v) if isinstance(v, list) else v for n, v in given.items()},
    }
    if "time" in given:
        expected["time"] = datetime(2024, 11, 12, 1, 18, tzinfo=UTC)
    if "sources" in given:
        expected["sources"] = (Source(name=WORD["sources"]),)
    if "media" in given:
        expected["media"] = tuple(Media(**m) for m in given["media"])
    return [name for name, value in expected.items() if getattr(entry, name) != value]
