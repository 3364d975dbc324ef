"""The Content-Security-Policy of a page. It allows inline styles and scripts by their hash, not by `unsafe-inline`."""

from __future__ import annotations

import base64
import hashlib
import html as entities
import re
from collections.abc import Iterable

_NONE = "'none'"
_ORIGIN = re.compile(r"(https?:)?//(?:[^/?#@]*@)?([A-Za-z0-9.:\[\]-]+)", re.IGNORECASE)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(r'<img [^>]*?\bsrc="([^"]*)"|\bsrcset="([^"]*)"')


def make_policy(html: str) -> str:
    """The policy (CSP Level 3) that allows the styles, data and images of exactly this page."""
    parts = {
        "default-src": [_NONE],
        "style-src": _list_hashes(_STYLE.findall(html)),
        "script-src": _list_hashes(_SCRIPT.findall(html)),
        "img-src": ["'self'", *_list_origins(html)],
        "base-uri": [_NONE],
        "form-action": [_NONE],
    }
    return "; ".join(f"{name} {' '.join(values) or _NONE}" for name, values in parts.items())


def _list_hashes(texts: Iterable[str]) -> list[str]:
    digests = [hashlib.sha256(t.encode()).digest() for t in dict.fromkeys(texts)]
    return [f"'sha256-{base64.b64encode(d).decode()}'" for d in digests]


def _list_origins(html: str) -> list[str]:
    """The other origins from which the page loads images."""
    found = [entities.unescape(src or srcset) for src, srcset in _IMAGE.findall(html)]
    parts = [part for text in found for part in text.split(", ")]
    hosts = [m for part in parts if (m := _ORIGIN.match(part))]
    origins = {f"{m[1]}//{m[2]}" if m[1] else m[2] for m in hosts}
    return sorted(origins | {"data:" for part in parts if part.startswith("data:")})
