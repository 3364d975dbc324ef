"""What attackers write is text on the page: no element, handler or address of it comes to life."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from browser import dumped, needs_chromium
from feeds import awkward, rendered
from hostile import PAYLOADS, Hostile

OWN_TAGS = {e.tag for e in html5lib.parse(rendered("html", awkward()), namespaceHTMLElements=False).iter()}  # fmt: skip


def harmless(document: Element) -> None:
    """Only elements that a page has anyway, no handlers, no styles, no code in addresses."""
    assert {e.tag for e in document.iter()} <= OWN_TAGS
    assert len(list(document.iter("style"))) == 1
    scripts = list(document.iter("script"))
    assert [s.attrib for s in scripts] == [{"type": "application/ld+json"}]
    json.loads(scripts[0].text or "")
    for element in document.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc", "formaction", "http-equiv")
            if name in ("href", "src", "srcset"):
                assert not re.match(r"[\s\x00-\x1f]*(javascript|vbscript|data):", value, re.I)


@cache
def hostile_page(payload: str, fragment: bool = False) -> str:
    return rendered("html", Hostile(payload).edition(), fragment=fragment)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_is_text_and_breaks_no_markup(payload: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    harmless(parser.parse(hostile_page(payload)))
    assert parser.errors == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_a_fragment_a_payload_in_every_field_is_text(payload: str) -> None:
    harmless(html5lib.parse(hostile_page(payload, fragment=True), namespaceHTMLElements=False))


@pytest.mark.slow
@needs_chromium
def test_no_payload_runs_in_a_browser(tmp_path: Path) -> None:
    """Each page stands in a frame and says that it is there; alert would say that something ran."""
    frames = []
    for number, payload in enumerate(PAYLOADS):
        frames.append(framed(tmp_path, f"page{number}", hostile_page(payload)))
    frames.append(framed(tmp_path, "control", "<head></head><img src=x onerror=alert(2)>"))
    (tmp_path / "all.html").write_text(f"<!DOCTYPE html><body>{''.join(frames)}", "utf-8")
    dom = dumped(tmp_path / "all.html", tmp_path / "profile")
    assert len(re.findall(r"data-page\d+=", dom)) == len(PAYLOADS)
    assert 'data-ran2="control"' in dom
    assert "data-ran1" not in dom


def framed(folder: Path, name: str, page: str) -> str:
    """A frame with `page`, in which alert(N) and the page's start leave a mark around it."""
    marks = "parent.document.body.dataset"
    spy = f"<script>{marks}.{name}=1;window.alert=n=>{{{marks}['ran'+n]='{name}'}}</script>"
    (folder / f"{name}.html").write_text(page.replace("<head>", f"<head>{spy}"), "utf-8")
    return f'<iframe src="{name}.html"></iframe>'
