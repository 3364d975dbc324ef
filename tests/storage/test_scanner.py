"""Where entries begin and end in a file."""

from __future__ import annotations

import re
import tomllib

import tomli
from fileshapes import BLOGS, ENTRIES, HOSTILE, handwritten
from hypothesis import assume, example, given
from hypothesis import strategies as st

from liveblog_cli.model.values import Blog
from liveblog_cli.storage import codec, scanner, torn_tail
from liveblog_cli.storage.layout import ENTRY, HEAD

SOUP = st.lists(
    st.sampled_from(
        [*HOSTILE, "\r\n", "x = ", "[1]", "[true]\n", "\n[[1, 2],\n", "[a.b]\n", "'a'"]
    ),
    max_size=30,
).map("".join)
HEADER = re.compile(r"\ufeff?[ \t]*\[\[[ \t]*[\"']?entries[\"']?[ \t]*\]\]")


def _pieces(text: str) -> list[str]:
    return [text[p.start : p.end] for p in scanner.scan(text).pieces]


@given(handwritten() | SOUP)
def test_joining_the_pieces_gives_the_file(text: str) -> None:
    assert "".join(_pieces(text)) == text


@given(handwritten())
def test_parsing_piece_by_piece_gives_what_tomllib_gives_for_the_whole(text: str) -> None:
    plain = text.removeprefix("\ufeff")
    try:
        whole = tomllib.loads(plain)
    except tomllib.TOMLDecodeError:
        assume(False)
    layout = scanner.scan(text)
    assume(all(HEADER.match(text, p.start) for p in layout.blocks))
    entries = [
        tomllib.loads(text[p.start : p.end].removeprefix("\ufeff"))["entries"][0]
        for p in layout.blocks
    ]
    assert entries == whole.pop("entries", [])
    assert tomllib.loads(layout.head) == whole
    assert layout.open_at is None


@given(handwritten())
def test_the_quick_look_and_the_careful_one_agree(text: str) -> None:
    quick = scanner._scan_quickly(text)
    assert (
        quick is None or not _is_toml(text) or quick.pieces == scanner._scan_carefully(text).pieces
    )


def _is_toml(text: str) -> bool:
    try:
        tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError:
        return False
    return True


def _blog(summary: str) -> Blog:
    return Blog(title="t", summary=summary)


@given(BLOGS, st.lists(ENTRIES, max_size=2))
@example(_blog('\nbody = """\n"""'), [])
@example(_blog('\n""""'), [])
@example(_blog("\n\\"), [])
@example(_blog('\n\\"'), [])
def test_what_the_writer_writes_is_cut_by_the_quick_look(blog: object, entries: list) -> None:
    text = codec.dump_head(blog) + "".join("\n" + codec.dump_entry(e) for e in entries)
    quick = scanner._scan_quickly(text)
    assert quick is not None or "'''" in text or "\\u" in text
    assert [p.kind for p in scanner.scan(text).pieces] == [HEAD, *[ENTRY] * len(entries)]
    assert quick is None or quick.pieces == scanner._scan_carefully(text).pieces


@given(handwritten() | SOUP)
def test_a_file_that_ends_cleanly_by_its_tail_is_whole(text: str) -> None:
    """Certain, or the whole file is read: wherever a file is cut, its tail does not look whole."""
    for cut in [m.end() for m in re.finditer("\n", text)]:
        data = text[:cut].encode()
        if torn_tail.is_surely_whole(data):
            assert torn_tail.find_tear(data, scanner.scan(text[:cut])) is None


def test_an_unclosed_string_opens_where_it_stands() -> None:
    text = 'title = "t"\n\n[[entries]]\nid = "a"\nbody = """\nabc\n'
    assert scanner.scan(text).open_at == text.index('"""')


def test_an_unclosed_array_ends_at_the_next_header() -> None:
    text = 'title = "t"\n[[entries]]\ntags = ["a",\n\n[[entries]]\nid = "b"\n'
    assert len(scanner.scan(text).blocks) == 2


def test_a_line_of_a_head_part_is_the_line_in_the_file() -> None:
    text = 'title = "t"\n\n[[entries]]\nid = "a"\n\n[[notes]]\nid = "n"\nbad = 1'
    layout = scanner.scan(text)
    assert layout.head_line(layout.head.splitlines().index("bad = 1") + 1) == 8


def test_the_last_header_is_found_in_a_long_line_of_brackets_at_once() -> None:
    text = "[[entries]]\n" + "[" * 2_000_000
    assert scanner.find_last_header(text) == 0
    assert len(scanner.scan(text).pieces) == 2
