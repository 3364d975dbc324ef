"""Image files: is it one, how large, and versions of it for the web. Pillow is imported only here.

A version has the colours of sRGB and no metadata: no place, no camera, no editing history, no text.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from liveblog_cli.errors import LiveblogError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 100_000_000
"""An image of more pixels is refused: it would take gigabytes to look at."""

MOST_MOVING = 500_000_000
"""An animation of more pixels in all its frames is refused: writing it anew would take minutes."""

WIDTHS = (480, 960, 1600)
"""Pixels: a phone, a phone of fine dots, a desktop. No version is wider than its original."""

MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}

_ENDINGS = {
    "JPEG": "jpg",
    "MPO": "jpg",  # what many phones call a JPEG: the first picture of several
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
}
_READ = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""The decoders that a file may reach. (Pillow has others; that of EPS runs Ghostscript.)"""

_DAMAGE = (
    *(OSError, SyntaxError, ValueError, RuntimeError, TypeError),
    *(LookupError, ArithmeticError, EOFError, struct.error),
)
"""What Pillow's decoders raise over damaged files (found by fuzzing; only some are documented)."""

_SAVING: dict[str, dict[str, Any]] = {  # `is_version` knows no version by settings of old
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "png": {"format": "PNG"},
    "gif": {"format": "GIF", "comment": b""},
    "webp": {"format": "WEBP", "quality": 80, "exif": b"", "xmp": b"", "icc_profile": None},
    "avif": {"format": "AVIF", "quality": 65, "max_threads": 1, "exif": b"", "xmp": b""},
}
_MEANING = ("transparency", "background", "duration", "loop", "disposal", "blend")
"""What Pillow keeps beside the pixels and readers see."""

_OF_FRAMES = ("timestamp", "extension", "default_image", "bbox")
"""What Pillow says of the frames of an animation: nothing that somebody wrote."""


class Facts(Struct, frozen=True):
    """Width and height in pixels as readers see it (after the camera's rotation), its `ending` on
    the web, and whether it moves."""

    width: int
    height: int
    ending: str
    moves: bool

    def widths(self) -> tuple[int, ...]:
        """Of the versions to make, smallest first. What moves has one size."""
        if self.moves:
            return (self.width,)
        largest = min(self.width, WIDTHS[-1])
        return (*[w for w in WIDTHS if w * 1.1 < largest], largest)

    def height_at(self, width: int) -> int:
        """The height of the version of that width."""
        return max(1, round(self.height * width / self.width))


def facts(path: Path) -> Facts:
    """What the first bytes of an image file say.

    Raises:
        LiveblogError: no such file, empty, too large or not an image for the web.
    """
    with _open_image(path) as image:
        return _facts(image)


def measure(path: Path) -> tuple[int, int]:
    """Width and height in pixels, as readers see it; the whole file is read.

    Raises:
        LiveblogError: as `facts`, or cut short.
    """
    with _open_image(path) as image:
        found = _facts(image)
        image.load()
    return found.width, found.height


def versions(path: Path, widths: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """The image at those widths, largest first; the same bytes whenever it is called.

    Raises:
        LiveblogError: as `measure`.
    """
    with _open_image(path) as image:
        found = _facts(image)
        saving = _SAVING[found.ending]
        if found.moves:
            yield found.width, _moving(image, saving)
            return
        picture = None
        for width in sorted(widths, reverse=True):
            size = (width, found.height_at(width))
            picture = picture or _upright(image, found, size)
            picture = picture if picture.size == size else _resize(picture, size)
            yield width, _save(picture, saving)


def is_version(path: Path, width: int, ending: str) -> bool:
    """Whether a file is what `versions` makes, of that width: whole, our settings, nothing but pixels.

    Somebody who retouches a version, or saves a picture of their own in its place, leaves other
    settings, another width or a remark of their program.
    """
    try:
        with _open_image(path) as image:
            image.load()
            if (_ENDINGS[str(image.format)], image.width) != (ending, width):
                return False
            return _is_saved_like_ours(image, _SAVING[ending])
    except LiveblogError:
        return False


def _is_saved_like_ours(image: Picture, saving: dict[str, Any]) -> bool:
    """Compared with a tiny image of the same kind that is saved here and now."""
    from PIL import Image

    with Image.open(io.BytesIO(_save(Image.new(image.mode, (8, 8)), saving))) as ours:
        ours.load()
        beside = set(image.info).difference(ours.info, _MEANING, _OF_FRAMES)
        tables = [getattr(i, "quantization", None) for i in (image, ours)]
        return not beside and tables[0] == tables[1]


@contextmanager
def _open_image(path: Path) -> Iterator[Picture]:
    from PIL import Image, UnidentifiedImageError

    if not path.is_file():
        what = "is not a file" if path.exists() else "no such file"
        raise LiveblogError(f"image {path}: {what}")
    if path.stat().st_size == 0:
        raise LiveblogError(f"image {path} is empty")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=_READ) as image:
            _refuse_huge(image, path)
            yield image
    except UnidentifiedImageError:
        raise _no_image(path) from None
    except PermissionError as error:
        raise LiveblogError(f"image {path}: {error.strerror}") from None
    except Image.DecompressionBombError:
        raise _huge(path, "far too many") from None
    except _DAMAGE as error:
        raise LiveblogError(f"image {path} is damaged: {error}") from None


def _refuse_huge(image: Picture, path: Path) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _huge(path, f"{width} x {height}")
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    if frames > 1 and frames * width * height > MOST_MOVING:
        raise _huge(path, f"{frames} frames of {width} x {height}", MOST_MOVING)


def _huge(path: Path, size: str, most: int = MOST_PIXELS) -> LiveblogError:
    return LiveblogError(f"image {path} is too large: {size} pixels", f"at most {most:,} in all")


def _no_image(path: Path) -> LiveblogError:
    with path.open("rb") as file:
        start = file.read(1024).lower()
    if b"<svg" in start:
        return LiveblogError(
            f"{path} is an SVG, which may carry scripts", "save it as PNG or WebP and use that"
        )
    return LiveblogError(f"{path} is not an image that can be read", "JPEG, PNG, GIF, WebP or AVIF")


def _facts(image: Picture) -> Facts:
    width, height = image.size
    moves = image.format != "MPO" and bool(getattr(image, "is_animated", False))
    if not moves and image.getexif().get(0x0112, 1) >= 5:  # Orientation: lies on its side
        width, height = height, width
    return Facts(width, height, _ENDINGS[str(image.format)], moves)


def _upright(image: Picture, found: Facts, size: tuple[int, int]) -> Picture:
    """All its pixels (of a JPEG, no more than are needed), upright, in sRGB, without metadata."""
    from PIL import ImageOps

    lies = image.size != (found.width, found.height)
    image.draft(None, tuple(2 * n for n in (size[::-1] if lies else size)))  # type: ignore[arg-type]  # None: keep the mode
    image.load()
    upright = ImageOps.exif_transpose(image)
    plain = _in_srgb(upright, upright.info.get("icc_profile"))
    plain.info = {k: v for k, v in plain.info.items() if k in _MEANING}
    return plain


def _in_srgb(image: Picture, profile: bytes | None) -> Picture:
    from PIL import ImageCms

    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(own) or image.mode == "CMYK":
                return _convert(image, own)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile says nothing about the colours
    if image.mode == "I;16":
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else image.convert("RGB")


def _convert(image: Picture, profile: Any) -> Picture:
    from PIL import ImageCms

    alpha = None
    if image.mode in ("P", "PA", "LA", "RGBA"):
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    converted = ImageCms.profileToProfile(
        image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert converted is not None
    if alpha is not None and alpha.getextrema() != (255, 255):
        converted.putalpha(alpha)
    return converted


def _resize(image: Picture, size: tuple[int, int]) -> Picture:
    from PIL import Image

    if image.mode in ("1", "P"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS)


def _save(image: Picture, saving: dict[str, Any]) -> bytes:
    data = io.BytesIO()
    if saving["format"] == "JPEG" and image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    image.save(data, **saving)
    return data.getvalue()


def _moving(image: Picture, saving: dict[str, Any]) -> bytes:
    """Every frame as it is."""
    for name in set(image.info).difference(_MEANING):
        del image.info[name]
    return _save(image, saving | {"save_all": True})
