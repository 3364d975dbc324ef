"""Image files: is it one, and how large. Pillow is imported only here."""

from __future__ import annotations

from pathlib import Path

from liveblog_cli.errors import LiveblogError

MOST_PIXELS = 100_000_000
"""An image of more pixels is refused: it would take gigabytes to look at."""


def measure(path: Path) -> tuple[int, int]:
    """Width and height in pixels, as readers see it (after the camera's rotation).

    Raises:
        LiveblogError: no such file, empty, cut short, too large or not an image.
    """
    from PIL import Image, UnidentifiedImageError

    if not path.is_file():
        raise LiveblogError(f"image {path}: no such file")
    if path.stat().st_size == 0:
        raise LiveblogError(f"image {path} is empty")
    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(0x0112, 1) >= 5
            if width * height > MOST_PIXELS:
                raise LiveblogError(
                    f"image {path} is too large: {width} x {height} pixels",
                    f"at most {MOST_PIXELS:,} in all",
                )
            image.load()
    except LiveblogError:
        raise
    except UnidentifiedImageError:
        raise LiveblogError(
            f"{path} is not an image that can be read", "JPEG, PNG, GIF, WebP or AVIF"
        ) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LiveblogError(f"image {path} is damaged: {error}") from None
    return (height, width) if turned else (width, height)
