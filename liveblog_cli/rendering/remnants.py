"""What stays of an entry that a reader's choice hides: its day and its boxes, where shown ones need them.

The heading of a day and a box tied to kinds of source stand once on the page, with the first of the
entries that they are for. Readers choose by style rules alone, which hide whole entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from liveblog_cli.edition.edition import Edition, Item

Marks = Mapping[str, Sequence[str]]
"""What each entry, by its id, can be chosen by."""


class Remnants(Struct, frozen=True, kw_only=True):
    """The marks of the choices that hide an entry, but not its day (by its id), or not a box.

    `boxes` is by the ids of entry and box.
    """

    days: Mapping[str, frozenset[str]]
    boxes: Mapping[tuple[str, str], frozenset[str]]

    @property
    def marks(self) -> frozenset[str]:
        """The choices that leave anything of an entry that they hide."""
        return frozenset().union(*self.days.values(), *self.boxes.values())


def remnants(edition: Edition, days: Iterable[tuple[Item, str]], marks: Marks) -> Remnants:
    """What stays of entries. `days` are those in time, with the day's heading where one begins."""
    return Remnants(days=_days(days, marks), boxes=_boxes(edition, marks))


def _days(days: Iterable[tuple[Item, str]], marks: Marks) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    first = ""
    for item, heading in days:
        if heading:
            first = item.id
        found.setdefault(first, set()).update(marks[item.id])
    stay = {name: frozenset(of_day.difference(marks[name])) for name, of_day in found.items()}
    return {name: kept for name, kept in stay.items() if kept}


def _boxes(edition: Edition, marks: Marks) -> dict[tuple[str, str], frozenset[str]]:
    carriers: dict[str, list[Item]] = defaultdict(list)
    for item in [*edition.pinned, *edition.unpinned] if edition.tied_boxes else ():
        for box in item.boxes:
            carriers[box.id].append(item)
    found = {}
    for box in edition.tied_boxes:
        due = [i for i in edition.items if {s.kind for s in i.sources}.intersection(box.applies_to)]
        carried = {m for i in carriers[box.id] for m in marks[i.id]}
        stay = frozenset(m for i in due for m in marks[i.id]) - carried
        if stay:
            found[carriers[box.id][0].id, box.id] = stay
    return found
