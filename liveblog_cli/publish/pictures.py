"""The images of an export: which files they become beside the page, and how a page shows them.

Only what an edition asks for is touched, so the images of drafts, scheduled and retracted entries
are never read, let alone copied.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from liveblog_cli import images
from liveblog_cli.edition.edition import Picture
from liveblog_cli.edition.from_blog import make_plain_picture
from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.values import Media
from liveblog_cli.publish import copies
from liveblog_cli.publish.copies import FOLDER, ExistingCopies
from liveblog_cli.rendering.settings import join_address

_RECIPE = b"1\0"
"""Raise it when `images.versions` gives other bytes, so that the files get other names."""


class PictureCopies:
    """The pictures of one export, as `from_blog.PictureMaker`.

    `source` is the blog file's folder, `url` the blog's address, `done` the copies of an
    earlier export (they are not made again) and `spool` one where new versions are kept until they
    are written. `files` are those versions, `names` and `stems` those of all copies that are shown,
    `originals` what was read (a dict for its order), `problems` what could not be.
    """

    def __init__(
        self,
        source: Path,
        url: str,
        done: ExistingCopies,
        spool: Path,
        advance: Callable[[], None] = lambda: None,
    ) -> None:
        self.source = source
        self.url = url
        self.done = done
        self.spool = spool
        self.advance = advance
        self.files: dict[str, Path] = {}
        self.originals: dict[Path, None] = {}
        self.names: set[str] = set()
        self.stems: set[str] = set()
        self.problems: list[LiveblogError] = []
        self._known: dict[str, Picture] = {}

    def __call__(self, media: Media) -> Picture:
        picture = self._picture(media)
        self.advance()
        return picture

    def _picture(self, media: Media) -> Picture:
        shown = make_plain_picture(media)
        if not media.file:
            ending = PurePosixPath(media.url.partition("?")[0]).suffix.lstrip(".").lower()
            kind = images.MEDIA_TYPES.get({"jpeg": "jpg"}.get(ending, ending), "")
            return replace(shown, media_type=kind) if shown.is_image else shown
        try:
            copied = self._known.get(media.file) or self._copied(media.file)
        except LiveblogError as error:
            self.problems.append(error)
            return shown
        self._known[media.file] = copied
        return replace(copied, alt=shown.alt, caption=shown.caption, credit=shown.credit)

    def _copied(self, name: str) -> Picture:
        path = self.source / name
        self.originals[path] = None
        facts = images.facts(path)
        stem = stem_of(path)
        names = {w: f"{FOLDER}/{stem}-{w}.{facts.ending}" for w in facts.widths()}
        self.names.update(names.values())
        self.stems.add(stem)
        if not all(self.done.holds(n) for n in names.values()):
            for width, data in images.versions(path, facts.widths()):
                self._keep(names[width], data)
        *smaller, width = facts.widths()
        largest = names[width]
        return Picture(
            src=largest,
            url=join_address(self.url, largest),
            width=width,
            height=facts.height_at(width),
            media_type=images.MEDIA_TYPES[facts.ending],
            length=self._stored(largest).stat().st_size,
            sizes=tuple((names[w], w) for w in smaller if self._is_lighter(names, w)),
        )

    def _is_lighter(self, names: dict[int, str], width: int) -> bool:
        """Than all wider versions: a drawing of few colours, made smaller, often is not."""
        weight = self._stored(names[width]).stat().st_size
        return all(weight < self._stored(names[w]).stat().st_size for w in names if w > width)

    def _keep(self, name: str, data: bytes) -> None:
        path = self.spool / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files[name] = path

    def _stored(self, name: str) -> Path:
        return self.files.get(name, self.done.folder / name)


def stem_of(image: Path) -> str:
    """What the names of the copies of an image file begin with.

    Raises:
        OSError: it can't be read.
    """
    return copies.stem(_RECIPE + image.read_bytes())
