"""A Content-Security-Policy for a page, without `unsafe-inline`: what is inline is named by its hash."""

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


def policy(html: str) -> str:
    """The policy (CSP Level 3) that lets exactly this page's own styles, data and images in."""
    parts = {
        "default-src": [_NONE],
        "style-src": _hashes(_STYLE.findall(html)),
        "script-src": _hashes(_SCRIPT.findall(html)),
        "img-src": ["'self'", *_origins(html)],
        "base-uri": [_NONE],
        "form-action": [_NONE],
    }
    return "; ".join(f"{name} {' '.join(values) or _NONE}" for name, values in parts.items())


def _hashes(texts: Iterable[str]) -> list[str]:
    digests = [hashlib.sha256(t.encode()).digest() for t in dict.fromkeys(texts)]
    return [f"'sha256-{base64.b64encode(d).decode()}'" for d in digests]


def _origins(html: str) -> list[str]:
    """Where the page's images come from, besides its own place."""
    found = [entities.unescape(src or srcset) for src, srcset in _IMAGE.findall(html)]
    parts = [part for text in found for part in text.split(", ")]
    hosts = [m for part in parts if (m := _ORIGIN.match(part))]
    origins = {f"{m[1]}//{m[2]}" if m[1] else m[2] for m in hosts}
    return sorted(origins | {"data:" for part in parts if part.startswith("data:")})
