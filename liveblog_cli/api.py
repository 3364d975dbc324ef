"""A blog file from Python: the same reading, adding, changing and exporting as the commands'.

Every change takes the file's lock, so that threads, processes and people at the command line never
overwrite each other. What goes wrong is a `LiveblogError` whose message names what and where.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from liveblog_cli.errors import LiveblogError, WrongUsage
from liveblog_cli.ingest import payload
from liveblog_cli.model import cleaning
from liveblog_cli.model.field_kinds import Context
from liveblog_cli.model.values import Blog, Entry
from liveblog_cli.storage import lock
from liveblog_cli.storage.blogfile import BlogFile, zone
from liveblog_cli.text.zones import require_reachable

if TYPE_CHECKING:
    from liveblog_cli.model.fields import EditFields, NewFields


class HeadFields(TypedDict, total=False):
    """The fields of the blog itself; an empty text takes a field away."""

    title: str
    summary: str
    kicker: str
    language: str
    timezone: str
    url: str
    authors: Sequence[str]
    publisher: str


def open_blog(
    path: str | PathLike[str], *, by: str = "", lock_timeout: float = lock.DEFAULT_TIMEOUT
) -> OpenBlog:
    """A blog file to work with. It is read when it is asked, not before.

    `by` is who makes the changes (else `LIVEBLOG_AUTHOR`, the configuration, the login name);
    `lock_timeout` is how many seconds to wait for other writers.

    >>> blog = open_blog("liveblog.toml", by="Ada")
    >>> blog.read().title
    'Harbour fire'
    """
    from liveblog_cli.workspace.blog_path import open_blog_file

    return OpenBlog(open_blog_file(str(path), by, lock_timeout))


class OpenBlog:
    """One blog file. `name` is everywhere an entry's id, a unique prefix, `last` or `ref:KEY`.

    Each method is one transaction. All of them raise `NotFound` where there is no such file or entry,
    `InvalidFile` where the file can't be read, and those that change raise `LockBusy` where another
    writer kept the lock; all are `LiveblogError`.
    """

    def __init__(self, file: BlogFile) -> None:
        self._file = file

    @property
    def path(self) -> Path:
        """The file itself."""
        return self._file.path

    def read(self) -> Blog:
        """The whole blog as a frozen value, entries in the order of the file.

        >>> open_blog("liveblog.toml").read().language
        'en'
        """
        return self._file.read()

    def entry(self, name: str) -> Entry:
        """One entry as a frozen value."""
        return self._file.entry(name)

    def add(self, headline: str = "", body: str = "", **fields: Unpack[NewFields]) -> Entry:
        """Add an entry, timed now if no time is given, and answer it as it stands in the file.

        With a `ref` that an entry has, that entry is answered: edited where what is given differs.

        Raises:
            LiveblogError: a field can't be what it should be; nothing was written.

        >>> blog = open_blog("liveblog.toml", by="Ada")
        >>> entry = blog.add("Smoke over pier 4", "Nobody is hurt.", tags=["fire"], ref="dpa:1")
        >>> entry.headline, entry.tags
        ('Smoke over pier 4', ('fire',))
        >>> blog.add("Smoke over pier 4", ref="dpa:1").id == entry.id
        True
        """
        texts = {"headline": headline, "body": body}
        given = payload.from_values({**{k: v for k, v in texts.items() if v}, **fields})
        return self._file.put_one(payload.upsert(given, self._context_for(fields))).entry

    def edit(
        self,
        name: str,
        *,
        correction: str = "",
        clarification: str = "",
        update: str = "",
        minor: bool = False,
        **fields: Unpack[EditFields],
    ) -> Entry:
        """Change fields of an entry; what they held stays in its history.

        One of `correction`, `clarification` and `update` tells readers why. A `minor` change leaves
        the time of the last update.

        Raises:
            LiveblogError: a field can't be what it should be; nothing was written.

        >>> blog = open_blog("liveblog.toml", by="Ada")
        >>> entry = blog.add("Two ships burn")
        >>> entry = blog.edit(entry.id, headline="Three ships burn", correction="It is three.")
        >>> entry.history[0].was, entry.history[0].note
        ({'headline': 'Two ships burn'}, 'It is three.')
        """
        told = {"correction": correction, "clarification": clarification, "update": update}
        if "ref" in fields:
            raise WrongUsage("the ref of an entry stays as it is")
        given = payload.from_values(fields)
        edit = payload.edit(given, self._context_for(fields))
        stamp = self._file.stamp("edit", minor=minor, **_parse_reader_note(told))
        return self._file.change(name, edit, stamp)

    def pin(self, name: str) -> Entry:
        """Pin an entry to the top of the page.

        >>> open_blog("liveblog.toml").pin("last").pinned
        True
        """
        return self._file.change(name, Entry.pin, self._file.stamp("pin"))

    def unpin(self, name: str) -> Entry:
        """Put an entry back in its place in time."""
        return self._file.change(name, Entry.unpin, self._file.stamp("unpin"))

    def retract(self, name: str) -> Entry:
        """Take an entry from readers; the file keeps it."""
        return self._file.change(name, Entry.retract, self._file.stamp("retract"))

    def restore(self, name: str) -> Entry:
        """Bring a retracted entry back.

        >>> blog = open_blog("liveblog.toml")
        >>> blog.retract("last").status, blog.restore("last").status
        ('retracted', None)
        """
        return self._file.change(name, Entry.restore, self._file.stamp("restore"))

    def publish(self, name: str, at: datetime | None = None) -> Entry:
        """Publish a draft, timed now, or `at` an aware datetime.

        Raises:
            LiveblogError: the entry is retracted, or `at` is a time that no file can hold.
        """
        if at is not None and at.tzinfo is None:
            raise LiveblogError(f"{at} has no offset", "give an aware datetime")
        stamp = self._file.stamp("publish")
        moment = require_reachable(at or stamp.at, str(at)).astimezone(zone(self._file.head()))

        def published(draft: Entry) -> Entry:
            if draft.status == "retracted":
                raise LiveblogError(f"entry {draft.id} is retracted", "restore it first")
            return draft.publish(moment.replace(microsecond=0))

        return self._file.change(name, published, stamp)

    def set(self, **fields: Unpack[HeadFields]) -> Blog:
        """Change fields of the blog itself, and answer it without its entries.

        Raises:
            LiveblogError: a field can't be what it should be; nothing was written.

        >>> open_blog("liveblog.toml").set(kicker="Live").kicker
        'Live'
        """
        from liveblog_cli.ingest import head

        given: dict[str, Any] = dict(fields)
        if unknown := given.keys() - HeadFields.__annotations__.keys():
            from liveblog_cli.text.suggest import suggest

            close = "".join(suggest(n, HeadFields.__annotations__) for n in sorted(unknown)[:1])
            raise WrongUsage(f"a blog has no field {', '.join(sorted(unknown))} to set{close}")
        return self._file.set(lambda old: head.with_fields(old, given), self._file.stamp("set"))

    def export(
        self,
        *formats: str,
        folder: str | PathLike[str] | None = None,
        now: datetime | None = None,
        keep_pictures: bool = False,
    ) -> dict[str, str]:
        """The texts of the exports by format: `html md json rss atom` where none is named.

        With a `folder` they are written there too, with their images; a file whose content stays
        the same is not touched. Of one format it may be a file or a pipe, as for `export -o`. Copies of
        images that nothing shows any more are deleted, unless `keep_pictures`. `now` (aware) is the
        moment at which readers look.

        Raises:
            LiveblogError: no such format, something can't be read or written, or what is named is a
                blog or what the export is made from; or all was written, but a copy can't be deleted.

        >>> feed = open_blog("liveblog.toml").export("json")["json"]
        >>> '"title": "Harbour fire"' in feed
        True
        """
        from liveblog_cli.publish import publication, request

        output = None if folder is None else str(folder)
        place = request.choose_destination(formats, output, False, self.path.parent)
        order = request.ExportRequest(
            names=place.names,
            folder=place.folder,
            sink=place.sink,
            now=now.isoformat() if now else None,
            unused="keep" if keep_pictures else "delete",
        )
        done = publication.publish(self._file, order, write=folder is not None)
        if done.failure:
            raise done.failure
        return dict(done.texts)

    def wait(self) -> None:
        """Return when the hooks of all changes so far have ended.

        Hooks run one after the other in a thread beside: no method waits for one. When the program
        ends, it waits for them too.

        >>> open_blog("liveblog.toml").wait()
        """
        self._file.wait()

    def _context_for(self, fields: object) -> Context:
        """What cleaning has to know; all of the head where notes are named, for they may stand behind entries."""
        notes = isinstance(fields, dict) and "notes" in fields
        head = self._file.whole_head() if notes else self._file.head()
        return payload.context_of(head, self._file.now(), self.path.parent)


def _parse_reader_note(told: dict[str, str]) -> dict[str, str]:
    """What readers are told of a change, as fields of it."""
    given = [(kind, cleaning.one_line(text, kind)) for kind, text in told.items() if text]
    if len(given) > 1:
        raise WrongUsage(f"one of {', '.join([kind for kind, _ in given])} at a time")
    return {"kind": given[0][0], "note": given[0][1]} if given else {}
