"""The same blog as a site for Hugo: one page, one RSS feed and one JSON feed with every entry whole."""

from __future__ import annotations

import json
from pathlib import Path

import places

CONFIG = """
baseURL = "https://news.example/"
title = "Harbour fire"
disableKinds = ["taxonomy", "term", "section", "404", "sitemap"]
[outputs]
home = ["html", "rss", "json"]
"""

HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ site.Title }}</title></head>
<body><h1>{{ site.Title }}</h1><ol reversed>
{{ range site.RegularPages }}<li id="{{ .File.BaseFileName }}">
<p><a href="#{{ .File.BaseFileName }}"><time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">
{{ .Date.Format "2 January 2006, 15:04" }}</time></a></p>
<h2>{{ .Title }}</h2><p>{{ delimit .Params.authors ", " }}</p>{{ .Content }}
<ul>{{ range .Params.tags }}<li>{{ . }}</li>{{ end }}</ul></li>
{{ end }}</ol></body></html>
"""

RSS = """{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{{ site.Title }}</title>
{{ range site.RegularPages }}<item><title>{{ .Title }}</title>
<link>{{ site.BaseURL }}#{{ .File.BaseFileName }}</link><guid>{{ site.BaseURL }}#{{ .File.BaseFileName }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
{{ range .Params.authors }}<dc:creator>{{ . }}</dc:creator>{{ end }}
{{ range .Params.tags }}<category>{{ . }}</category>{{ end }}
<description>{{ .Plain }}</description><content:encoded>{{ .Content | html }}</content:encoded></item>
{{ end }}</channel></rss>
"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": {{ site.Title | jsonify }}, "items": [
{{ range $n, $p := site.RegularPages }}{{ if $n }},{{ end }}
{{ dict "id" (printf "%s#%s" site.BaseURL .File.BaseFileName) "title" .Title "content_html" .Content
 "content_text" .Plain "date_published" .Date "authors" .Params.authors "tags" .Params.tags | jsonify }}
{{ end }}]}
"""


def build(site: Path, number: int) -> Path:
    """Write the site with that many entries; they have no pages of their own."""
    layouts, content = site / "layouts", site / "content" / "posts"
    layouts.mkdir(parents=True)
    content.mkdir(parents=True)
    (site / "hugo.toml").write_text(CONFIG)
    for name, text in (("index.html", HTML), ("index.rss.xml", RSS), ("index.json", JSON)):
        (layouts / name).write_text(text)
    for index, line in enumerate(places.lines(number)):
        entry = json.loads(line)
        front = {"title": entry["headline"], "date": entry["time"], "tags": entry["tags"]}
        front |= {"authors": entry["authors"], "_build": {"render": "never", "list": "always"}}
        (content / f"{index}.md").write_text(f"{json.dumps(front)}\n\n{entry['body']}\n")
    return site
