"""Images as reporters name them: files, which are measured, or addresses, with the texts that belong to them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.cleaning import address, clean
from liveblog_cli.model.field_kinds import MediaTexts, require_images
from liveblog_cli.model.values import Media


def read_media(images: Sequence[str], texts: MediaTexts, folder: Path) -> tuple[Media, ...]:
    """Images with the texts given for them, in order. Files are named relative to `folder`.

    An empty name is no image, as where a script has none to give.

    Raises:
        LiveblogError: no such file, not an image, or a text whose image is not there.
    """
    require_images(len(images), texts)
    rows = list(zip_longest(images, texts.alts, texts.captions, texts.credits, fillvalue=""))
    if lost := next((text for image, *more in rows if not image for text in more if text), ""):
        raise LiveblogError(
            f"{lost[:60]!r} is a text for an image, but that --image is empty",
            "leave out the empty --image, or name one",
        )
    return tuple(_read_medium(*row, folder) for row in rows if row[0])


def _read_medium(image: str, alt: str, caption: str, credit: str, folder: Path) -> Media:
    if re.match(r"[a-z][a-z0-9+.-]+:", image, re.IGNORECASE):
        return Media(url=address(image, "image"), alt=alt, caption=caption, credit=credit)
    from liveblog_cli.images import measure

    width, height = measure(Path(image))
    name = Path(os.path.relpath(Path(image).absolute(), folder)).as_posix()
    clean(name, "image")
    return Media(file=name, width=width, height=height, alt=alt, caption=caption, credit=credit)
