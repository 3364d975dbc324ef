"""`liveblog schema`: the JSON Schema of the file, or of one line of a stream."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from liveblog_cli.preview.answers import answer_json


class Kind(StrEnum):
    """What there is a schema of."""

    FILE = "file"
    ENTRY = "entry"


def schema(
    kind: Annotated[
        Kind,
        typer.Argument(help="The blog file, or one line of `add-entry --jsonl`."),
    ] = Kind.FILE,
) -> None:
    """Print a JSON Schema (2020-12), for editors and senders."""
    answer_json(_make_entry_schema() if kind is Kind.ENTRY else _make_file_schema())


def _make_entry_schema() -> dict[str, Any]:
    from liveblog_cli.ingest import payload

    return payload.schema()


def _make_file_schema() -> dict[str, Any]:
    import msgspec

    from liveblog_cli.model.values import Blog

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Blog)}
