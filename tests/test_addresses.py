"""Addresses that readers may follow: code is none, odd characters are encoded."""

import pytest

from liveblog_cli.addresses import followable


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
    ],
)
def test_code_is_no_address(address: str) -> None:
    assert followable(address) == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x?y=1&z=%20#f", "https://a.example/x?y=1&z=%20#f"),
        ("photos/a b.png", "photos/a%20b.png"),
        ("https://a.example/Über", "https://a.example/Über"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("", ""),
    ],
)
def test_an_address_holds_only_what_a_url_may(address: str, kept: str) -> None:
    assert followable(address) == kept
