"""The days and notes of hidden entries that must stay on the page when readers choose entries.

The heading of a day, and a note for kinds of source, are on the page once, with the first of the entries
to which they belong. Readers choose entries by style rules, which hide whole entries. If that first entry is hidden and
another one is not, the day or note must stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from liveblog_cli.edition.edition import Edition, Item

Marks = Mapping[str, Sequence[str]]
"""The marks of the anchors by which readers can choose each entry, by the entry's id."""


class Remnants(Struct, frozen=True, kw_only=True):
    """The marks of the choices that hide an entry, but not its day or one of its notes.

    `days` has them by the entry's id, `notes` by the ids of entry and note.
    """

    days: Mapping[str, frozenset[str]]
    notes: Mapping[tuple[str, str], frozenset[str]]

    @property
    def marks(self) -> frozenset[str]:
        """The marks of all choices with which a day or a note of a hidden entry stays."""
        return frozenset().union(*self.days.values(), *self.notes.values())


def find_remnants(edition: Edition, days: Iterable[tuple[Item, str]], marks: Marks) -> Remnants:
    """The remnants of a page. `days` are its items by time, each with its day if a new one begins, else with ""."""
    return Remnants(days=_find_days(days, marks), notes=_find_notes(edition, marks))


def _find_days(days: Iterable[tuple[Item, str]], marks: Marks) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    first = ""
    for item, heading in days:
        if heading:
            first = item.id
        found.setdefault(first, set()).update(marks[item.id])
    staying = {name: frozenset(of_day.difference(marks[name])) for name, of_day in found.items()}
    return {name: choices for name, choices in staying.items() if choices}


def _find_notes(edition: Edition, marks: Marks) -> dict[tuple[str, str], frozenset[str]]:
    carriers: dict[str, list[Item]] = defaultdict(list)
    for item in [*edition.pinned, *edition.unpinned] if edition.notes_by_kind else ():
        for note in item.notes:
            carriers[note.id].append(item)
    found = {}
    for note in edition.notes_by_kind:
        kinds = set(note.applies_to)
        due = [i for i in edition.items if kinds.intersection(s.kind for s in i.sources)]
        shown_with = {m for i in carriers[note.id] for m in marks[i.id]}
        staying = frozenset(m for i in due for m in marks[i.id]) - shown_with
        if staying:
            found[carriers[note.id][0].id, note.id] = staying
    return found
