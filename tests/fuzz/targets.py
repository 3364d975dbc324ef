"""What is fuzzed: each takes any text and returns, or raises what a user can mend."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import stdin
from liveblog_cli.model import cleaning
from liveblog_cli.storage import codec, patch, torn_tail
from liveblog_cli.storage import scanner as blocks
from liveblog_cli.text.times import TimeContext, parse_span, parse_time

NOW = datetime(2024, 3, 31, 0, 59, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


def scanner(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()  # a file's text holds no lone surrogates
    layout = blocks.scan(text)
    assert "".join([text[p.start : p.end] for p in layout.pieces]) == text
    data = text.encode()
    torn_tail.is_surely_whole(data)
    at = torn_tail.find_tear(data, layout)
    assert at is None or 0 <= at <= len(data)


def file(text: str) -> None:
    """A whole file; what can be read of it can be changed and written again."""
    with contextlib.suppress(LiveblogError):
        layout = blocks.scan(text)
        loaded = codec.load(layout)
        for entry in loaded.blog.entries:
            assert codec.parse_entry(codec.dump_entry(entry)) == (entry, [])


def block(text: str) -> None:
    patch.apply_edits(
        text,
        patch.find_edits(
            text, {}, {"headline": "x", "media": [{"file": "f"}]}, ("media",), "entries."
        ),
    )
    codec.parse_entry(text)


def time(text: str) -> None:
    with contextlib.suppress(LiveblogError):
        offset = parse_time(text, TimeContext(NOW, ZONE, "de")).utcoffset()
        assert offset is not None
        assert not offset.seconds % 60
    with contextlib.suppress(LiveblogError):
        parse_span(text)


def typed(text: str) -> None:
    for read in (
        cleaning.parse_source,
        lambda t: cleaning.address(t, "url"),
        lambda t: cleaning.clean(t, "body"),
    ):
        with contextlib.suppress(LiveblogError):
            read(text)
    stdin.commit_message(text)


def stream(text: str) -> None:
    """JSON lines, as a sender's."""
    import msgspec

    from liveblog_cli.model.fields import Fields

    with contextlib.suppress(msgspec.MsgspecError, UnicodeError, RecursionError):
        msgspec.json.decode(text.encode("utf-8", "surrogatepass"), type=Fields)


def form(text: str) -> None:
    """A draft as an editor left it; and any text of an entry comes back from its form."""
    from liveblog_cli.ingest import draft
    from liveblog_cli.model.field_kinds import Context
    from liveblog_cli.model.values import Blog, Entry

    blog, entry = Blog(title="t"), Entry(id="a", time=NOW)
    with contextlib.suppress(LiveblogError):
        draft.from_draft(text, entry, Context(blog=blog, now=NOW))
    with contextlib.suppress(LiveblogError):
        entry = Entry(id="a", time=NOW, body=cleaning.clean(text, "body"))
        assert (
            draft.from_draft(draft.to_draft(entry, blog), entry, Context(blog=blog, now=NOW))
            == entry
        )


TARGETS: dict[str, Callable[[str], None]] = {
    f.__name__: f for f in (scanner, file, block, time, typed, stream, form)
}
