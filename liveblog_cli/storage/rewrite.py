"""A blog file's text with its head or several entries changed, all other bytes as they are."""

from __future__ import annotations

from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog
from liveblog_cli.storage import codec, lookup, patch, scanner
from liveblog_cli.storage.layout import Layout


def replace_changed(layout: Layout, old: Blog, new: Blog) -> str:
    """The file with those entries and fields of the head changed that differ from `old` to `new`."""
    pairs = {o.id: (o, n) for o, n in zip(old.entries, new.entries, strict=True) if n != o}
    parts, at = [], 0
    for piece in layout.blocks if pairs else ():
        block = layout.text[piece.start : piece.end]
        before, after = pairs.get(lookup.read_id(layout.text, piece), (None, None))
        if before and after and codec.parse_entry(block)[0] == before:
            parts += [layout.text[at : piece.start], codec.edit_block(block, before, after)]
            at = piece.end
    text = "".join([*parts, layout.text[at:]])
    old, new = replace(old, entries=()), replace(new, entries=())
    return text if new == old else replace_head(scanner.scan(text), old, new)


def replace_head(layout: Layout, old: Blog, new: Blog) -> str:
    """The file with its head changed, wherever in the file the parts of the head stand.

    Raises:
        LiveblogError: the head is laid out so that the change can't be made safely.
    """
    head = layout.head
    fields = codec.plain_fields(old), codec.plain_fields(new)
    changes = patch.find_edits(head, *fields, codec.HEAD_TABLES)
    if codec.parse_head(patch.apply_edits(head, changes))[0] != new:
        raise LiveblogError(
            "the head's layout is too unusual to change it safely", "edit it by hand"
        )
    placed = [
        patch.Edit(layout.head_offset(e.start, e.start < e.end), layout.head_offset(e.end), e.lines)
        for e in changes
    ]
    return patch.apply_edits(layout.text, placed)
