"""A blog file as pieces of text: a head, in one part or several, and a block for each entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRY = "entry"
HEAD = "head"

ENTRY_LINE = (
    r"(?:\A\ufeff?|(?<=\n))[ \t]*\[\[[ \t]*entries[ \t]*\]\][ \t]*(?:\#[^\n]*)?\r?(?=\n|\Z)"
)
"""A line that looks like the header of an entry, in a string or not."""


class Piece(NamedTuple):
    """`text[start:end]`, an entry's block or a part of the head."""

    kind: str
    start: int
    end: int


class Layout(NamedTuple):
    """The pieces of a text in order.

    `open_at` is where a string or an array begins that nothing closes; `plain` says that the text
    has the writer's shape, so that no string can hide a block.
    """

    text: str
    pieces: list[Piece]
    open_at: int | None = None
    plain: bool = False

    @property
    def head(self) -> str:
        """All that belongs to no entry, in order. It is TOML by itself."""
        parts = [self.text[p.start : p.end] for p in self.pieces if p.kind == HEAD]
        return "".join(parts).removeprefix("\ufeff")

    @property
    def blocks(self) -> list[Piece]:
        """The entries' pieces."""
        return [p for p in self.pieces if p.kind == ENTRY]

    def line(self, offset: int) -> int:
        """The line, from 1, in which `offset` stands."""
        return self.text.count("\n", 0, offset) + 1

    def head_line(self, line: int) -> int:
        """The line in the file of a line of `head`."""
        lines = self.head.split("\n")[: line - 1]  # not splitlines: NEL and U+2028 end no line here
        return self.line(self.head_offset(sum(map(len, lines)) + len(lines), begins=True))

    def head_offset(self, offset: int, begins: bool = False) -> int:
        """The offset in the file of an offset in `head`.

        One that lies between two parts of the head is the end of the first part, or with `begins` the
        beginning of the second.
        """
        offset += self.text.startswith("\ufeff")
        for piece in self.pieces:
            if piece.kind == HEAD:
                length = piece.end - piece.start
                if offset < length or (offset == length and not begins):
                    return piece.start + offset
                offset -= length
                last = piece
        return last.end


def split(layout: Layout, parses: Callable[[str], bool]) -> Layout:
    """`layout` with further cuts where an unclosed string hides blocks.

    A piece is cut if it is no TOML (`parses`) and holds lines that look like an entry's header.
    """
    if layout.plain:
        return layout
    pieces: list[Piece] = []
    for piece in layout.pieces:
        text = layout.text[piece.start : piece.end]
        starts = [m.start() for m in re.finditer(ENTRY_LINE, text) if m.start() > 1]
        if not starts or parses(text):
            pieces.append(piece)
            continue
        edges = [piece.start + at for at in (0, *starts, len(text))]
        kinds = [piece.kind, *[ENTRY] * len(starts)]
        pieces += [Piece(k, a, b) for k, a, b in zip(kinds, edges, edges[1:], strict=False)]
    return layout._replace(pieces=pieces)
