"""Images as reporters name them: files, which are measured, or addresses, with the texts that belong to them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.inputs import address, clean, one_line
from liveblog_cli.model.values import Media


def media(
    images: Sequence[str],
    alts: Sequence[str],
    captions: Sequence[str],
    credits: Sequence[str],
    folder: Path,
) -> tuple[Media, ...]:
    """Images with the texts given for them, in order. Files are named relative to `folder`.

    An empty name is no image, as where a script has none to give.

    Raises:
        LiveblogError: no such file, not an image, or a text whose image is not there.
    """
    require_images(len(images), alts, captions, credits)
    rows = list(zip_longest(images, alts, captions, credits, fillvalue=""))
    if lost := next((text for image, *texts in rows if not image for text in texts if text), ""):
        raise LiveblogError(
            f"{lost[:60]!r} is a text for an image, but that --image is empty",
            "leave out the empty --image, or name one",
        )
    return tuple(_medium(*row, folder) for row in rows if row[0])


def require_images(
    count: int, alts: Sequence[str], captions: Sequence[str], credits: Sequence[str]
) -> None:
    """See to it that each text has its image, for none may be dropped in silence.

    Raises:
        LiveblogError: one of the options is given more often than there are images.
    """
    for what, texts in (("--alt", alts), ("--caption", captions), ("--credit", credits)):
        if len(texts) > count:
            raise LiveblogError(
                f"{what} is given {len(texts)} times for {count} images",
                "give each image with --image",
            )


def _medium(image: str, alt: str, caption: str, credit: str, folder: Path) -> Media:
    alt, caption, credit = (
        one_line(alt, "alt"),
        one_line(caption, "caption"),
        one_line(credit, "credit"),
    )
    if re.match(r"[a-z][a-z0-9+.-]+:", image, re.IGNORECASE):
        return Media(url=address(image, "image"), alt=alt, caption=caption, credit=credit)
    from liveblog_cli.images import measure

    width, height = measure(Path(image))
    name = Path(os.path.relpath(Path(image).absolute(), folder)).as_posix()
    clean(name, "image")
    return Media(file=name, width=width, height=height, alt=alt, caption=caption, credit=credit)
