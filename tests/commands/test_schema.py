"""`liveblog schema`: what it prints is a schema, and the program's own files and lines meet it."""

import json
from datetime import datetime
from typing import Any

import jsonschema
import pytest
import tomli

from liveblog_cli import cli
from liveblog_cli.ingest import payload


def _schema(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert cli.main(["schema", *words]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_a_new_blog_with_an_entry_meets_the_schema_of_the_file(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liveblog.toml"
    assert cli.main(["new", "Harbour fire", "-f", str(path)]) == 0
    assert cli.main(["add", "Smoke", "over", "pier", "4", "--tag", "fire", "-f", str(path)]) == 0
    capsys.readouterr()
    blog = json.loads(json.dumps(tomli.loads(path.read_text()), default=datetime.isoformat))
    jsonschema.validate(blog, _schema(capsys))
    blog["entries"][0]["headlin"] = "x"
    with pytest.raises(jsonschema.ValidationError, match="headlin"):
        jsonschema.validate(blog, _schema(capsys))


def test_a_line_that_the_schema_allows_is_read_and_another_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = {"headline": "Smoke", "time": "2024-11-12T02:18:00+01:00", "sources": [{"name": "dpa"}]}
    jsonschema.validate(line, _schema(capsys, "entry"))
    assert payload.read_line(json.dumps(line).encode()).headline == "Smoke"
    with pytest.raises(jsonschema.ValidationError, match="id"):
        jsonschema.validate({"id": "abcde"}, _schema(capsys, "entry"))


def test_another_kind_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", "blog"]) == 2
    assert "entry" in capsys.readouterr().err
