"""Addresses that readers may follow: code is none, odd characters are encoded."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from liveblog_cli.text.urls import followable


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://a.example/x",
        "https://[bad/watch",
        "https://a]b[/",
    ],
)
def test_code_and_what_has_no_host_is_no_address(address: str) -> None:
    assert followable(address) == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x?y=1&z=%20#f", "https://a.example/x?y=1&z=%20#f"),
        ("photos/a b.png", "photos/a%20b.png"),
        ("https://a.example/Über?ö#ü", "https://a.example/%C3%9Cber?%C3%B6#%C3%BC"),
        ("https://www.MÜller.example:8080/", "https://www.xn--mller-kva.example:8080/"),
        ("http://straße.example?x", "http://xn--strae-oqa.example?x"),
        ("https://a.example/?u=https://ü.example", "https://a.example/?u=https://%C3%BC.example"),
        ("bäume.png", "b%C3%A4ume.png"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("", ""),
    ],
)
def test_an_address_holds_only_what_a_url_may(address: str, kept: str) -> None:
    assert followable(address) == kept


def test_an_address_of_nothing_but_host_is_soon_done() -> None:
    assert followable("https://" + "ü" * 100_000).startswith("https://%C3%BC")


@given(text())
def test_every_address_is_ascii_and_encoded_once(address: str) -> None:
    done = followable(address)
    assert done.isascii()
    assert followable(done) == done
