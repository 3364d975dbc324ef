"""Checks: faults that an editor should see before readers do. The table `RULES` defines all of them.

A rule gets a blog at a moment and yields faults. `findings` looks up where in the file they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from liveblog_cli.editorial import rules
from liveblog_cli.editorial.subject import Fault, Subject
from liveblog_cli.model.notes import KINDS

Severity = Literal["error", "warning", "note"]


class Rule(Struct, frozen=True, kw_only=True):
    """A check. `title` says what it finds, `mend` how to correct that, and `find` yields the faults."""

    code: str
    severity: Severity
    title: str
    mend: str
    find: Callable[[Subject], Iterator[Fault]]


def run_checks(subject: Subject) -> Iterator[tuple[Rule, Fault]]:
    """The faults that the checks find, each with its rule. Checks that the blog has switched off are left out."""
    for rule in RULES:
        if rule.code not in subject.blog.checks_off:
            for fault in rule.find(subject):
                yield rule, fault


def broken_file(subject: Subject) -> Iterator[Fault]:
    """Nothing: a part that can't be read is not in the blog. `findings` reports it under this code."""
    yield from ()


def unknown_check(subject: Subject) -> Iterator[Fault]:
    """Codes in `checks_off` that no check has."""
    from liveblog_cli.text.suggest import suggest

    for code in subject.blog.checks_off:
        if code not in CODES:
            yield Fault("", "checks_off", f"there is no check {code!r}{suggest(code, CODES)}")


def unknown_action(subject: Subject) -> Iterator[Fault]:
    """Actions of hooks that do not exist."""
    from liveblog_cli.storage.diagnosis import check_actions

    for number, message in check_actions(subject.blog.hooks):
        yield Fault("", "hooks", message, number)


def _rule(
    code: str, severity: Severity, find: Callable[[Subject], Iterator[Fault]], title: str, mend: str
) -> Rule:
    return Rule(code=code, severity=severity, title=title, mend=mend, find=find)


RULES = (
    _rule("broken-file", "error", broken_file, "The file can't be read as a blog.", "Mend the line in an editor. Other checks look at what can be read."),
    _rule("unknown-check", "warning", unknown_check, "`checks_off` names a check that is not there.", "Take it out, or write its code as in this table."),
    _rule("unknown-action", "warning", unknown_action, "A hook waits for an action that is not there.", "Write it as in docs/hooks.md; without `on` a hook runs after every change."),
    _rule("no-url", "warning", rules.no_url, "The blog has no address of its own.", "`liveblog set --url URL`: permalinks and feeds need it."),
    _rule("bad-address", "error", rules.bad_address, "An address is no web address.", "Write it with https:// or http://."),
    _rule("control-character", "error", rules.control_character, "A text holds a character that steers terminals (U+007F to U+009F).", "Take it out in an editor; readers get a blank in its place. Mostly it is a quote or dash of Windows-1252 that was read as Latin-1."),
    _rule("dead-anchor", "error", rules.dead_anchor, "A link leads to an entry that readers can't see.", "Link to an entry that is published, or take the link out."),
    _rule("double-headline", "warning", rules.double_headline, "Two entries have the same headline.", "`liveblog edit ENTRY --headline TEXT`, or retract one."),
    _rule("long-headline", "warning", rules.long_headline, f"A headline is longer than {rules.LONGEST_HEADLINE} characters.", "Shorten it: news search and apps cut it."),
    _rule("future-time", "note", rules.future_time, "An entry waits for its time.", "Nothing, if that is meant; else `liveblog edit ENTRY --at now`."),
    _rule("out-of-order", "note", rules.out_of_order, "An entry's time is before that of one added earlier, or after the blog's end.", "`liveblog edit ENTRY --at TIME`, if it is a slip; `liveblog reopen`, if the blog goes on."),
    _rule("no-alt", "error", rules.no_alt, "An image has no alternative text.", "`liveblog edit ENTRY --alt TEXT`, or `![TEXT](ADDRESS)` inside a text: say what it shows to those who don't see it."),
    _rule("no-file", "error", rules.no_file, "An image file is not there, or is none that can be shown.", "Put it beside the blog file where the entry names it, or name another."),
    _rule("no-source", "warning", rules.no_source, "A key event, or a text that quotes or attributes, cites no source.", '`liveblog edit ENTRY --source "NAME <URL> (KIND)"`.'),
    _rule("unverified-no-box", "warning", rules.unverified_no_note, "An unverified source stands without a box that says so.", f"`liveblog edit ENTRY --note ID`, or a box with `--applies-to` ({', '.join(KINDS)})."),
    _rule("unknown-note", "error", rules.unknown_note, "An entry names a box that is not there.", "`liveblog note add ID --text TEXT`, or `liveblog edit ENTRY --note OTHER`."),
    _rule("old-draft", "warning", rules.old_draft, "A draft is older than a day.", "`liveblog publish ENTRY` or `liveblog retract ENTRY`."),
)  # fmt: skip

CODES = tuple(rule.code for rule in RULES)
