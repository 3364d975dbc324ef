"""From the blog file to files that readers get: read, select, render everything, then write."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from liveblog_cli import clock, formats
from liveblog_cli.edition.edition import Edition
from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Blog
from liveblog_cli.publish import originals, output, pictures, request, sinks, unused
from liveblog_cli.publish.copies import ExistingCopies
from liveblog_cli.publish.output import WrittenFile
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.publish.unused import Search
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.runtime import working_folder
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import Guard


class Publication(Struct, frozen=True, kw_only=True):
    """What was exported: the texts by format, the files as they stand, what the desk should know.

    `written` is in the order of `texts`. `removed` are copies of images that nothing showed any more,
    `unused` those that are still there, `doubt` says why; `failure` is what kept one from going.
    `images` are the originals of those shown. `files` are all files of the export, those of images
    too. `due` is when time alone will change what readers see.
    """

    edition: Edition
    texts: Mapping[str, str]
    written: tuple[WrittenFile, ...] = ()
    media: tuple[WrittenFile, ...] = ()
    remarks: tuple[str, ...] = ()
    removed: tuple[Path, ...] = ()
    unused: tuple[Path, ...] = ()
    doubt: str = ""
    failure: LiveblogError | None = None
    images: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    due: datetime | None = None


class Progress(Protocol):
    """Shows how far the work is: `progress(steps)` is entered, and what it gives is called after each step."""

    def __call__(self, total: int, /) -> AbstractContextManager[Callable[[], None]]:
        """Work of `total` steps begins."""
        ...


def unseen(total: int, /) -> AbstractContextManager[Callable[[], None]]:
    """Progress that nobody looks at."""
    return nullcontext(lambda: None)


def publish(
    blog_file: BlogFile,
    order: ExportRequest,
    *,
    write: bool = True,
    doubted: frozenset[Path] = frozenset(),
    progress: Progress = unseen,
) -> Publication:
    """Export a blog as ordered. Nothing is written before everything is rendered.

    `doubted` are files of an earlier export that are not as it left them. `progress` is told of the work.

    Raises:
        NotFound: no such blog file, or the working folder is gone and a path begins there.
        InvalidFile: something in it can't be read (and `skip_broken` is not set).
        LiveblogError: an image or a template can't be read, or a file can't be written.
    """
    try:
        return _published(blog_file, order, write, doubted, progress)
    except OSError as error:  # a disk that is full, an image that went away meanwhile
        if not error.filename and working_folder.is_gone():
            raise working_folder.gone() from error
        raise LiveblogError(
            f"{error.filename or 'files'}: {error.strerror or error}", output.NOTHING
        ) from error


def _published(
    blog_file: BlogFile,
    order: ExportRequest,
    write: bool,
    doubted: frozenset[Path],
    progress: Progress,
) -> Publication:
    theme = request.templates(order.theme) if order.theme else {}
    blog, remarks = _read(blog_file, order.skip_broken)
    guard = originals.guarded(blog_file, blog, order.theme, broken=bool(remarks))
    for path in _targets(order) if write or order.sink else ():
        guard.refuse(path, output.NOTHING)
    whole = blog
    then, now = _at_the_moment(whole, order)
    blog = _picked(then, now, order)
    steps = sum(len(e.media) for e in blog.entries if e.is_public(now)) + len(order.names)
    with (
        tempfile.TemporaryDirectory(prefix="liveblog-") as spool,
        progress(steps) as advance,
    ):
        copies = ExistingCopies(order.folder, doubted)
        album = pictures.PictureCopies(
            blog_file.path.parent, blog.url, copies, Path(spool), advance
        )
        shown = _named(_edition(blog, now, album, order.limit), order)
        done = Publication(
            edition=shown,
            texts=_texts(shown, order, theme, advance),
            remarks=(*remarks, *_remarks(shown, order), *_missing(then, shown, order)),
            images=tuple(album.originals),
            files=tuple(_files(order, album)),
            due=_due(blog, now),
        )
        if not write:
            return done
        done = _written(done, order, album, guard)
        if order.sink:
            return done
        also = () if order.whole else _shown_now(blog_file.path.parent, whole)
        search = Search(order.folder, album.stems, guard, blog_file.path, also)
        return _without_unused(done, order, search)


def _texts(
    shown: Edition, order: ExportRequest, theme: Mapping[str, str], advance: Callable[[], None]
) -> dict[str, str]:
    settings = Settings(beside=order.names, limit=order.limit, theme=theme, fragment=order.fragment)
    texts = {}
    for name in order.names:
        texts[name] = formats.find_format(name).render(shown, settings)
        advance()
    return texts


def _read(blog_file: BlogFile, skip_broken: bool) -> tuple[Blog, list[str]]:
    blog, problems = blog_file.load()
    if not problems:
        return blog, []
    error = blog_file.invalid(problems)
    if skip_broken:
        return blog, [f"left out: {line}" for line in error.problems]
    error.hint = "nothing was exported: mend these lines, or leave them out with --skip-broken"
    raise error


def _at_the_moment(blog: Blog, order: ExportRequest) -> tuple[Blog, datetime]:
    """The blog as it stood at the moment that was asked for."""
    now = _moment(order.now, order.as_of, blog)
    if order.url:
        blog = replace(blog, url=order.url)
    if order.as_of:
        from liveblog_cli.model import history

        blog = history.rewind_blog(blog, now)
    return blog, now


def _picked(blog: Blog, now: datetime, order: ExportRequest) -> Blog:
    """The blog with the entries that were asked for."""
    if not order.picks:
        return blog
    from liveblog_cli.model import filters

    return filters.keep_matching(blog, filters.parse_filter(blog, now, **order.picked))


def _moment(typed: str | None, as_of: str | None, blog: Blog) -> datetime:
    now = clock.now()
    if typed is None and as_of is None:
        return now
    from liveblog_cli.text.times import parse_since, parse_time

    if as_of is None:
        return parse_time(typed or "", blog.time_context(now))
    return parse_since(as_of, blog.time_context(now))


def _edition(
    blog: Blog, now: datetime, album: pictures.PictureCopies, limit: int | None
) -> Edition:
    shown = make_edition(blog, now, album)
    if not album.problems:
        return replace(shown, items=shown.excerpt(shown.items[:limit])) if limit else shown
    lines = dict.fromkeys(p.message for p in album.problems)
    hint = next((p.hint for p in album.problems if p.hint), "")
    raise LiveblogError("\n".join(lines), f"nothing was exported{'; ' if hint else ''}{hint}")


def _named(shown: Edition, order: ExportRequest) -> Edition:
    """A part of a blog under its own name. Where it shall stand only `--url` or `-o FILE` can tell."""
    if not order.picks:
        return shown
    from liveblog_cli.edition.selection import name_selection

    renamed = all(file != formats.find_format(n).FILENAME for n, file in order.names.items())
    return name_selection(shown, order.picked, is_placed=bool(order.url) or renamed)


def _due(blog: Blog, now: datetime) -> datetime | None:
    moments = [e.time for e in blog.entries if e.is_scheduled(now)]
    ended = [blog.ended] if blog.ended and blog.ended > now else []
    return min([*moments, *ended], default=None)


def _missing(blog: Blog, shown: Edition, order: ExportRequest) -> list[str]:
    """Why a filter leaves nothing: what there is of each kind that was asked for."""
    if not order.picks or shown.items:
        return []
    from liveblog_cli.model import filters
    from liveblog_cli.model.inventory import explain_none

    wanted = filters.parse_filter(blog, shown.now, **order.picked)
    public = [e for e in blog.entries if e.is_public(shown.now)]
    return [explain_none(public, wanted, shown.zone)]


def _remarks(shown: Edition, order: ExportRequest) -> list[str]:
    """What readers will miss. Into a sink the text goes without its images."""
    remarks = []
    if not shown.url:
        remarks.append(
            f"the blog has no address, so links begin with {shown.base}; "
            "set it with: liveblog set --url URL"
        )
    silent = [i.id for i in shown.items if any(p.is_image and not p.alt for p in i.media)]
    if silent:
        remarks.append(
            f"images without alt text: {', '.join(silent)}; "
            "add it with: liveblog edit ENTRY --alt TEXT"
        )
    if order.sink and any(p.is_image and "://" not in p.src for i in shown.items for p in i.media):
        remarks.append("images are not copied: export to a folder for their files")
    return remarks


def _targets(order: ExportRequest) -> list[Path]:
    """What an export writes to, but for images.

    Raises:
        LiveblogError: the sink can't be written to.
    """
    if order.sink is None:
        return [order.folder / name for name in order.names.values()]
    sinks.refuse(order.sink, output.NOTHING)
    return [order.sink]


def _files(order: ExportRequest, album: pictures.PictureCopies) -> Iterator[Path]:
    for name in (*order.names.values(), *album.names):
        if not sinks.is_sink(order.folder / name):
            yield order.folder / name


def _shown_now(source: Path, blog: Blog) -> Iterator[Path]:
    """The images that readers of the whole blog see at this moment."""
    now = clock.now()
    for entry in blog.entries:
        if entry.is_public(now):
            yield from (source / m.file for m in entry.media if m.file)


def _without_unused(done: Publication, order: ExportRequest, search: Search) -> Publication:
    """The export without copies that nothing shows. The pages are new by now: none names what goes."""
    try:
        left = unused.find(search)
    except LiveblogError as error:
        return replace(done, doubt=error.message)
    going = {"keep": (), "delete": left.ours, "prune": left.ours + left.others}[order.unused]
    removed, failure = unused.delete(going)
    stays = tuple(p for p in left.ours + left.others if p not in removed)
    return replace(done, removed=removed, unused=stays, doubt=left.why, failure=failure)


def _written(
    done: Publication, order: ExportRequest, album: pictures.PictureCopies, guard: Guard
) -> Publication:
    if order.sink:
        (text,) = done.texts.values()
        sinks.send(order.sink, text.encode())
        return replace(done, written=(WrittenFile(order.sink, True, len(text.encode())),))
    pages = {order.names[name]: text.encode() for name, text in done.texts.items()}
    files = output.write(order.folder, {**album.files, **pages}, guard)
    count = len(album.files)
    return replace(done, written=tuple(files[count:]), media=tuple(files[:count]))
