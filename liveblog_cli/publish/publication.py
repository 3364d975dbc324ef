"""Export a blog: read it, choose its entries, render all formats, and only then write the files."""

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
from liveblog_cli.publish import originals, output, pictures, sinks, theme_folder, unused
from liveblog_cli.publish.copies import ExistingCopies
from liveblog_cli.publish.output import WrittenFile
from liveblog_cli.publish.reading import choose_entries, go_to_moment, read_blog
from liveblog_cli.publish.remarks import list_remarks
from liveblog_cli.publish.request import ExportRequest
from liveblog_cli.publish.unused import Search
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.runtime import working_folder
from liveblog_cli.storage.blogfile import BlogFile
from liveblog_cli.storage.guard import Guard


class Publication(Struct, frozen=True, kw_only=True):
    """The result of an export.

    `texts` are the rendered formats by name; `written` are their files in the same order, and `media` the copies of
    images that were written. `remarks` are messages for the desk. `removed` are unused copies that were deleted,
    `unused` those that were not; `doubt` says why, and `failure` is the error if one could not be deleted.
    `images` are the originals of the images that readers see. `files` are all files of the export, with the copies of
    images. `due` is the next moment at which readers see something else without any change of the blog.
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
    """Shows how far the work is. `progress(steps)` is a context; call the function that it gives after each step."""

    def __call__(self, total: int, /) -> AbstractContextManager[Callable[[], None]]:
        """Begin to show work of `total` steps."""
        ...


def show_no_progress(total: int, /) -> AbstractContextManager[Callable[[], None]]:
    """A `Progress` that shows nothing."""
    return nullcontext(lambda: None)


def publish(
    blog_file: BlogFile,
    request: ExportRequest,
    *,
    write: bool = True,
    doubted: frozenset[Path] = frozenset(),
    progress: Progress = show_no_progress,
) -> Publication:
    """Export a blog. Nothing is written before everything is rendered; without `write`, nothing is written at all.

    `doubted` are files of an earlier export that another program changed. `progress` shows how far the work is.

    Raises:
        NotFound: there is no such blog file, or the working folder was deleted and a path begins there.
        InvalidFile: a part of the blog file can't be read, and `skip_broken` is not set.
        LiveblogError: an image or a template can't be read, or a file can't be written.
    """
    try:
        return _publish(blog_file, request, write, doubted, progress)
    except OSError as error:  # a full disk, or an image that was deleted meanwhile
        if not error.filename and working_folder.is_gone():
            raise working_folder.explain_gone() from error
        raise LiveblogError(
            f"{error.filename or 'files'}: {error.strerror or error}", output.NOTHING
        ) from error


def _publish(
    blog_file: BlogFile,
    request: ExportRequest,
    write: bool,
    doubted: frozenset[Path],
    progress: Progress,
) -> Publication:
    theme = theme_folder.read_theme(request.theme) if request.theme else {}
    blog, remarks = read_blog(blog_file, request.skip_broken)
    guard = originals.make_guard(blog_file, blog, request.theme, broken=bool(remarks))
    for path in _list_targets(request) if write or request.sink else ():
        guard.refuse(path, output.NOTHING)
    whole = blog
    then, now = go_to_moment(whole, request)
    blog = choose_entries(then, now, request)
    steps = sum(len(e.media) for e in blog.entries if e.is_public(now)) + len(request.names)
    with tempfile.TemporaryDirectory(prefix="liveblog-") as spool, progress(steps) as advance:
        copies = ExistingCopies(request.folder, doubted)
        shown_pictures = pictures.PictureCopies(
            blog_file.path.parent, blog.url, copies, Path(spool), advance
        )
        edition = _name_part(_make_edition(blog, now, shown_pictures, request.limit), request)
        result = Publication(
            edition=edition,
            texts=_render_all(edition, request, theme, advance),
            remarks=(*remarks, *list_remarks(edition, request, then)),
            images=tuple(shown_pictures.originals),
            files=tuple(_list_files(request, shown_pictures)),
            due=_find_due(blog, now),
        )
        if not write:
            return result
        result = _write(result, request, shown_pictures, guard)
        if request.sink:
            return result
        also = () if request.is_whole else _list_shown_images(blog_file.path.parent, whole)
        search = Search(request.folder, shown_pictures.stems, guard, blog_file.path, also)
        return _remove_unused(result, request, search)


def _render_all(
    edition: Edition, request: ExportRequest, theme: Mapping[str, str], advance: Callable[[], None]
) -> dict[str, str]:
    settings = Settings(
        beside=request.names, limit=request.limit, theme=theme, fragment=request.fragment
    )
    texts = {}
    for name in request.names:
        texts[name] = formats.find_format(name).render(edition, settings)
        advance()
    return texts


def _make_edition(
    blog: Blog, now: datetime, shown_pictures: pictures.PictureCopies, limit: int | None
) -> Edition:
    edition = make_edition(blog, now, shown_pictures)
    if not shown_pictures.problems:
        return replace(edition, items=edition.excerpt(edition.items[:limit])) if limit else edition
    lines = dict.fromkeys(p.message for p in shown_pictures.problems)
    hint = next((p.hint for p in shown_pictures.problems if p.hint), "")
    raise LiveblogError("\n".join(lines), f"nothing was exported{'; ' if hint else ''}{hint}")


def _name_part(edition: Edition, request: ExportRequest) -> Edition:
    """The edition; of a filtered blog with a title of its own. It has an address only with `--url` or `-o FILE`."""
    if not request.is_filtered:
        return edition
    from liveblog_cli.edition.selection import name_selection

    renamed = all(file != formats.find_format(n).FILENAME for n, file in request.names.items())
    return name_selection(edition, request.filter_options, is_placed=bool(request.url) or renamed)


def _find_due(blog: Blog, now: datetime) -> datetime | None:
    moments = [e.time for e in blog.entries if e.is_scheduled(now)]
    ended = [blog.ended] if blog.ended and blog.ended > now else []
    return min([*moments, *ended], default=None)


def _list_targets(request: ExportRequest) -> list[Path]:
    """The paths to which an export writes, without those of images.

    Raises:
        LiveblogError: the sink can't be written to.
    """
    if request.sink is None:
        return [request.folder / name for name in request.names.values()]
    sinks.require_writable(request.sink, output.NOTHING)
    return [request.sink]


def _list_files(request: ExportRequest, shown_pictures: pictures.PictureCopies) -> Iterator[Path]:
    for name in (*request.names.values(), *shown_pictures.names):
        if not sinks.is_sink(request.folder / name):
            yield request.folder / name


def _list_shown_images(source: Path, blog: Blog) -> Iterator[Path]:
    """The images that readers of the whole blog see now."""
    now = clock.now()
    for entry in blog.entries:
        if entry.is_public(now):
            yield from (source / m.file for m in entry.media if m.file)


def _remove_unused(result: Publication, request: ExportRequest, search: Search) -> Publication:
    """The result after unused copies were deleted. The new pages are written by now, so none of them names these."""
    try:
        left = unused.find_unused(search)
    except LiveblogError as error:
        return replace(result, doubt=error.message)
    going = {"keep": (), "delete": left.ours, "prune": left.ours + left.others}[request.unused]
    removed, failure = unused.delete_copies(going)
    stays = tuple(p for p in left.ours + left.others if p not in removed)
    return replace(result, removed=removed, unused=stays, doubt=left.why, failure=failure)


def _write(
    result: Publication,
    request: ExportRequest,
    shown_pictures: pictures.PictureCopies,
    guard: Guard,
) -> Publication:
    if request.sink:
        (text,) = result.texts.values()
        sinks.send(request.sink, text.encode())
        return replace(result, written=(WrittenFile(request.sink, True, len(text.encode())),))
    pages = {request.names[name]: text.encode() for name, text in result.texts.items()}
    files = output.write(request.folder, {**shown_pictures.files, **pages}, guard)
    count = len(shown_pictures.files)
    return replace(result, written=tuple(files[count:]), media=tuple(files[:count]))
