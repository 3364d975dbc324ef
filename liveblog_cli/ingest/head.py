"""The fields of a blog's head: what may be given for them, and what a new blog has without."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from liveblog_cli import clock
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model import cleaning
from liveblog_cli.model.values import Blog, Publisher
from liveblog_cli.runtime import machine
from liveblog_cli.text.suggest import find_likely, format_suggestion, suggest

_LETTERS = 3
"""A language's tag has two or three; what has more is its name."""


def new_blog(title: str, now: datetime, **given: Any) -> Blog:
    """A blog of `title` with what was given and defaults of this machine for the rest.

    Raises:
        LiveblogError: a field can't be what it should be.
    """
    given["language"] = given.get("language") or machine.find_language()
    given["timezone"] = given.get("timezone") or machine.find_zone().name
    title = cleaning.one_line(title, "title")
    if not title:
        raise LiveblogError("a blog needs a title", 'liveblog new "TITLE"')
    blog = with_fields(Blog(title=title, id=UUID(int=clock.chance("blog"), version=4).urn), given)
    return replace(blog, started=now.astimezone(ZoneInfo(blog.timezone)).replace(microsecond=0))


def with_fields(blog: Blog, given: dict[str, Any]) -> Blog:
    """`blog` with the fields that are not None. An empty text takes a field away.

    Raises:
        LiveblogError: a field can't be what it should be.
    """
    checks: dict[str, Callable[[Any], Any]] = {
        "title": _title,
        "summary": lambda t: cleaning.clean(t, "summary"),
        "kicker": lambda t: cleaning.one_line(t, "kicker"),
        "language": _language,
        "timezone": _timezone,
        "url": page_address,
        "authors": lambda names: tuple(
            n for n in (cleaning.one_line(a, "author") for a in names) if n
        ),
    }
    new = {k: check(given[k]) for k, check in checks.items() if given.get(k) is not None}
    return replace(blog, **new, publisher=_publisher(blog.publisher, given))


def shown(value: str | tuple[str, ...] | Publisher | None) -> str:
    """A field's value on one line."""
    if isinstance(value, Publisher):
        known = (value.name, value.url and f"<{value.url}>", value.account, value.logo)
        return " ".join(part for part in known if part)
    if isinstance(value, tuple):
        return ", ".join(value) or "(none)"
    return " ".join((value or "(none)").split())


def _title(text: str) -> str:
    title = cleaning.one_line(text, "title")
    if not title:
        raise LiveblogError("a blog needs a title")
    return title


def page_address(text: str) -> str:
    """The address of a page: absolute, without a fragment; or nothing.

    Raises:
        LiveblogError: it is none.
    """
    url = cleaning.address(text.strip(), "url")
    if "#" in url:
        raise LiveblogError(f"url: {url!r} has a fragment", "leave out what begins with #")
    return url


def _publisher(old: Publisher | None, given: dict[str, Any]) -> Publisher | None:
    """The publisher with what was given; one that is taken away takes logo and account along."""
    if (named := given.get("publisher")) is not None:
        if not named.strip():
            return None
        name, url = cleaning.named_address(cleaning.one_line(named, "publisher"), "publisher")
        old = replace(old or Publisher(name=name), name=name, url=url)
    more: dict[str, Callable[[], str]] = {
        "logo": lambda: cleaning.address(given["logo"], "logo"),
        "account": lambda: _account(given["account"]),
    }
    new = {name: read() for name, read in more.items() if given.get(name) is not None}
    if new and old is None:
        raise LiveblogError(
            "the blog has no publisher yet", 'name one with --publisher "NAME <URL>"'
        )
    return replace(old, **new) if old else None


def _account(text: str) -> str:
    if text and not re.fullmatch(r"@[A-Za-z0-9_]{1,15}", text):
        raise LiveblogError(
            f"account {text!r} is none", "it takes @ and up to 15 letters and digits"
        )
    return text


def _language(tag: str) -> str:
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag):
            raise ValueError
        Locale.parse(tag.lower().partition("-u-")[0], sep="-")
    except (UnknownLocaleError, ValueError):
        raise LiveblogError(
            f"unknown language {tag!r}{_language_meant(tag)}",
            "it takes a BCP 47 tag, e.g. de, en-GB, pt-BR, uk",
        ) from None
    return tag


def _language_meant(text: str) -> str:
    """What to ask about a language tag that is none: by the language's name, by a tag like it."""
    from babel.localedata import locale_identifiers

    tags = [name.replace("_", "-") for name in locale_identifiers()]
    if text.isalpha() and len(text) > _LETTERS:
        names = _languages([tag for tag in tags if len(tag) < _LETTERS])
        return format_suggestion([names[name] for name in find_likely(text, names)])
    return suggest(text, tags)


def _languages(tags: list[str]) -> dict[str, str]:
    """Tags by the names of their languages, in English and in the language itself."""
    from babel import Locale

    english = Locale("en").languages
    own = {Locale(tag).get_language_name() or tag: tag for tag in tags}
    return {english[tag]: tag for tag in tags if tag in english} | own


def _timezone(text: str) -> str:
    if name := machine.find_iana_name(text):
        return name
    if not machine.list_zones():
        raise LiveblogError("this machine has no time zone data", "install the package tzdata")
    raise LiveblogError(
        f"unknown time zone {text[:60]!r}{_zone_meant(text)}",
        "it takes an IANA name, e.g. Europe/Berlin",
    )


def _zone_meant(text: str) -> str:
    """What to ask about a time zone that is none: by hours, by its path, by a name like it."""
    if found := re.fullmatch(
        r"(?:UTC|GMT)? ?([+-])0?(\d{1,2})(?::?00)?", text.strip(), re.IGNORECASE
    ):
        ahead = found[1] == "+"
        name = f"Etc/GMT{'-' if ahead else '+'}{int(found[2])}"
        side = "ahead of" if ahead else "behind"
        return (
            f": did you mean {name!r}, {int(found[2])} h {side} UTC?"
            if machine.find_iana_name(name)
            else ""
        )
    bare = text.rpartition("zoneinfo/")[2].removeprefix(":")
    if machine.find_iana_name(bare):
        return f": did you mean {machine.find_iana_name(bare)!r}?"
    alike = {name.casefold(): name for name in machine.list_zones()}
    if text.casefold() in alike:
        return f": did you mean {alike[text.casefold()]!r}?"
    cities = {name.rpartition("/")[2]: name for name in sorted(machine.list_zones())}
    if "/" not in text and (close := find_likely(text.replace(" ", "_"), cities)):
        return format_suggestion([cities[city] for city in close])
    return suggest(text, machine.list_zones())
