"""The page's policy: no `unsafe-inline`, every inline part by its hash."""

import base64
import hashlib
import re

import pytest
from feeds import awkward, blog_of, item, rendered

from liveblog_cli.edition.edition import Picture
from liveblog_cli.formats.html import csp


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_every_inline_part_is_named_by_its_hash() -> None:
    page = rendered("html", awkward())
    policy = csp(page)
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, re.DOTALL)
        assert f"{tag}-src 'sha256-{digest(text)}'" in policy
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")


def test_pictures_may_come_only_from_where_they_stand() -> None:
    pictures = (Picture(src="https://img.example/a.png"), Picture(src="b.png"))
    page = rendered("html", blog_of(item(media=pictures)))
    assert "img-src 'self' https://img.example;" in csp(page)


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("HTTPS://CDN.example/a.png", "HTTPS://CDN.example"),
        ("https://desk:secret@cdn.example:8443/a.png", "https://cdn.example:8443"),
        ("//cdn.example/a.png", "cdn.example"),
        ("https://cdn.example?a.png", "https://cdn.example"),
        ("media/a.png", ""),
    ],
)
def test_a_picture_is_let_in_however_its_address_is_written(address: str, source: str) -> None:
    named = re.search("img-src 'self' ?([^;]*);", csp(f'<img src="{address}" alt="">'))
    assert named
    assert named[1] == source


def test_an_address_cannot_add_to_the_policy() -> None:
    page = '<img src="https://a.example;script-src *">'
    assert "img-src 'self' https://a.example;" in csp(page)
    assert "*" not in csp(page)


def test_a_page_has_no_inline_style_and_no_handler() -> None:
    page = rendered("html", awkward())
    assert not re.search(r"<[^>]*\s(style|on\w+)=", page.split("<body>")[1])


def test_a_themes_capital_letters_do_not_matter() -> None:
    assert f"script-src 'sha256-{digest('f()')}'" in csp("<SCRIPT>f()</SCRIPT>")
