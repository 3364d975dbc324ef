"""The form that an editor opens: what is typed comes back whole, or the form is refused."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import draft
from liveblog_cli.model.cleaning import write_source
from liveblog_cli.model.field_kinds import Context
from liveblog_cli.model.values import Blog, Entry, Note, Source

NEW = Entry(id="", time=datetime(2024, 11, 12, 14, 0, tzinfo=UTC))
OLD = Entry(
    id="k7m2q",
    time=datetime(2024, 11, 12, 14, 0, tzinfo=UTC),
    headline="Storm closes the harbour",
    body="# Ferries\n\nNone leave before noon.\n\nTags: none of them\n> 8< snip",
    authors=("Ada", "Jon"),
    tags=("storm",),
    label="Analysis",
    sources=(Source(name="Harbour office", url="https://harbour.example/"),),
    notes=("unsure",),
)
BLOG = Blog(title="Storm", notes=(Note(id="unsure", text="Not verified."),))


def _read(text: str, entry: Entry = OLD) -> Entry:
    return draft.from_draft(text, entry, Context(blog=BLOG, now=OLD.time))


@pytest.mark.parametrize("entry", [NEW, OLD], ids=["new", "old"])
def test_a_form_that_nobody_touched_is_the_entry(entry: Entry) -> None:
    assert _read(draft.to_draft(entry, BLOG), entry) == entry


def test_what_options_gave_stands_in_the_form_of_a_new_entry() -> None:
    """So a draft that was kept is still one that readers are not to see."""
    given = Entry(id="", time=NEW.time, status="draft", pinned=True, ref="dpa:1")
    form = draft.to_draft(given, BLOG)
    assert _read(form, given) == given
    assert _read(form, NEW) == given
    assert _read(form.replace("Draft: yes", "Draft: no"), given).status is None


@pytest.mark.parametrize(
    "body",
    [
        "#8< Help from here on, which nobody else sees: leave it or delete it.",
        f"One.\n\n{draft.to_draft(NEW, BLOG)}",
        "Cut here #8< and #88< there",
        "Local Variables:\ncoding: latin-1\nEnd:",
        "a\n\n#888<",
    ],
)
def test_an_entry_may_hold_what_marks_the_help_elsewhere(body: str) -> None:
    """A wire that sends it keeps nobody from editing the entry, and loses no line by it."""
    entry = replace(OLD, headline="vim: set tw=9:", body=body.rstrip())
    form = draft.to_draft(entry, BLOG)
    assert _read(form, entry) == entry
    assert _read(form.replace("vim: set", "Vim says set"), entry).body == entry.body


def test_what_an_entry_held_before_stays_where_it_is_not_touched() -> None:
    """Controls that nothing may bring in any more, blanks that are cleaned away, old line ends."""
    entry = replace(OLD, headline="a\x85b  c", body="\n a\x9b31m\x7f\r\nb \n\n", label="x\x1by")
    form = draft.to_draft(entry, BLOG)
    assert _read(form, entry) == entry
    changed = _read(form.replace("Key: no", "Key: yes"), entry)
    assert changed == replace(entry, key=True)
    with pytest.raises(LiveblogError, match="U\\+009B"):
        _read(form.replace("\x7f", "\x7f!"), entry)


@given(st.text(st.sampled_from("#8< \nVvimex:-*"), max_size=60), st.sampled_from(["", "H #8<"]))
def test_every_entry_comes_back_from_its_own_form(body: str, headline: str) -> None:
    entry = replace(OLD, headline=headline, body=body)
    assert _read(draft.to_draft(entry, BLOG), entry) == entry


@pytest.mark.parametrize("old", ["a;b", "a; b", ";", "a;", "R&D; x", "x", "a; b; c"])
@pytest.mark.parametrize("edit", ["{}; c", "c; {}", "c ;{};d", "{}"])
def test_what_stood_in_a_field_with_a_semicolon_in_it_stays_one(old: str, edit: str) -> None:
    """Who adds a tag would else cut those that a wire sent in two, without a word."""
    entry = replace(OLD, tags=(old, "z"), authors=(old, "z"), sources=(Source(name=old),))
    form = draft.to_draft(entry, BLOG)
    fields = {"Tags": f"{old}; z", "Author": f"{old}; z", "Sources": old}
    for name, value in fields.items():
        assert f"{name}: {value}\n" in form
        form = form.replace(f"{name}: {value}", f"{name}: {edit.format(value)}")
    before, after = (part.replace(";", "").split() for part in edit.split("{}"))
    found = _read(form, entry)
    assert found.tags == found.authors == (*before, old, "z", *after)
    assert [s.name for s in found.sources] == [*before, old, *after]


def test_a_source_that_cannot_be_typed_stays_beside_one_that_is() -> None:
    odd = Source(name="AP (Berlin) <desk>; photo", kind="agency", verified=False)
    form = draft.to_draft(replace(OLD, sources=(odd,)), BLOG)
    found = _read(
        form.replace("Sources: ", "Sources: Police (official); "), replace(OLD, sources=(odd,))
    )
    assert found.sources == (Source(name="Police", kind="official"), odd)


@pytest.mark.parametrize(
    "first", ["Headline", "Time", "Author", "Tags", "Label", "Sources", "Notes"]
)
def test_no_name_of_a_field_is_published_where_lines_were_joined(first: str) -> None:
    """`J` in Vim, `M-q` in Emacs: `Headline: Storm Time: 2024…` became the headline."""
    form = draft.to_draft(NEW, BLOG).replace("Headline:", "Headline: Storm")
    joined = re.sub(rf"(?m)^({first}:.*)\n", r"\1 ", form, count=1)
    with pytest.raises((LiveblogError, ValueError)):
        _read(joined, NEW)


def test_an_entry_may_quote_the_help() -> None:
    entry = replace(OLD, body=f"It says: {draft.HELP[0]}")
    form = draft.to_draft(entry, BLOG)
    assert _read(form, entry) == entry
    assert _read(form.replace("It says", "One reads"), entry).body == f"One reads: {draft.HELP[0]}"


def test_a_value_may_name_a_field() -> None:
    form = draft.to_draft(NEW, BLOG).replace("Headline:", "Headline: Time: the enemy")
    assert _read(form, NEW).headline == "Time: the enemy"


def test_what_steers_an_editor_stands_neither_in_the_first_lines_nor_on_the_last_page() -> None:
    for text in ("vim: set tw=9:", "x vi:noai", "-*- mode: sh -*-", "local variables:", "EX: a"):
        form = draft.to_draft(replace(OLD, headline=text, body=text), BLOG)
        first, last = form.split("\n")[:5], form.split("\f")[-1]
        assert all(line.startswith("#8< ") for line in first)
        assert text not in last
        assert len(last.strip().split("\n")) >= 5
    assert "\f" not in draft.to_draft(OLD, BLOG)


_ACCEPTED: dict[str, Callable[[str], str]] = {
    "lines end as in Windows": lambda form: form.replace("\n", "\r\n"),
    "lines end as in old Macs": lambda form: form.replace("\n", "\r"),
    "no line end at the end": lambda form: form.rstrip("\n"),
    "blanks behind lines": lambda form: re.sub(r"(?m)(^[A-Z]\w+:.*\d$|#8<.*)$", r"\1  ", form),
    "blank lines before the fields": lambda form: f"\n\n{form}",
    "more blank lines behind the fields": lambda form: form.replace("\n\n", "\n\n\n\n", 1),
    "without the first line of the help": lambda form: re.sub(r"#8< Help.*\n", "", form),
    "without any help": lambda form: form.partition("#8<")[0],
    "fields in another order": lambda form: form.replace("Key: no\n", "").replace(
        "Time:", "Key: no\nTime:"
    ),
    "names in small letters": lambda form: form.replace("Tags:", "tags :", 1),
    "a field twice, the same": lambda form: form.replace("Key: no\n", "Key: no\nKey: no\n"),
    "an empty field gone": lambda form: form.replace("Key: no\n", ""),
}


@pytest.mark.parametrize("edit", _ACCEPTED.values(), ids=_ACCEPTED)
def test_what_editors_do_to_a_form_changes_nothing(edit: Callable[[str], str]) -> None:
    form = draft.to_draft(OLD, BLOG)
    assert edit(form) != form
    assert _read(edit(form)) == OLD


_REFUSED: dict[str, tuple[Callable[[str], str], str]] = {
    "a wrapped headline": (
        lambda form: form.replace("closes the", "closes\nthe"),
        "line 2: 'the harbour' is no field",
    ),
    "no blank line behind the fields": (
        lambda form: form.replace("\n\n", "\n", 1),
        "'# Ferries' is no field",
    ),
    "a blank line among the fields": (
        lambda form: form.replace("\nLabel", "\n\nLabel"),
        "Label stands below a blank line",
    ),
    "lines joined": (
        lambda form: form.replace("\nTime:", " Time:"),
        "Time stands in the line of Headline",
    ),
    "a paragraph that an editor filled": (
        lambda form: re.sub(r"\n(?=Key)", " ", form, count=1),
        "Key stands in the line of Notes",
    ),
    "a key that takes comments away": (
        lambda form: form.replace("#8<", "8<"),
        "'Help from here on, which nobody else sees: leave it or delete it.' is of the help",
    ),
    "a mark in two": (lambda form: form.replace("#8<", "#8\n<", 1), "is of the help"),
    "a help without marks, filled anew": (
        lambda form: form.replace("#8<", ">").replace("each in", "each\nin"),
        "is of the help",
    ),
    "a misspelled field": (lambda form: form.replace("Tags:", "Tgas:", 1), "'Tgas: storm' is no"),
    "a field twice": (
        lambda form: form.replace("Key:", "Tags: sea\nKey:"),
        "Tags stands there twice",
    ),
    "a field gone with its value": (
        lambda form: form.replace("Label: Analysis\n", ""),
        "the line of Label is gone",
    ),
    "text below the help": (lambda form: f"{form}Two boats.\n", "'Two boats.' stands below"),
    "text inside the help": (
        lambda form: form.replace("#8< Fields", "Two boats.\n#8< Fields"),
        "'Two boats.' stands below",
    ),
    "words behind a line of the help": (
        lambda form: form.replace("delete it.", "delete it. Two boats."),
        "is a changed line of the help",
    ),
    "words behind the names of boxes": (
        lambda form: form.replace("blog: unsure", "blog: unsure, boats"),
        "is a changed line of the help",
    ),
    "a wrapped help": (lambda form: form.replace("delete it.", "delete\nit."), "changed line"),
    "the form pasted into itself": (
        lambda form: form.replace("None leave", f"{form}\nNone leave"),
        "stands below the help",
    ),
    "the form pasted above the help": (
        lambda form: form.replace("#8<", f"{form}\n#8<", 1),
        "the help stands there twice",
    ),
    "a field that takes yes or no": (
        lambda form: form.replace("Key: no", "Key: so"),
        "Key is 'so'",
    ),
    "nothing at all": (lambda form: "\n", "the draft is empty"),
}


@pytest.mark.parametrize(("edit", "fault"), _REFUSED.values(), ids=_REFUSED)
def test_what_can_not_be_told_apart_is_refused_by_its_line(
    edit: Callable[[str], str], fault: str
) -> None:
    form = draft.to_draft(OLD, BLOG)
    assert edit(form) != form
    with pytest.raises(LiveblogError) as caught:
        _read(edit(form))
    assert fault in caught.value.message


_WORD = st.sampled_from(
    ["Boot", "Tags:", "Key:", "Time:", "no", "#", ">8", "8<", "---", "Ærø", "12°", "x;", "a:b", ":"]
)
_LINE = st.lists(_WORD, min_size=1, max_size=12).map(" ".join)


@st.composite
def _edited(draw: DrawFn) -> tuple[set[str], str]:
    """What somebody typed into a form, and the form after a few more edits."""
    headline, body = draw(_LINE), draw(st.lists(st.one_of(st.just(""), _LINE), max_size=4))
    form = draft.to_draft(NEW, BLOG).replace("Headline:", f"Headline: {headline}")
    lines = form.replace("\n\n", "\n\n" + "\n".join([*body, ""]), 1).split("\n")
    for _ in range(draw(st.integers(0, 3))):
        lines = draw(_edits(lines, {headline, *body}))
    typed = {*headline.split(), *" ".join(body).split(), "angehängt"}
    return typed & set(" ".join(lines).split()), "\n".join(lines)


def _edits(lines: list[str], typed: set[str]) -> SearchStrategy[list[str]]:
    place = st.integers(0, len(lines) - 1)
    own = [n for n, line in enumerate(lines) if not any(t and t in line for t in typed)]

    def wrapped(n: int) -> list[str]:
        words = lines[n].split(" ")
        half = len(words) // 2
        return [*lines[:n], " ".join(words[:half]), " ".join(words[half:]), *lines[n + 1 :]]

    def swapped(n: int, m: int) -> list[str]:
        new = list(lines)
        new[n], new[m] = new[m], new[n]
        return new

    return st.one_of(
        place.map(lambda n: [*lines[:n], "", *lines[n:]]),
        place.map(lambda n: [*lines[:n], lines[n], *lines[n:]]),
        place.map(wrapped),
        place.map(lambda n: [*lines[:n], f"{lines[n]} angehängt", *lines[n + 1 :]]),
        place.map(lambda n: [*lines[:n], *lines, *lines[n:]]),
        st.tuples(place, place).map(lambda pair: swapped(*pair)),
        st.sampled_from(own or [0]).map(lambda n: lines if not own else lines[:n] + lines[n + 1 :]),
        st.just([line + "\r" for line in lines]),
    )


@given(_edited())
def test_no_typed_word_is_lost_and_no_help_is_published(edited: tuple[set[str], str]) -> None:
    """Whatever becomes of a form: an entry that holds every word, or a refusal."""
    typed, text = edited
    try:
        entry = _read(text, NEW)
    except (LiveblogError, ValueError):  # ValueError: of the tests' reader of times
        return
    held = " ".join(
        [entry.headline, entry.body, entry.label, *entry.authors, *entry.tags, *entry.notes]
        + [write_source(s) for s in entry.sources]
    )
    assert not {word for word in typed - {"Key:", "Time:", "Tags:", "no"} if word not in held}
    assert not {line for line in draft.HELP if line in held}
    assert not {name for name in ("Author:", "Sources:", "Label:", "#8<") if name in held}
