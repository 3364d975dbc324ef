"""Blog files in every shape that TOML allows, as hypothesis strategies."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from liveblog_cli.model.values import (
    Added,
    Blog,
    Change,
    Entry,
    Hook,
    Media,
    Note,
    Publisher,
    Source,
)

HOSTILE = [
    '"""',
    "'''",
    "[[entries]]",
    '\n[[entries]]\nid = "x"\n',
    "\n [[ entries ]] # no\n",
    "\n[[entries.history]]\n",
    "[notes]",
    'id = "x"',
    "\\",
    '"',
    "'",
    '\\"',
    "\n",
    "\t",
    "#",
    " = ",
    '\nbody = """\n',
    "]",
    "[",
    "{",
    "\u2028",
    "\x85",
    "é",
    "😀",
    "\ufeff",
    "\x7f",
    "a",
    " ",
]
TEXT = st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join)
LINE = TEXT.map(lambda t: " ".join(t.split()))
FILLED = LINE.map(lambda t: f"x{t}")
NAMES = st.lists(LINE, max_size=3).map(tuple)
ZONES = st.integers(-23 * 4, 23 * 4).map(lambda q: timezone(timedelta(minutes=15 * q)))
MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.just(UTC),
).flatmap(lambda m: ZONES.map(m.astimezone))
IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
KINDS = st.sampled_from(["agency", "official", "party-to-conflict", "social"])
SOURCES = st.builds(
    Source,
    name=FILLED,
    url=LINE,
    kind=st.none() | KINDS,
    verified=st.none() | st.booleans(),
)
MEDIA = st.builds(Media, file=LINE, url=LINE, alt=TEXT, caption=TEXT, width=st.integers(0, 9999))
WAS = st.dictionaries(
    st.sampled_from(["headline", "body", "label"]), TEXT, max_size=3
) | st.fixed_dictionaries({"sources": st.just([{"name": "a\nb", "verified": False}])})
CHANGES = st.builds(
    Change,
    at=MOMENTS,
    by=LINE,
    kind=st.none() | st.sampled_from(["correction", "update"]),
    note=TEXT,
    minor=st.booleans(),
    was=WAS,
    absent=st.just(()) | st.just(("tags", "key")),
)
ENTRIES = st.builds(
    Entry,
    id=IDS,
    time=MOMENTS,
    headline=FILLED,
    body=TEXT,
    authors=NAMES,
    tags=NAMES,
    label=LINE,
    key=st.booleans(),
    pinned=st.booleans(),
    status=st.none() | st.sampled_from(["draft", "retracted"]),
    sources=st.lists(SOURCES, max_size=2).map(tuple),
    notes=st.lists(IDS, max_size=2).map(tuple),
    ref=LINE,
    added=st.none() | st.builds(Added, at=MOMENTS, by=LINE),
    media=st.lists(MEDIA, max_size=2).map(tuple),
    history=st.lists(CHANGES, max_size=2).map(tuple),
)
BLOGS = st.builds(
    Blog,
    title=FILLED,
    id=LINE,
    kicker=LINE,
    summary=TEXT,
    language=st.sampled_from(["de", "en-GB"]),
    timezone=st.sampled_from(["UTC", "Europe/Berlin"]),
    authors=NAMES,
    started=st.none() | MOMENTS,
    publisher=st.none() | st.builds(Publisher, name=FILLED, url=LINE),
    hooks=st.lists(st.builds(Hook, run=FILLED), max_size=1).map(tuple),
    notes=st.lists(
        st.builds(Note, id=IDS, text=FILLED, title=LINE), max_size=2, unique_by=lambda n: n.id
    ).map(tuple),
    history=st.lists(CHANGES, max_size=2).map(tuple),
)

STATEMENTS = [
    'headline = "plain"',
    "headline = 'literal \\ \"'",
    'body = """\n[[entries]]\nid = "not one"\n"""',
    "body = '''\n[[entries]]\n\"\"\"\n'''",
    'body = """ends with quotes"""""',
    'body = """\\\n  folded \\"""\n[[entries]]\n"""',
    'body = """"""',
    "body = \"'''\"",
    'body = \'"""\'',
    'tags = ["a", "b"]',
    'tags = [\n  "a", # [[entries]]\n  "[[entries]]",\n]',
    "tags = [ '''\n[[entries]]\n''' ]",
    'label = "#no comment" # a comment """ with \'\'\' quotes [[entries]]',
    'sources = [{ name = "n", url = "" }, {name="[[entries]]"}]',
    'added.at = 2024-01-01T00:00:00Z\nadded . "by" = "x"',
    "key = true",
    "  pinned   =   true   # indented",
    '"ref" = "quoted key"',
    "'label' = 'x'",
    '[[entries.media]]\nfile = "a.png"\n',
    '  [[ entries . "media" ]]  # x\nurl = "b"\n',
    "[entries.added]\nat = 2024-01-01T00:00:00Z\n",
    '[[entries.history]]\nat = 2024-01-01T00:00:00Z\n[entries.history.was]\nbody = """\n[[entries]]\n"""',
    "# a comment with [[entries]]\n",
    "",
    "\t",
    "[[notes]]\nid = \"n\"\ntext = '''\n[[entries]]\n'''",
    "[[history]]\nat = 2024-01-01T00:00:00Z",
    '[publisher]\nname = "[[entries]]"',
]
HEAD_STATEMENTS = [s for s in STATEMENTS if "entries." not in s and '. "media"' not in s]
HEADERS = ["[[entries]]", "  [[entries]]", "[[ entries ]] # x", '[["entries"]]', "[['entries']]\t"]


def _first_word(statement: str) -> str:
    return found[0] if (found := re.search(r"\w+", statement)) else ""


_BLOCKS = st.tuples(
    st.sampled_from(HEADERS),
    st.lists(st.sampled_from(STATEMENTS), max_size=6, unique_by=_first_word),
)


@st.composite
def handwritten(draw: st.DrawFn) -> str:
    """A file as people type it; some are not valid TOML, for keys may come twice."""
    titles = ['title = "t"', "title = 't'", 'title = """\n[[entries]]\n"""']
    lines = [draw(st.sampled_from(titles))]
    lines += draw(st.lists(st.sampled_from(HEAD_STATEMENTS), max_size=2, unique_by=_first_word))
    for number, (header, statements) in enumerate(draw(st.lists(_BLOCKS, max_size=5))):
        lines += [header, f'id = "e{number}"', "time = 2024-01-01T00:00:00Z", *statements]
    text = "\n".join(lines)
    text = text + "\n" if draw(st.booleans()) else text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return "\ufeff" + text if draw(st.booleans()) else text
