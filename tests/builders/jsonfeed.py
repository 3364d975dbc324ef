"""JSON Schema of JSON Feed 1.1 with this program's extension, from jsonfeed.org/version/1.1 and docs/exports.md."""

from __future__ import annotations

from typing import Any

URL = {"type": "string", "pattern": "^https?://[^/?#]"}
TEXT = {"type": "string", "minLength": 1}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
COUNT = {"type": "integer", "minimum": 1}
YES = {"const": True}


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


AUTHORS = _list(_object("name", name=TEXT))
SOURCE = _object("name", name=TEXT, url=URL, kind=TEXT, verified={"type": "boolean"})
MEDIUM = _object(
    url=URL,
    src=TEXT,
    alt=TEXT,
    caption=TEXT,
    credit=TEXT,
    width=COUNT,
    height=COUNT,
    mime_type={"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"},
    link=YES,
    sizes=_list(_object("src width", src=TEXT, width=COUNT)),
)
ITEM_EXTENSION = _object(
    "id",
    id=TEXT,
    headline=TEXT,
    markdown=TEXT,
    label=TEXT,
    key=YES,
    pinned=YES,
    sources=_list(SOURCE),
    notes=_list(TEXT),
    media=_list(MEDIUM),
    corrections=_list(
        _object(
            "kind date text",
            kind={"enum": ["correction", "clarification", "update"]},
            date=TIME,
            text=TEXT,
        )
    ),
)
FEED_EXTENSION = _object(
    "timezone started updated id",
    timezone=TEXT,
    started=TIME,
    updated=TIME,
    id=TEXT,
    kicker=TEXT,
    summary=TEXT,
    summary_html=TEXT,
    ended=TIME,
    closing=TEXT,
    previous=URL,
    next=URL,
    publisher=_object("name", name=TEXT, url=URL, logo=URL, account=TEXT),
    notes=_list(
        _object("id markdown content_html", id=TEXT, title=TEXT, markdown=TEXT, content_html=TEXT)
    ),
)
ITEM = _object(
    "id content_html date_published _liveblog",
    id=TEXT,
    url=URL,
    title=TEXT,
    content_html={"type": "string"},
    image=URL,
    date_published=TIME,
    date_modified=TIME,
    authors=AUTHORS,
    tags=_list(TEXT),
    attachments=_list(
        _object("url mime_type", url=URL, mime_type=TEXT, title=TEXT, size_in_bytes=COUNT)
    ),
    _liveblog=ITEM_EXTENSION,
)
FEED = _object(
    "version title language items _liveblog",
    version={"const": "https://jsonfeed.org/version/1.1"},
    title=TEXT,
    home_page_url=URL,
    feed_url=URL,
    description=TEXT,
    icon=URL,
    authors=AUTHORS,
    language={"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    expired=YES,
    items={"type": "array", "items": ITEM},
    _liveblog=FEED_EXTENSION,
)
