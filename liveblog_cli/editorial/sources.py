"""The sources of a blog: who was cited and how often, and which entries cite nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from liveblog_cli.model.values import Entry, Source, SourceKind


class CitedSource(Struct, frozen=True, kw_only=True):
    """A source in all entries that cite it. `kind` and `url` are those of the newest entry that has them."""

    name: str
    times: int
    kind: SourceKind | None = None
    url: str = ""
    unverified: int = 0
    entries: tuple[str, ...] = ()


def list_cited(entries: Iterable[Entry]) -> list[CitedSource]:
    """The sources of `entries`, the most cited first. `entries` must be sorted with the oldest first.

    Sources with the same name are one source, also if upper and lower case differ.
    """
    found: dict[str, list[tuple[str, Source]]] = defaultdict(list)
    for entry in entries:
        for source in entry.sources:
            found[source.name.casefold()].append((entry.id, source))
    return sorted(map(_make_cited, found.values()), key=lambda c: (-c.times, c.name.casefold()))


def list_uncited(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that cite nobody."""
    return [e for e in entries if not e.sources]


def count_by_kind(sources: Iterable[CitedSource]) -> dict[str, int]:
    """How often each kind of source is cited, the most cited first. "" stands for sources without a kind."""
    found: dict[str, int] = defaultdict(int)
    for source in sources:
        found[source.kind or ""] += source.times
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _make_cited(uses: list[tuple[str, Source]]) -> CitedSource:
    sources = [s for _, s in uses]
    return CitedSource(
        name=sources[-1].name,
        times=len(uses),
        kind=next((s.kind for s in reversed(sources) if s.kind), None),
        url=next((s.url for s in reversed(sources) if s.url), ""),
        unverified=sum(s.verified is False for s in sources),
        entries=tuple(dict.fromkeys(name for name, _ in uses)),
    )
