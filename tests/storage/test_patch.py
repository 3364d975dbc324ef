"""A change replaces its own bytes and no others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fileshapes import BLOGS, ENTRIES, handwritten
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from liveblog_cli.model import changes
from liveblog_cli.model.values import Blog, Change, Entry, Media, Note, Publisher, Source
from liveblog_cli.storage import codec, rewrite, scanner

NOW = datetime(2024, 1, 2, tzinfo=UTC)
BLOCK = """[[entries]] # mine
  id = "a"  # the id
time = 2024-01-01T00:00:00Z

# about the headline
\theadline = 'old' # why so
tags = [ "x", # first
  "y" ]  # both
pinned = true # until noon
body = '''
old''' # said

# a closing word
"""


def _changed(block: str, **new: object) -> str:
    old = codec.parse_entry(block)[0]
    assert old is not None
    answer = codec.edit_block(block, old, replace(old, **new))
    assert codec.parse_entry(answer) == (replace(old, **new), [])
    return answer


@pytest.mark.parametrize(
    ("new", "before", "after"),
    [
        ({"headline": "new"}, "\theadline = 'old' # why so\n", '\theadline = "new"  # why so\n'),
        (
            {"headline": "two\nlines"},
            "\theadline = 'old' # why so\n",
            '\theadline = """\ntwo\nlines"""  # why so\n',
        ),
        ({"body": "b"}, "body = '''\nold''' # said\n", 'body = "b"  # said\n'),
        (
            {"tags": ("z",)},
            'tags = [ "x", # first\n  "y" ]  # both\n',
            '# first\ntags = ["z"]  # both\n',
        ),
        ({"pinned": False}, "pinned = true # until noon\n", "# until noon\n"),
        ({"label": "L"}, "pinned = true", 'label = "L"\npinned = true'),
        ({"ref": "r"}, "old''' # said\n", "old''' # said\nref = \"r\"\n"),
        (
            {"media": (Media(file="m"),)},
            "old''' # said\n",
            "old''' # said\n[[entries.media]]\nfile = \"m\"\n",
        ),
    ],
)
def test_only_the_changed_field_differs(new: dict, before: str, after: str) -> None:
    assert before in BLOCK
    assert _changed(BLOCK, **new) == BLOCK.replace(before, after)
    crlf = BLOCK.replace("\n", "\r\n")
    assert _changed(crlf, **new) == _changed(BLOCK, **new).replace("\n", "\r\n")


def test_tables_are_appended_behind_those_of_their_name_and_media_before_history() -> None:
    block = (
        '[[entries]]\nid = "a"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\n'
        "[[entries.history]] # by hand\nat = 2024-01-01T00:00:00Z\n\n# end\n"
    )
    old = codec.parse_entry(block)[0]
    more = (*old.history, Change(at=NOW, was={"headline": "g"}))
    answer = _changed(block, media=(Media(file="m"),), history=more)
    assert answer == block.replace(
        "[[entries.history]]", '[[entries.media]]\nfile = "m"\n[[entries.history]]'
    ).replace(
        "00Z\n\n# end",
        "00Z\n[[entries.history]]\nat = 2024-01-02T00:00:00+00:00\n"
        '[entries.history.was]\nheadline = "g"\n\n# end',
    )


@pytest.mark.parametrize(
    "line",
    [
        'history = [{ at = 2024-01-01T00:00:00Z, was = { headline = "f" } }] # inline',
        'media = [\n  { file = "m" }, # one\n]',
        'sources = [{ name = "s" }]',
        '[[entries.sources]]\nname = "s" # whoever\n[[entries.sources]]\nname = "t"',
        "[entries.added]\nat = 2024-01-01T00:00:00Z",
        "added.at = 2024-01-01T00:00:00Z\nadded.by = 'x'",
        '"\\u0068eadline" = "h2"',
        "body = '''\n# no comment\n''' # a comment",
    ],
)
def test_unusual_layouts_hold_the_new_value_and_keep_their_comments(line: str) -> None:
    start = '[[entries]]\nid = "a"\ntime = 2024-01-01T00:00:00Z\n'
    block = start + ("" if "eadl" in line[:14] else 'headline = "h"\n') + line + "\n"
    old = codec.parse_entry(block)[0]
    answer = _changed(
        block,
        headline="new",
        sources=(Source(name="n"),),
        media=(Media(file="k"),),
        history=(*old.history, Change(at=NOW, was={"headline": "h"})),
    )
    said = line.rpartition("# ")[2].split("\n")[0] if "# " in line else ""
    assert f"# {said}" in answer or not said
    assert "# no comment" not in answer.replace(line, "")


def test_a_block_without_a_final_newline_gets_one_before_what_is_added() -> None:
    block = '[[entries]]\nid = "a"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\nkey = true'
    assert _changed(block, key=False) == block.removesuffix("key = true")
    assert _changed(block, ref="r") == f'{block}\nref = "r"\n'


@given(handwritten(), ENTRIES)
def test_a_handwritten_block_takes_any_value(text: str, new: Entry) -> None:
    pieces = [text[p.start : p.end] for p in scanner.scan(text).blocks]
    for block in pieces:
        old, _ = codec.parse_entry(block)
        if old is not None:
            target = replace(new, id=old.id)
            assert codec.parse_entry(codec.edit_block(block, old, target)) == (target, [])


@given(ENTRIES, st.sampled_from(["headline", "body", "tags", "label", "media", "history"]), ENTRIES)
def test_a_field_changed_and_changed_back_is_the_same_file(
    entry: Entry, name: str, other: Entry
) -> None:
    block = codec.dump_entry(entry)
    there = replace(entry, **{name: getattr(other, name)})
    back = codec.edit_block(codec.edit_block(block, entry, there), there, entry)
    assert codec.parse_entry(back) == (entry, [])
    assert sorted(back.splitlines()) == sorted(block.splitlines())


@given(BLOGS, BLOGS, ENTRIES)
def test_a_head_takes_any_value_and_the_entries_stay(old: Blog, new: Blog, entry: Entry) -> None:
    rest = codec.dump_entry(entry)
    layout = scanner.scan(codec.dump_head(old) + "\n" + rest)
    text = rewrite.replace_head(layout, old, new)
    assert codec.parse_head(scanner.scan(text).head) == (new, [])
    assert text.endswith(rest)


@pytest.mark.parametrize("crlf", [False, True])
def test_the_parts_of_a_head_stay_where_they_are(crlf: bool) -> None:
    text = (
        '\ufefftitle = "t" # mine\npublisher.name = "p"\n\n[[notes]]\nid = "n"\ntext = "x"\n\n'
        '[[entries]]\nid = "a"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\n\n'
        '[[notes]] # behind\nid = "m"\ntext = "y"\n\n'
        '[[entries]]\nid = "b"\ntime = 2024-01-01T00:00:00Z\nheadline = "h"\n'
    )
    text = text.replace("\n", "\r\n") if crlf else text
    layout = scanner.scan(text)
    old, _ = codec.parse_head(layout.head)
    new = replace(
        old, title="T", notes=(*old.notes, Note(id="o", text="z")), publisher=Publisher(name="q")
    )
    answer = rewrite.replace_head(layout, old, new).replace("\r\n", "\n")
    plain = text.replace("\r\n", "\n")
    assert codec.parse_head(scanner.scan(answer).head)[0] == new
    assert answer == plain.replace('"t" # mine', '"T"  # mine').replace(
        'publisher.name = "p"\n', ""
    ).replace(
        'text = "y"\n', 'text = "y"\n\n[publisher]\nname = "q"\n\n[[notes]]\nid = "o"\ntext = "z"\n'
    )


@given(ENTRIES, ENTRIES)
def test_a_change_taken_back_gives_the_old_record(old: Entry, other: Entry) -> None:
    new = changes.record_change(old, replace(other, id=old.id, history=old.history), Change(at=NOW))
    if new.history == old.history:
        assert changes.list_fields(new) == changes.list_fields(old)
    else:
        taken_back = changes.revert(new, new.history[-1])
        assert replace(taken_back, history=old.history) == old


@given(st.lists(ENTRIES, min_size=2, max_size=3))
def test_as_of_gives_what_stood_there_at_every_moment(versions: list[Entry]) -> None:
    first = replace(versions[0], history=())
    states = [first]
    for hour, version in enumerate(versions[1:]):
        at = datetime(2024, 1, 1, hour, tzinfo=UTC)
        target = replace(version, id=first.id, history=states[-1].history)
        states.append(changes.record_change(states[-1], target, Change(at=at)))
    final = states[-1]
    assert changes.rewind(final, datetime(2023, 1, 1, tzinfo=UTC)) == first
    for hour, state in enumerate(states[1:]):
        assert changes.rewind(final, datetime(2024, 1, 1, hour, tzinfo=UTC)) == state
