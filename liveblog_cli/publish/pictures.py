"""The images of an export: their copies beside the page, and the pictures that a page shows.

Only the images of an edition are read and copied, never those of drafts, scheduled or retracted entries.
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
"""Increase the number if `images.versions` gives other bytes than before, so that the files get other names."""


class PictureCopies:
    """Makes the pictures of one export, as a `from_blog.PictureMaker`, and the copies of their images.

    `source` is the blog file's folder, `url` the blog's address. `existing` are the copies of an earlier export, which
    are not made again. New copies are written to `spool` first; `files` has their paths there, by name. `names` and
    `stems` are those of all copies that are shown. `originals` are the images that were read (a dict keeps their
    order), `problems` the errors of those that could not be read.
    """

    def __init__(
        self,
        source: Path,
        url: str,
        existing: ExistingCopies,
        spool: Path,
        advance: Callable[[], None] = lambda: None,
    ) -> None:
        self.source = source
        self.url = url
        self.existing = existing
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
        plain = make_plain_picture(media)
        if not media.file:
            ending = PurePosixPath(media.url.partition("?")[0]).suffix.lstrip(".").lower()
            kind = images.MEDIA_TYPES.get({"jpeg": "jpg"}.get(ending, ending), "")
            return replace(plain, media_type=kind) if plain.is_image else plain
        try:
            copy = self._known.get(media.file) or self._copy(media.file)
        except LiveblogError as error:
            self.problems.append(error)
            return plain
        self._known[media.file] = copy
        return replace(copy, alt=plain.alt, caption=plain.caption, credit=plain.credit)

    def _copy(self, name: str) -> Picture:
        path = self.source / name
        self.originals[path] = None
        facts = images.facts(path)
        stem = read_stem(path)
        names = {w: f"{FOLDER}/{stem}-{w}.{facts.ending}" for w in facts.widths()}
        self.names.update(names.values())
        self.stems.add(stem)
        if not all(self.existing.holds(n) for n in names.values()):
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
            length=self._find_file(largest).stat().st_size,
            sizes=tuple((names[w], w) for w in smaller if self._is_lighter(names, w)),
        )

    def _is_lighter(self, names: dict[int, str], width: int) -> bool:
        """Whether a copy has fewer bytes than all wider ones. A small copy of a drawing with few colours often has more."""
        weight = self._find_file(names[width]).stat().st_size
        return all(weight < self._find_file(names[w]).stat().st_size for w in names if w > width)

    def _keep(self, name: str, data: bytes) -> None:
        path = self.spool / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files[name] = path

    def _find_file(self, name: str) -> Path:
        return self.files.get(name, self.existing.folder / name)


def read_stem(image: Path) -> str:
    """The beginning of the names of an image file's copies.

    Raises:
        OSError: the file can't be read.
    """
    return copies.make_stem(_RECIPE + image.read_bytes())
