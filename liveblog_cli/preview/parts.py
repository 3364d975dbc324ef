"""A page or an entry as a row of parts, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.edition.voice import Voice, voice_of
from liveblog_cli.edition.words import Words
from liveblog_cli.model.values import Source
from liveblog_cli.text.controls import make_printable


class Part(NamedTuple):
    """One thing to draw: what it is, and its text. A summary, body or box is Markdown."""

    kind: str
    text: str


def page(edition: Edition, number: int = 0) -> Iterator[Part]:
    """The page: head, key events, pinned entries, then the others, newest first.

    `number` is how many of those others are shown; 0 means all.
    """
    say = voice_of(edition)
    if edition.kicker:
        yield Part("kicker", edition.kicker)
    yield Part("title", edition.title)
    yield Part("stand", say.words.stand.format(moment=say.moment(edition.updated)))
    if edition.summary:
        yield Part("summary", edition.summary)
    if edition.ended:
        yield Part("stand", say.words.ended.format(moment=say.moment(edition.ended)))
    if edition.closing:
        yield Part("summary", edition.closing)
    if edition.key_events:
        yield Part("section", say.words.key_events)
    yield from _points(edition.key_events, say)
    for item in edition.excerpt([*edition.pinned, *edition.unpinned[: number or None]]):
        yield from entry(item, say, edition.now)
    if not edition.items:
        yield Part("stand", say.words.empty)


def entry(item: Item, say: Voice, now: datetime) -> Iterator[Part]:
    """One entry: time line, headline, media, body, boxes, sources, tags, corrections."""
    yield Part("time", _time_line(item, say, now))
    if item.headline:
        yield Part("headline", item.headline)
    if item.authors:
        yield Part("byline", say.words.byline.format(names=say.names(item.authors)))
    for picture in item.media:
        yield Part("media", _pictured(picture))
    if item.body:
        yield Part("body", item.body)
    for box in item.boxes:
        yield Part("box", f"**{box.title}**\n\n{box.text}" if box.title else box.text)
    if item.sources:
        label = say.words.count(say.words.sources, len(item.sources))
        yield Part(
            "sources",
            f"{label}{say.words.colon}"
            + say.words.semicolon.join(_cited(s, say.words) for s in item.sources),
        )
    if item.tags:
        yield Part("tags", f"{say.words.tags}{say.words.colon}{say.words.comma.join(item.tags)}")
    for correction in item.corrections:
        kind = say.words.correction_kinds[correction.kind]
        yield Part(
            "correction",
            f"{kind}{say.words.comma}{say.moment(correction.at)}{say.words.colon}{correction.note}",
        )


def plain(parts: Iterator[Part]) -> Iterator[str]:
    """The parts as lines of text, an empty line before each entry; bodies stay Markdown."""
    for kind, text in parts:
        if kind in ("time", "section"):
            yield ""
        yield make_printable(text)


def _points(items: list[Item], say: Voice) -> Iterator[Part]:
    """Key events with their times, and with their dates where they are of several days."""
    one_day = not items or say.dates.same_day(items[0].time, items[-1].time)
    for item in items:
        when = say.dates.time(item.time) if one_day else say.moment(item.time)
        yield Part("point", f"{when}  {item.title}")


def _time_line(item: Item, say: Voice, now: datetime) -> str:
    today = say.dates.same_day(item.time, now)
    time = say.clock(item.time) if today else say.moment(item.time)
    marks = [say.words.pinned] if item.pinned else []
    marks += [say.words.key_event] if item.key else []
    marks += [item.label] if item.label else []
    if item.updated > item.time:
        marks.append(say.words.updated.format(moment=say.moment(item.updated)))
    return " · ".join([item.id, time, *marks])


def _pictured(picture: Picture) -> str:
    shown = [picture.caption or picture.alt, picture.credit and f"({picture.credit})", picture.src]
    return " ".join(part for part in shown if part)


def _cited(source: Source, words: Words) -> str:
    checked = {True: words.verified, False: words.unverified, None: ""}[source.verified]
    said = words.comma.join(
        w for w in (source.kind and words.source_kinds[source.kind], checked) if w
    )
    name = f"{source.name} <{source.url}>" if source.url else source.name
    return f"{name} ({said})" if said else name
