"""Texts that are code for one shell or another, and blogs and formats that are full of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.storage import codec

TIME = datetime(2024, 11, 12, tzinfo=UTC)
CODE = [
    "$(touch OWNED)",
    "\\$(touch OWNED)",
    "`touch OWNED`",
    "\\`touch OWNED\\`",
    '"; touch OWNED; "',
    "'; touch OWNED; '",
    "));touch OWNED;((",
    "& touch OWNED &",
    "| touch OWNED #",
    "\ntouch OWNED\n",
    "(touch OWNED)",
    "<(touch OWNED)",
    "> OWNED",
    "${(e):-$(touch OWNED)}",
    "${x:=`touch OWNED`}",
    "$'\\x24(touch OWNED)'",
    "*(e:'touch OWNED':)",
    "{a,$(touch OWNED)}",
    "!touch",
    "=ls",
    "~root",
    "%F{red}%{",
    "[bold]",
    "[/x]",
    ":",
    "::",
    "\t",
    "\\",
    "\\\\",
    '"',
    "'",
    "$",
    "`",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\u00a0",
    "\U000e0041",
    "功",
    "Fähre",
    "a",
    " ",
]


def blog_with(texts: list[str]) -> str:
    """A blog file with each text in every field of an entry, and in the id of one that is broken by it."""
    blocks = [codec.dump_head(Blog(title="t"))]
    for number, text in enumerate(texts):
        entry = Entry(
            id=f"e{number}",
            time=TIME,
            headline=text if number % 2 else "",
            body=text,
            tags=(text,),
            authors=(text,),
            ref=text,
        )
        block = codec.dump_entry(entry)
        blocks += [
            block,
            block.replace(f'"e{number}"', codec.toml.write_value(text.replace("\n", " "))),
        ]
    return "\n".join(blocks)


def install_hostile_formats(folder: Path) -> Path:
    """An installed package whose formats are called what code is called."""
    info = folder / "hostile-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n")
    names = [c for c in CODE if c.isprintable() and not set(c) & set("=[]#:")]
    lines = [f"{name.strip()} = hostile:x\n" for name in names if name.strip()]
    (info / "entry_points.txt").write_text("[liveblog.formats]\n" + "".join(lines))
    return folder
