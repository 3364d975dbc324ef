"""A page or an entry as a row of parts, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from liveblog_cli.edition.edition import Edition, Item, Picture
from liveblog_cli.edition.voice import Voice, get_voice
from liveblog_cli.edition.words import Words
from liveblog_cli.model.values import Source
from liveblog_cli.text.controls import make_printable


class Part(NamedTuple):
    """One thing to draw: what it is, and its text. A summary, body or box is Markdown."""

    kind: str
    text: str


def list_page_parts(edition: Edition, number: int = 0) -> Iterator[Part]:
    """The page: head, key events, pinned entries, then the others, newest first.

    `number` is how many of those others are shown; 0 means all.
    """
    voice = get_voice(edition)
    if edition.kicker:
        yield Part("kicker", edition.kicker)
    yield Part("title", edition.title)
    yield Part("stand", voice.words.stand.format(moment=voice.format_moment(edition.updated)))
    if edition.summary:
        yield Part("summary", edition.summary)
    if edition.ended:
        yield Part("stand", voice.words.ended.format(moment=voice.format_moment(edition.ended)))
    if edition.closing:
        yield Part("summary", edition.closing)
    if edition.key_events:
        yield Part("section", voice.words.key_events)
    yield from _list_key_events(edition.key_events, voice)
    for item in edition.excerpt([*edition.pinned, *edition.unpinned[: number or None]]):
        yield from list_entry_parts(item, voice, edition.now)
    if not edition.items:
        yield Part("stand", voice.words.empty)


def list_entry_parts(item: Item, voice: Voice, now: datetime) -> Iterator[Part]:
    """One entry: time line, headline, media, body, boxes, sources, tags, corrections."""
    yield Part("time", _format_time_line(item, voice, now))
    if item.headline:
        yield Part("headline", item.headline)
    if item.authors:
        yield Part("byline", voice.words.byline.format(names=voice.join_names(item.authors)))
    for picture in item.media:
        yield Part("media", _describe_picture(picture))
    if item.body:
        yield Part("body", item.body)
    for box in item.notes:
        yield Part("box", f"**{box.title}**\n\n{box.text}" if box.title else box.text)
    if item.sources:
        label = voice.words.count(voice.words.sources, len(item.sources))
        yield Part(
            "sources",
            f"{label}{voice.words.colon}"
            + voice.words.semicolon.join(_format_source(s, voice.words) for s in item.sources),
        )
    if item.tags:
        yield Part(
            "tags", f"{voice.words.tags}{voice.words.colon}{voice.words.comma.join(item.tags)}"
        )
    for correction in item.corrections:
        kind = voice.words.correction_kinds[correction.kind]
        yield Part(
            "correction",
            f"{kind}{voice.words.comma}{voice.format_moment(correction.at)}{voice.words.colon}{correction.note}",
        )


def format_lines(parts: Iterator[Part]) -> Iterator[str]:
    """The parts as lines of text, an empty line before each entry; bodies stay Markdown."""
    for kind, text in parts:
        if kind in ("time", "section"):
            yield ""
        yield make_printable(text)


def _list_key_events(items: list[Item], voice: Voice) -> Iterator[Part]:
    """Key events with their times, and with their dates where they are of several days."""
    one_day = not items or voice.dates.is_same_day(items[0].time, items[-1].time)
    for item in items:
        when = voice.dates.format_time(item.time) if one_day else voice.format_moment(item.time)
        yield Part("point", f"{when}  {item.title}")


def _format_time_line(item: Item, voice: Voice, now: datetime) -> str:
    today = voice.dates.is_same_day(item.time, now)
    time = voice.format_clock(item.time) if today else voice.format_moment(item.time)
    marks = [voice.words.pinned] if item.pinned else []
    marks += [voice.words.key_event] if item.key else []
    marks += [item.label] if item.label else []
    if item.updated > item.time:
        marks.append(voice.words.updated.format(moment=voice.format_moment(item.updated)))
    return " · ".join([item.id, time, *marks])


def _describe_picture(picture: Picture) -> str:
    shown = [picture.caption or picture.alt, picture.credit and f"({picture.credit})", picture.src]
    return " ".join(part for part in shown if part)


def _format_source(source: Source, words: Words) -> str:
    said = words.describe_source(source)
    name = f"{source.name} <{source.url}>" if source.url else source.name
    return f"{name} ({said})" if said else name
