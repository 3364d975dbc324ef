"""Texts that attack whoever shows them (the kinds that OWASP's cheat sheets on XSS and XXE list), and
a blog that holds each of them in every field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from feeds import NOW, URL

from liveblog_cli.edition.edition import Edition
from liveblog_cli.edition.from_blog import make_edition
from liveblog_cli.model.values import Blog, Change, Entry, Media, Note, Publisher, Source

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "--><script>alert(1)</script><!--",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    '<img src="x:y" onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=https://evil.example/>",
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    "<style>@import 'https://evil.example/x.css';</style>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '" onmouseover=alert(1) x="',
    "' onmouseover=alert(1) x='",
    "` onmouseover=alert(1)",
    'x" autofocus onfocus="alert(1)',
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#10;script:alert(1)",
    "\u0001javascript:alert(1)".lstrip("\u0001"),
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](java%0ascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    '[x](https://e.example "onmouseover=alert(1)")',
    '[x](https://e.example/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    '![x"onerror="alert(1)](https://e.example/x.png)',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '```html"><script>alert(1)</script>\n```',
    "{{constructor.constructor('alert(1)')()}}",
    "{% import os %}{{ os.system('id') }}",
    "${alert(1)}",
    "<%= system('id') %>",
    "<?php system('id'); ?>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "&xxe; &#60;script&#62;alert(1)&#60;/script&#62;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u202e<script>alert(1)</script>\u2066",
    "\u2028alert(1)\u2029",
    "---\ntitle: forged\n---",
    '"\ntitle: "forged',
    "=cmd|'/C calc'!A0",
]


@dataclass(frozen=True)
class Hostile:
    """A blog in which every text and every address is one payload."""

    payload: str

    def edition(self, url: str = URL) -> Edition:
        """As readers may see it."""
        return make_edition(self.blog(url), NOW)

    def blog(self, url: str = URL) -> Blog:
        """As somebody wrote it by hand."""
        p, line = self.payload, " ".join(self.payload.split())
        entry = Entry(
            id="bad",
            time=NOW,
            headline=line,
            body=p,
            authors=(line,),
            tags=(line,),
            label=line,
            sources=(
                Source(name=line, url=p),
                Source(name="fine", url="https://e.example/?" + line),
            ),
            notes=("box",),
            media=(
                Media(url=p, alt=line, caption=line, credit=line),
                Media(url="https://e.example/a.png", alt=line, caption=line, credit=line),
            ),
            history=(Change(at=NOW + timedelta(0), kind="correction", note=p, was={"body": "x"}),),
        )
        return Blog(
            title=line,
            kicker=line,
            summary=p,
            url=url,
            authors=(line,),
            publisher=Publisher(name=line, url=p, logo=p),
            notes=(Note(id="box", title=line, text=p),),
            ended=NOW,
            closing=p,
            previous=p,
            next=p,
            entries=(entry,),
        )
