"""Findings as text for people, as annotations for GitHub, and as SARIF 2.1.0 for other programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from liveblog_cli import __version__
from liveblog_cli.editorial import checks
from liveblog_cli.editorial.findings import Finding
from liveblog_cli.runtime import streams

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def format_text(findings: Sequence[Finding]) -> str:
    """For each finding `file:line: severity: message [code]`, and below it how to correct it."""
    return "".join(
        [
            f"{_format_place(f)}: {f.severity}: {_format_entry(f)}{f.message} [{f.code}]\n    {f.mend}\n"
            for f in findings
        ]
    )


def format_github(findings: Sequence[Finding]) -> str:
    """Workflow commands (GitHub Actions, Workflow commands: setting a notice, warning or error)."""
    return "".join([_format_command(f) for f in findings])


def format_sarif(findings: Sequence[Finding]) -> str:
    """A log of one run (OASIS, SARIF 2.1.0, 3.13 to 3.27)."""
    rules = [_make_rule(rule) for rule in checks.RULES]
    driver = {
        "name": "liveblog check",
        "semanticVersion": __version__,
        "rules": rules,
    }
    run = {"tool": {"driver": driver}, "results": [_make_result(f) for f in findings]}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return streams.format_json(log, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": format_text,
    "github": format_github,
    "sarif": format_sarif,
}


def _format_place(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}"
    return f"{place}:{finding.column}" if finding.column else place


def _format_entry(finding: Finding) -> str:
    return f"{finding.entry}: " if finding.entry else ""


def _format_command(finding: Finding) -> str:
    where = f"file={_escape_property(finding.file)},line={finding.line},title={_escape_property(finding.code)}"
    message = f"{_format_entry(finding)}{finding.message}. {finding.mend}"
    return f"::{_LEVELS[finding.severity]} {where}::{_escape_data(message)}\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _make_rule(rule: checks.Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": rule.severity},
    }


def _make_result(finding: Finding) -> dict[str, Any]:
    region = {"startLine": finding.line}
    if finding.column:
        region["startColumn"] = finding.column
    location = {
        "artifactLocation": {"uri": _to_uri(finding.file)},
        "region": region,
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": checks.CODES.index(finding.code),
        "level": finding.severity,
        "message": {"text": f"{_format_entry(finding)}{finding.message}"},
        "locations": [{"physicalLocation": location}],
    }


def _to_uri(file: str) -> str:
    """A relative reference for a relative path (RFC 3986), a file URI for an absolute one."""
    from urllib.parse import quote

    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
