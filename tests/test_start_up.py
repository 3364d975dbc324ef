"""What each command and each call of the API may load, so that nobody pays for what he does not use.

A row names all heavy modules that its line loads, and none that it does not: a module too many is a
slow start, a name too many a promise that nothing holds. `drivers/imports.py` says how a line reads.
"""

import re
import shlex
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from imports import imports_of
from PIL import Image

from liveblog_cli import OpenBlog, cli
from liveblog_cli.formats import list_names

THEIRS = """
    PIL babel dateutil idna jinja2 markdown_it rich tomli_w watchfiles
    asyncio email http importlib.metadata json logging sqlite3 urllib.request xml
"""
"""Modules of others that cost a start something. (Typer itself loads more, whatever we do.)"""

OURS = """
    edition editorial formats preview.console publish rendering
    formats.atom formats.html formats.json formats.md formats.ninjs formats.rss formats.sitemap
    ingest.draft ingest.jsonl ingest.payload storage.diagnosis storage.patch storage.ref_index
    text.markdown text.times workspace.after workspace.editor workspace.hooks
"""
"""Rooms and modules of this package that few lines need."""

EXPORT = "babel edition formats logging markdown_it publish rendering text.markdown"
"""What a format with words or Markdown needs."""

EDITOR = "ingest.draft workspace.editor"
TYPED = """VISUAL="sed -i 's/^Headline:/& New/'\""""
"""Somebody who writes a word in the editor."""

COMMANDS = {
    # The program itself; `other commands` are all but the one that runs.
    "--version": "",
    "--help": "edition editorial formats publish rendering storage.diagnosis; other commands",
    "--show-completion bash": "",
    "! nosuch": "",
    # Adding
    "add Smoke": "",
    "add Smoke --json": "",
    "add --help": "",
    "add Smoke -b 'Over\n\npier 4.' --tag fire --note box": "",
    "add Smoke --source 'KCNA <https://kcna.kp/%C3%BC?xn=--1> (agency)'": "",
    "add Smoke --source 'dpa <https://müller.example>'": "idna",
    "add Smoke --at 2024-11-12T02:18:00+01:00": "",
    "add Smoke --at 14:05": "text.times",
    "add Smoke --at 'yesterday 14:05'": "text.times",
    "add Smoke --at '12 November 2024 14:05'": "dateutil text.times",
    "add Smoke --image photo.png": "PIL logging tomli_w",
    "add Smoke --ref new": "",
    "add Smoke --ref first": "sqlite3 storage.patch storage.ref_index",
    "add - < text": "",
    "add --jsonl < lines": "ingest.jsonl ingest.payload storage.ref_index",
    "add --jsonl --atomic lines": "ingest.jsonl ingest.payload storage.ref_index",
    f"{TYPED} add <> terminal": EDITOR,
    "XDG_CONFIG_HOME=$SCENE/config add Smoke": "storage.diagnosis workspace.after workspace.hooks",
    "add Smoke -f hooks.toml": "logging workspace.after workspace.hooks",
    # Changing
    "edit last 'Other words'": "storage.patch",
    "edit last -b Text --correction 'It was pier 5.'": "storage.patch",
    "edit last --at 2024-11-12T02:18:00+01:00": "storage.patch",
    "edit last --at '12 November 2024 14:05'": "dateutil storage.patch text.times",
    f"{TYPED} edit last <> terminal": f"{EDITOR} storage.patch",
    "pin last": "storage.patch tomli_w",
    "unpin ref:pinned": "storage.patch tomli_w",
    "retract last": "storage.patch",
    "restore ref:retracted": "storage.patch",
    "publish ref:draft": "storage.patch",
    "publish ref:draft --at 14:05": "storage.patch text.times",
    "undo": "storage.patch",
    "undo last": "storage.patch",
    "redo": "storage.patch tomli_w",
    "! pin nobody": "",
    "_LIVEBLOG_COMPLETE=complete_bash COMP_WORDS='liveblog pin ' COMP_CWORD=2 pin": "",
    # Looking
    "list": "preview.console storage.diagnosis",
    "list --json": "storage.diagnosis",
    "list --tag fire --grep Smoke": "storage.diagnosis",
    "list --since 2h": "preview.console storage.diagnosis text.times",
    "list > terminal": "preview.console rich storage.diagnosis",
    "! list -f broken.toml": "preview.console storage.diagnosis",
    "show": "babel edition",
    "show last": "babel edition",
    "show --json": "",
    "show > terminal": "babel edition logging markdown_it preview.console rich",
    "show last > terminal": "babel edition logging markdown_it preview.console rich",
    "history": "preview.console rich",
    "history --json": "",
    "history > terminal": "preview.console rich",
    "diff": "editorial text.times",
    "diff --json": "editorial text.times",
    # What a desk asks
    "check": "edition editorial storage.diagnosis storage.patch",
    "check --json": "edition editorial storage.diagnosis storage.patch",
    "check --format github": "edition editorial storage.diagnosis storage.patch",
    "check --format sarif": "edition editorial storage.diagnosis storage.patch",
    "! check broken.toml": "edition editorial storage.diagnosis storage.patch",
    "handover": "editorial text.times",
    "handover --json": "editorial text.times",
    "sources": "editorial preview.console rich",
    "sources --json": "editorial",
    "sources > terminal": "editorial preview.console rich",
    "stats": "editorial preview.console rich",
    "stats --json": "editorial",
    "stats > terminal": "editorial preview.console rich",
    # The blog itself
    "new 'Another fire' -f other.toml": "babel tomli_w",
    "set --kicker Live": "storage.patch",
    "set --language en": "babel storage.patch",
    "note list": "preview.console",
    "note list --json": "",
    "note list > terminal": "preview.console rich",
    "note add other Text": "storage.patch",
    "note edit box 'Other text'": "storage.patch",
    "note remove box": "storage.patch",
    "close 'That is all.'": "storage.patch",
    "reopen -f closed.toml": "storage.patch",
    "rollover next.toml": "storage.patch tomli_w",
    "schema": "",
    "schema entry": "ingest.payload",
    "theme init mine": "jinja2 json rendering",
    "trust -f hooks.toml": "",
    "trust --revoke -f hooks.toml": "",
    # Exporting
    "export html -o -": f"{EXPORT} formats.html jinja2 json",
    "export md -o -": f"{EXPORT} formats.md json",
    "export json -o -": f"{EXPORT} formats.json",
    "export rss -o -": f"{EXPORT} email formats.rss xml",
    "export atom -o -": f"{EXPORT} email formats.atom xml",
    "export sitemap -o -": f"{EXPORT} email formats.sitemap xml",
    "export ninjs -o -": f"{EXPORT} formats.ninjs",
    "export json --as-of 1h -o -": f"{EXPORT} formats.json text.times",
    "export md -o public": f"{EXPORT} formats.md json",
    "export md -o public > terminal": f"{EXPORT} formats.md json",
    "! export nosuch": "edition formats importlib.metadata publish rendering",
}

CALLS = {
    "blog.path": "",
    "blog.read()": "",
    "blog.entry('last')": "",
    "blog.add('Smoke')": "",
    "blog.add('Smoke', time='2024-11-12T02:18:00+01:00')": "",
    "blog.add('Smoke', time='yesterday 14:05')": "text.times",
    "blog.add('Smoke', ref='first')": "sqlite3 storage.patch storage.ref_index",
    "blog.edit('last', headline='Fire')": "storage.patch",
    "blog.pin('last')": "storage.patch tomli_w",
    "blog.unpin('ref:pinned')": "storage.patch tomli_w",
    "blog.retract('last')": "storage.patch",
    "blog.restore('ref:retracted')": "storage.patch",
    "blog.publish('ref:draft')": "storage.patch",
    "blog.set(kicker='Live')": "storage.patch",
    "blog.export('json')": f"{EXPORT} formats.json",
    "blog.export('html', folder='public')": f"{EXPORT} formats.html jinja2 json",
    "blog.wait()": "",
}
"""Each of them loads `ingest.payload`, which the API itself needs."""


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """A folder with a blog in which each line has something to do."""
    folder = tmp_path / "scene"
    folder.mkdir()
    file = folder / "liveblog.toml"

    def done(*words: str) -> None:
        assert cli.main([*words, "-f", str(file)]) == 0, words

    done("new", "Yesterday's fire")
    done("close")
    file.rename(folder / "closed.toml")
    done("new", "Harbour fire", "--timezone", "Europe/Berlin", "--language", "de")
    done("note", "add", "box", "Text")
    done("add", "Smoke over *pier 4*", "-b", "Nobody is **hurt**.", "--ref", "first")
    done("add", "Kept", "--draft", "--ref", "draft")
    done("add", "Wrong", "--ref", "retracted")
    done("retract", "ref:retracted")
    done("add", "Call 112", "--pin", "--ref", "pinned")
    done("add", "Newest", "--tag", "fire")
    done("pin", "last")
    done("undo")
    (folder / "lines").write_text('{"headline": "One"}\n{"headline": "Two"}\n')
    (folder / "text").write_text("Headline\n\nText\n")
    Image.new("RGB", (40, 30)).save(folder / "photo.png")
    hook, text = '\n[[hooks]]\nrun = "true"\n', file.read_text()
    (folder / "config" / "liveblog").mkdir(parents=True)
    (folder / "config" / "liveblog" / "config.toml").write_text(hook)
    (folder / "hooks.toml").write_text(text.replace("\n[[entries]]", f"{hook}\n[[entries]]", 1))
    (folder / "broken.toml").write_text(f'{text}\n[[entries]]\nid = "broken"\n')
    return folder


def test_a_command_loads_exactly_what_its_row_names(scene: Path, tmp_path: Path) -> None:
    loaded = imports_of("commands", COMMANDS, scene, tmp_path)
    found = {line: _heavy(modules, _command(line)) for line, modules in loaded.items()}
    assert _differences(COMMANDS, found) == ""


def test_a_call_of_the_api_loads_exactly_what_its_row_names(scene: Path, tmp_path: Path) -> None:
    loaded = imports_of("calls", CALLS, scene, tmp_path)
    found = {call: _heavy(modules) - {"ingest.payload"} for call, modules in loaded.items()}
    assert _differences(CALLS, found) == ""


def test_every_command_and_every_method_has_a_row() -> None:
    assert set(cli.list_command_names()) <= {_command(line) for line in COMMANDS}
    methods = {name for name in vars(OpenBlog) if name[0] != "_"}
    assert methods == {call.removeprefix("blog.").split("(")[0] for call in CALLS}


def test_every_format_has_a_row() -> None:
    assert {f"export {name} -o -" for name in list_names()} <= set(COMMANDS)


def test_what_the_tables_name_is_there_at_all() -> None:
    """A module that got another name would else count as one that is never loaded."""
    for name in [*THEIRS.split(), *(f"liveblog_cli.{ours}" for ours in OURS.split())]:
        assert find_spec(name), name


def _command(line: str) -> str:
    """`add-entry` of `X=y add Smoke`; a word that is no command stays as it is."""
    words = [word for word in shlex.split(line) if not re.match(r"!|\w+=", word)]
    return cli.ALIASES.get(words[0], words[0])


def _heavy(modules: set[str], command: str = "") -> set[str]:
    """What the tables are about among the modules of a process, by the names of the tables."""
    packages = {".".join(m.split(".")[:depth]) for m in modules for depth in (1, 2, 3)}
    found = {name for name in THEIRS.split() if name in packages}
    if "importlib.metadata" in found:  # what it brings differs from one Python to the next
        found -= {"email", "json"}
    found |= {name for name in OURS.split() if f"liveblog_cli.{name}" in packages}
    own = f"liveblog_cli.commands.{command.replace('-', '_')}"
    others = [m for m in modules if m.startswith("liveblog_cli.commands.") and m != own]
    return found | ({"other commands"} if others else set())


def _differences(table: Mapping[str, str], found: Mapping[str, set[str]]) -> str:
    """A line for each module that a row leaves out, or names in vain."""
    lines = []
    for line, row in table.items():
        named = {*re.findall(r"other commands|[\w.]+", row)}
        lines += [f"{line}: loads {name}, too" for name in sorted(found[line] - named)]
        lines += [f"{line}: does not load {name}" for name in sorted(named - found[line])]
    return "\n".join(lines)
