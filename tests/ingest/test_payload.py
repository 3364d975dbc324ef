"""Lines from outside: whatever comes, it is an entry or one clear refusal, and never a traceback."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from liveblog_cli.errors import LiveblogError
from liveblog_cli.ingest import payload
from liveblog_cli.model.values import Blog
from liveblog_cli.storage import codec
from liveblog_cli.storage.upsert import Upsert

BLOG = Blog(title="Harbour fire", timezone="Europe/Berlin")
NOW = datetime(2024, 11, 12, 2, 18, tzinfo=UTC)

anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from([*payload.Fields.__struct_fields__, "id", "added", "history", "headlin"])
texts = st.text(st.characters(codec="utf-8"))


def _offer(line: bytes) -> Upsert | str:
    try:
        return payload.upsert(
            payload.read_line(line), payload.context_of(BLOG, NOW, Path("/nowhere"))
        )
    except LiveblogError as error:
        return error.message


@given(st.binary())
def test_any_bytes_are_an_entry_or_a_refusal_of_one_line(data: bytes) -> None:
    found = _offer(data)
    assert isinstance(found, Upsert) or "\n" not in found.strip()


@given(st.dictionaries(names, anything, max_size=4))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_json_is_an_entry_or_a_refusal(fields: dict[str, Any]) -> None:
    found = _offer(json.dumps(fields).encode())
    assert isinstance(found, Upsert) or found


@given(headline=texts, body=texts, tags=st.lists(texts, max_size=3), ref=texts)
def test_what_is_taken_comes_back_from_the_file_as_it_was_taken(
    headline: str, body: str, tags: list[str], ref: str
) -> None:
    fields = {"headline": headline, "body": body, "tags": tags, "ref": ref}
    found = _offer(json.dumps(fields).encode())
    if isinstance(found, Upsert) and not found.entry.is_empty:
        block = codec.dump_entry(replace(found.entry, id="abcde"))
        assert codec.parse_entry(block) == (replace(found.entry, id="abcde"), [])


@given(headline=texts, body=texts)
def test_the_same_line_again_changes_nothing(headline: str, body: str) -> None:
    found = _offer(json.dumps({"headline": headline, "body": body}).encode())
    if isinstance(found, Upsert) and not found.entry.is_empty:
        assert found.edit(found.entry) == found.entry
