"""Makes the pictures of the README: the preview as SVG, the page as PNG (needs Chromium).

usage: python docs/pictures.py    (pictures the committed export of examples/ukraine)
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.preview.paint import paint
from liveblog_cli.preview.parts import list_page_parts
from liveblog_cli.storage.blogfile import BlogFile

ROOT = Path(__file__).resolve().parent.parent
BLOG = ROOT / "examples" / "ukraine"
PICTURES = ROOT / "docs" / "pictures"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def terminal() -> None:
    """What `liveblog show -n 2` draws on a terminal of 80 columns."""
    blog = BlogFile(BLOG / "liveblog.toml").read()
    newest = max(e.time for e in blog.entries)
    screen = Console(
        record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    paint(list_page_parts(make_edition(blog, newest), 2), screen)
    drawn = screen.export_svg(title="liveblog show -n 2", unique_id="liveblog")
    own = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)  # no font from elsewhere
    (PICTURES / "terminal.svg").write_text(own, encoding="utf-8")


def browser(name: str, dark: bool) -> None:
    """The exported page, 800 pixels wide."""
    chromium = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        sys.exit("no Chromium here: the pictures of the page stay as they are")
    scheme = (
        ["--blink-settings=preferredColorScheme=0"]
        if dark
        else ["--blink-settings=preferredColorScheme=1"]
    )
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *(
                    chromium,
                    *FLAGS,
                    *scheme,
                    f"--user-data-dir={profile}",
                    "--window-size=800,1200",
                ),
                f"--screenshot={PICTURES / name}",
                (BLOG / "public" / "index.html").as_uri(),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    terminal()
    browser("page-light.png", dark=False)
    browser("page-dark.png", dark=True)
