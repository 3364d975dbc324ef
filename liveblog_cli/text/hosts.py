"""Host names as the DNS has them: letters beyond ASCII are encoded as browsers do it.

The rules are those of the URL Standard (3.3, domain to ASCII), which are those of UTS 46 without
transitional processing. `idna` has their tables and checks. IDNA 2008 alone is stricter: it knows no
emoji, while browsers and several registries do.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional
from urllib.parse import unquote

_LONGEST = 253
"""Characters of a whole name (RFC 1035, 2.3.4)."""

_ACE = "xn--"
_ASCII_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_JOINERS = "\u200c\u200d"


def to_ascii(host: str) -> str:
    """The name of a host in ASCII and lower case; "" if the DNS can't have that name.

    Letters may be percent-encoded. A dot at the end stays.
    """
    import idna

    if len(host) > _LONGEST * 12:  # of four bytes each, percent-encoded
        return ""
    try:
        name = idna.uts46_remap(unquote(host, errors="strict"), std3_rules=False)
        labels = [_unicode_label(label) for label in name.removesuffix(".").split(".")]
        bidi = any(bidirectional(sign) in ("R", "AL", "AN") for sign in "".join(labels))
        known = ".".join([_ascii_label(label, bidi) for label in labels])
    except ValueError:  # of which idna's errors are
        return ""
    return known + "." * name.endswith(".") if len(known) <= _LONGEST else ""


def _unicode_label(label: str) -> str:
    """A label as Unicode letters: one that begins with `xn--` is decoded.

    Raises:
        ValueError: it is not the encoding of any letters.
    """
    import idna

    if not label.startswith(_ACE):
        return label
    code = label.removeprefix(_ACE)
    text = code.encode("ascii").decode("punycode")
    canonical = not text.isascii() and text.encode("punycode").decode() == code
    if not canonical or idna.uts46_remap(text, std3_rules=False) != text or text.startswith(_ACE):
        raise ValueError(label)
    return text


def _ascii_label(label: str, right_to_left: bool) -> str:
    """A label as the DNS knows it. `right_to_left` says whether there is such a letter in the host.

    Raises:
        ValueError: it can be none.
    """
    import idna

    if label.isascii():
        known = label
    else:
        idna.check_nfc(label)
        idna.check_initial_combiner(label)
        if any(s in _JOINERS and not idna.valid_contextj(label, n) for n, s in enumerate(label)):
            raise ValueError(label)
        known = _ACE + label[:64].encode("punycode").decode()
    if not _ASCII_LABEL.fullmatch(known):
        raise ValueError(label)
    if right_to_left:  # else Python need not know each letter, as it may not know new emoji
        idna.check_bidi(label, check_ltr=True)
    return known
