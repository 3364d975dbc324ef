"""Addresses that readers may follow: code is none, odd characters are encoded."""

import re

import pytest
from hypothesis import given
from hypothesis.strategies import text
from reporter import Reporter

from liveblog_cli.errors import LiveblogError
from liveblog_cli.model.cleaning import address
from liveblog_cli.text.markdown import to_html
from liveblog_cli.text.urls import to_uri


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
    assert to_uri(address) == ""


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
    assert to_uri(address) == kept


HOSTS = {
    "www.MÜller.example": "www.xn--mller-kva.example",
    "straße.example": "xn--strae-oqa.example",
    "βόλος.com": "xn--nxasmm1c.com",
    "İstanbul.example": "xn--istanbul-o0e.example",
    "ｅｘａｍｐｌｅ.example": "example.example",
    "日本語。example": "xn--wgv71a119e.example",
    "bücher.example.": "xn--bcher-kva.example.",
    "u\u0308.example": "xn--tda.example",
    "so\u00adft.example": "soft.example",
    "i❤\ufe0f.example": "xn--i-7iq.example",
    "🫨.example": "xn--929h.example",
    "שלום.example": "xn--9dbne9b.example",
    "l·l.example": "xn--ll-0ea.example",
    "a_ü.example": "xn--a_-yka.example",
    "r3---ü.bücher.example": "xn--r3----ova.xn--bcher-kva.example",
    "%C3%BC.example": "xn--tda.example",
    "аpple.example": "xn--pple-43d.example",
    "xn--mller-kva.example": "xn--mller-kva.example",
    "XN--MLLER-KVA.example": "xn--mller-kva.example",
    "xn--i-7iq.example": "xn--i-7iq.example",
}
"""Hosts as they are typed and as the DNS knows them; the same as `new URL()` makes of them."""

NO_HOSTS = [
    "\u0308a.example",
    "ü\u200db.example",
    "אa.example",
    "1.שלום.example",
    "ü..example",
    ".ü.example",
    "ü x.example",
    "ü／x.example",
    "ü＠x.example",
    "ü：80.example",
    "℀.example",
    "\ud7ff.example",
    "%FF.example",
    "a%2Fb.example",
    "xn--.example",
    "xn--a.example",
    "xn--zzzz99.example",
    "xn--abc-.example",
    "xn--Mller-2pa.example",
    "xn--xn--ü.example",
    "ü" * 60 + ".example",
    ".".join(["bücher"] * 60),
]
"""What browsers ask for under no name."""


@pytest.mark.parametrize(("host", "known"), HOSTS.items())
def test_a_host_is_named_as_browsers_name_it(host: str, known: str) -> None:
    for before, behind in (
        ("https://", "/"),
        ("//", ""),
        ("http://", ":8080/?q#f"),
        ("https://d%C3%B6rte:x@", "/"),
        ("mailto:desk@", "?subject=x"),
    ):
        assert to_uri(f"{before}{host}{behind}") == f"{before}{known}{behind}"


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_can_be_no_host_is_no_address(host: str) -> None:
    for before in ("https://", "//", "https://x@", "mailto:desk@"):
        assert to_uri(f"{before}{host}") == ""
    assert to_uri(f"https://a.example/{host}?{host}#{host}").startswith("https://a.example/")


@pytest.mark.parametrize(
    "address", ["https://[2001:db8::1]:8080/ü", "http://[::1]/", "https://127.0.0.1:80/ü"]
)
def test_a_host_of_numbers_stays(address: str) -> None:
    assert to_uri(address) == address.replace("ü", "%C3%BC")


def test_what_stands_before_a_host_is_not_part_of_its_name() -> None:
    assert to_uri("https://dörte:ü@ü.example") == "https://d%C3%B6rte:%C3%BC@xn--tda.example"


def test_a_link_in_a_text_leads_to_the_same_host_as_every_other_address() -> None:
    for host, known in HOSTS.items():
        if "%" not in host and not host.isascii():
            assert f'"https://{known}/%C3%B6"' in to_html(f"[x](https://{host}/ö)")
    assert '"https://%CC%88a.example/%C3%B6"' in to_html("[x](https://\u0308a.example/ö)")
    assert '"mailto:desk@xn--tda.example"' in to_html("[x](mailto:desk@Ü.example)")


@pytest.mark.parametrize("host", NO_HOSTS)
def test_an_address_without_a_host_is_refused_where_it_is_typed(host: str) -> None:
    with pytest.raises(LiveblogError, match="is not a web address"):
        address(f"https://{host}/", "source")


def test_an_address_of_nothing_but_host_is_soon_done() -> None:
    for host in ("ü" * 100_000, "ü." * 100_000, "xn--" * 100_000, "%C3%BC" * 100_000):
        assert to_uri(f"https://{host}") == ""


@given(text())
def test_every_address_is_ascii_and_encoded_once(address: str) -> None:
    done = to_uri(address)
    assert done.isascii()
    assert to_uri(done) == done


def test_every_export_names_a_host_as_the_dns_does(reporter: Reporter) -> None:
    """Feeds are read by programs of which many know ASCII alone."""
    reporter.done("set", "--url", "https://Zeitung-Süd.example/ticker")
    reporter.done(
        "add",
        "H",
        "--source",
        "dpa <https://Süd.example/ä>",
        "--image",
        "https://süd.example/a.png",
    )
    reporter.done("add", "I", "-b", "See [this](https://SÜD.example/ö).")
    reporter.done("export", "html", "md", "json", "rss", "atom", "ninjs", "sitemap", "-o", "out")
    for name, data in reporter.files().items():
        if name.startswith("out/"):
            text = data.decode()
            assert "https://xn--zeitung-sd-ieb.example/ticker" in text, name
            typed = (
                "See [this](https://SÜD.example/ö)."  # Markdown beside the HTML that is made of it
            )
            assert not re.search("https?://[^/ ]*[sS]([üÜ]|%C3)", text.replace(typed, "")), name


@pytest.mark.parametrize("host", ["xn--zzzz99.example", "\u0308a.example"])
def test_check_names_a_link_that_leads_to_no_host(reporter: Reporter, host: str) -> None:
    reporter.done("add", "H", "-b", f"See [this](https://{host}/).")
    assert "leads to no web address" in reporter.run("check").out
