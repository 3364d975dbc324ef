"""What becomes of entries that senders offer: decided one by one, against the file under its lock.

A ref that the file knows never makes a second entry. The same content again changes nothing, other
content is an edit with its history, and what was retracted stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli.errors import InvalidFile, LiveblogError
from liveblog_cli.model import changes, sequence
from liveblog_cli.model.values import Change, Entry
from liveblog_cli.storage import codec
from liveblog_cli.storage.line_ends import set_line_ends
from liveblog_cli.storage.transaction import ByteRange, Snapshot, Splice, WriteRequest

Action = Literal["added", "edited", "unchanged"]


class Upsert(Struct, frozen=True):
    """What a sender wants: `entry` where its ref is new, else what `edit` makes of the one there.

    `entry` may lack headline, body and media if the file has its ref already: only the given fields are
    then changed. `edit` raises a LiveblogError where that can't be.
    """

    entry: Entry
    edit: Callable[[Entry], Entry]


class Outcome(Struct, frozen=True):
    """What became of an offer, and the entry as it then was. `note` says why, where it may surprise."""

    entry: Entry
    action: Action
    note: str = ""


Find = Callable[[str, Snapshot], ByteRange | None]
"""Says where in a file the block stands that has a ref."""


class Delivery:
    """Decides offers in order. `write` is then what the file needs, `blocks` the new ones in it."""

    def __init__(
        self, seen: Snapshot, find: Find, new: Callable[[Entry, int], Entry], change: Change
    ) -> None:
        self._seen = seen
        self._find = find
        self._new = new
        self._change = change
        self._edited = False
        self._fresh: list[Entry] = []
        self._by_ref: dict[str, int] = {}
        self._there: dict[ByteRange, tuple[Entry, Entry]] = {}

    def decide(self, offer: Upsert) -> Outcome:
        """What becomes of one offer.

        Raises:
            LiveblogError: it can't be; nothing of it is written.
        """
        ref = offer.entry.ref
        if ref and (number := self._by_ref.get(ref)) is not None:
            outcome = self._apply(self._fresh[number], offer)
            self._fresh[number] = outcome.entry
            return outcome
        if ref and (place := self._find(ref, self._seen)) is not None:
            old, now = self._there.get(place) or (self._read(place, ref),) * 2
            outcome = self._apply(now, offer)
            self._there[place] = (old, outcome.entry)
            return outcome
        entry = self._new(offer.entry.require_content(), len(self._fresh))
        if ref:
            self._by_ref[ref] = len(self._fresh)
        self._fresh.append(entry)
        return Outcome(entry, "added")

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """The refs and texts of the new blocks, each with the blank line before the next.

        Their lines end as those of the file.
        """
        end = self._seen.line_end
        texts = [set_line_ends(codec.dump_entry(e), end) for e in self._fresh]
        return [
            (e.ref, text if e is self._fresh[-1] else f"{text}{end}")
            for e, text in zip(self._fresh, texts, strict=True)
        ]

    def write(self, blocks: Iterable[tuple[str, str]]) -> WriteRequest:
        """What the file needs: `blocks` behind its end, and the changed ones in their places."""
        latest = (
            sequence.earliest_after(self._change)
            if self._edited
            else sequence.moment_of(self._change)
        )
        return WriteRequest(list(self._splices()), "".join([text for _, text in blocks]), latest)

    def _apply(self, now: Entry, offer: Upsert) -> Outcome:
        if now.status == "retracted":
            return Outcome(now, "unchanged", "it was retracted, and stays so")
        changed = offer.edit(now)
        action = _action(now, changed)
        at = self._change.at.astimezone(now.time.tzinfo)
        entry = changes.record_change(now, changed, replace(self._change, action=action, at=at))
        assert isinstance(entry, Entry)
        if entry == now:
            return Outcome(entry, "unchanged")
        self._edited = True
        return Outcome(entry, "edited")

    def _read(self, place: ByteRange, ref: str) -> Entry:
        entry, problems = codec.parse_entry(self._seen.part(*place).decode())
        if entry is None:
            reasons = "; ".join([p.message for p in problems])
            raise InvalidFile([f"the entry with ref {ref!r} can't be read: {reasons}"])
        return entry

    def _splices(self) -> Iterable[Splice]:
        for (start, end), (old, now) in self._there.items():
            if now != old:
                block = self._seen.part(start, end).decode()
                yield Splice(start, end, codec.edit_block(block, old, now))


def upsert_of(entry: Entry) -> Upsert:
    """An entry offered whole: where its ref is known, the fields it has replace those there."""
    kept = ("id", "time", "added", "history")
    given = {n: getattr(entry, n) for n in entry.__struct_fields__ if n not in kept}
    return Upsert(entry, lambda old: replace(old, **{n: v for n, v in given.items() if v}))


def _action(old: Entry, new: Entry) -> str:
    if new.status == "retracted":
        return "retract"
    return "publish" if old.status == "draft" and new.status is None else "edit"


def find_once(ref: str, seen: Snapshot) -> ByteRange | None:
    """Where the block stands, for a single question: most often the ref is nowhere in the file."""
    from liveblog_cli.storage import toml

    written = toml.write_string(ref)[1:-1]
    if not any(seen.contains(text) for text in (written, ref, "\\u", "\\U")):
        return None
    from liveblog_cli.storage.ref_index import RefIndex

    return RefIndex().place(ref, seen)


def deliver(
    delivery: Delivery, offers: Sequence[Upsert | LiveblogError]
) -> list[Outcome | LiveblogError]:
    """What became of each, in order; what was an error before stays one."""
    outcomes: list[Outcome | LiveblogError] = []
    for offer in offers:
        try:
            outcomes.append(offer if isinstance(offer, LiveblogError) else delivery.decide(offer))
        except LiveblogError as error:
            outcomes.append(error)
    return outcomes
