"""Builds one Markdown file with real site generators, as docs/static-sites.md says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import html5lib

HUGO = {
    "hugo.toml": 'baseURL = "https://news.example/"\ntitle = "News"\n',
    "layouts/_default/single.html": "<h1>{{ .Title }}</h1>\n<main>{{ .Content }}</main>\n",
    "layouts/_default/list.html": "",
}
JEKYLL = {
    "_config.yml": 'defaults:\n  - scope: {path: ""}\n    values: {layout: "page"}\n',
    "_layouts/page.html": "<h1>{{ page.title | escape }}</h1>\n<main>{{ content }}</main>\n",
}
ELEVENTY = {
    "_includes/page.njk": "<h1>{{ title }}</h1>\n<main>{{ content | safe }}</main>\n",
    "content/content.11tydata.json": '{"layout": "page.njk"}',
}
PELICAN = {
    "pelicanconf.py": """
SITENAME = "News"
TIMEZONE = "Europe/Berlin"
PLUGINS = ["pelican.plugins.yaml_metadata"]
MARKDOWN = {
    "extensions": ["extra", "sane_lists", "pymdownx.superfences", "pymdownx.tilde"],
    "extension_configs": {"pymdownx.tilde": {"subscript": False}},
    "tab_length": 2,
}
THEME = "theme"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
""",
    "theme/templates/article.html": (
        "<h1>{{ article.title | e }}</h1>\n<main>{{ article.content }}</main>\n"
    ),
    "theme/static/.keep": "",
}


def hugo(folder: Path, markdown: str) -> str:
    """Hugo: the file in `content/`."""
    _site(folder, {**HUGO, "content/liveblog.md": markdown})
    _run(["hugo", "--source", str(folder), "--destination", str(folder / "out")], folder)
    return _page(folder / "out")


def jekyll(folder: Path, markdown: str) -> str:
    """Jekyll: the file beside `_config.yml`."""
    _site(folder, {**JEKYLL, "liveblog.md": markdown})
    _run(["jekyll", "build", "-s", str(folder), "-d", str(folder / "out")], folder)
    return _page(folder / "out")


def eleventy(folder: Path, markdown: str) -> str:
    """Eleventy: the file with a layout from its folder's data file."""
    _site(folder, {**ELEVENTY, "content/liveblog.md": markdown})
    _run(["eleventy", "--input=.", "--output=out"], folder)
    return _page(folder / "out")


def pelican(folder: Path, markdown: str) -> str:
    """Pelican: with plugins that read YAML and code in lists."""
    _site(folder, {**PELICAN, "content/liveblog.md": markdown})
    _run(["pelican", "content", "-o", "out", "-s", "pelicanconf.py"], folder)
    return _page(folder / "out")


GENERATORS: Mapping[str, Callable[[Path, str], str]] = {
    "hugo": hugo,
    "jekyll": jekyll,
    "eleventy": eleventy,
    "pelican": pelican,
}


def installed(name: str) -> bool:
    """Whether the generator can be run."""
    return shutil.which(name) is not None


def _site(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


def _page(out: Path) -> str:
    """The page with the blog: the longest there is."""
    pages = [p.read_text(encoding="utf-8") for p in out.rglob("*.html")]
    return max(pages, key=len)


def text_of(html: str) -> str:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return "".join(tree.itertext())


def plain(text: str) -> str:
    """Without white space, and with what typographers of generators change made equal."""
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("…", "...")
    text = re.sub("[“”„‟«»]", '"', re.sub("[‘’‚]", "'", re.sub("[–—]+|--+", "-", text)))
    return re.sub(r"\s+", "", text)
