"""The page's structured data: schema.org's LiveBlogPosting, one plain object, that nothing breaks out of."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from feeds import BERLIN, URL, awkward, blog_of, item, rendered

from liveblog_cli.edition.edition import Edition, Picture, PublicCorrection
from liveblog_cli.model.values import Publisher, Source
from liveblog_cli.rendering.jsonld import make_posting, to_script

TIME = datetime(2024, 11, 12, 10, 30, tzinfo=BERLIN)


def in_page(shown: Edition) -> Any:
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', rendered("html", shown), re.DOTALL
    )
    return json.loads(block)


def test_the_page_holds_the_value_as_one_object() -> None:
    node = in_page(awkward())
    assert node == make_posting(awkward())
    assert (node["@context"], node["@type"]) == ("https://schema.org", "LiveBlogPosting")


def test_the_start_does_not_drift() -> None:
    node = make_posting(blog_of(item(), started=TIME))
    assert node["datePublished"] == node["coverageStartTime"] == "2024-11-12T10:30:00+01:00"
    assert "coverageEndTime" not in node


def test_an_ended_blog_says_when() -> None:
    assert make_posting(blog_of(ended=TIME))["coverageEndTime"] == TIME.isoformat()


def test_an_update_has_what_a_crawler_needs() -> None:
    told = (PublicCorrection(kind="correction", at=TIME, note="Two."),)
    shown = blog_of(
        item(
            "aa",
            headline="News",
            body="A *word*.\n\nAnd another.",
            authors=("Ada Bee",),
            tags=("x",),
            sources=(Source(name="KCNA", url="https://kcna.example/"),),
            corrections=told,
        )
    )
    (update,) = make_posting(shown)["liveBlogUpdate"]
    assert update == {
        "@type": "BlogPosting",
        "@id": f"{URL}#aa",
        "url": f"{URL}#aa",
        "headline": "News",
        "articleBody": "A word.\n\nAnd another.",
        "datePublished": "2024-11-12T10:00:00+01:00",
        "dateModified": "2024-11-12T10:00:00+01:00",
        "author": [{"@type": "Person", "name": "Ada Bee", "url": f"{URL}#lb:by-ada-bee"}],
        "keywords": ["x"],
        "citation": [
            {"@type": "CreativeWork", "name": "KCNA", "url": "https://kcna.example/"}
        ],
        "correction": [
            {"@type": "CorrectionComment", "text": "Two.", "datePublished": TIME.isoformat()}
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ada Bee", "Person"),
        ("Desk", "Organization"),
        ("The Bee's night shift", "Organization"),
        ("Foreign desk", "Organization"),
        ("Ada Bee and Ben Cee", "Organization"),
        ("Redazione esteri", "Organization"),
        ("Redactie buitenland", "Organization"),
        ("Redação Brasil", "Organization"),
        ("Redacción internacional", "Organization"),
        ("Redakcja zagraniczna", "Organization"),
        ("Haber Merkezi", "Organization"),
        ("Редакция новостей", "Organization"),
        ("هيئة التحرير", "Organization"),
        ("ليلى حسن، نور علي", "Organization"),
        ("מערכת החדשות", "Organization"),
        ("تحریریه اقتصاد", "Organization"),
        ("Layla Tahrir", "Person"),
        ("ليلى تحرير", "Person"),
    ],
)
def test_a_desk_is_no_person(name: str, kind: str) -> None:
    node = make_posting(blog_of(authors=(name,), publisher=Publisher(name="The Bee")))
    assert [a["@type"] for a in node["author"]] == [kind]


def test_where_an_authors_address_leads_there_is_their_work() -> None:
    shown = blog_of(item(authors=("Ada Bee",)), item("bb", authors=("Ben Cee",)))
    page = rendered("html", shown)
    node = make_posting(shown)
    for author in [*node["author"], *[u["author"][0] for u in node["liveBlogUpdate"]]]:
        fragment = author["url"].partition("#")[2]
        assert len(re.findall(f'<(?:li|span) id="{fragment}"', page)) == 1


def test_only_pictures_with_an_address_are_named() -> None:
    pictures = (Picture(src="a.png"), Picture(src="b.png", url="https://a.example/b.png", width=9))
    (update,) = make_posting(blog_of(item(media=pictures)))["liveBlogUpdate"]
    assert update["image"] == [
        {"@type": "ImageObject", "url": "https://a.example/b.png", "width": "9 px"}
    ]


def test_a_blog_without_an_address_has_no_invented_ones() -> None:
    shown = blog_of(item("aa", permalink="urn:uuid:1#aa", authors=("Ada Bee",)), url="", base="urn:uuid:1")  # fmt: skip
    node = make_posting(shown)
    assert node["@id"] == "urn:uuid:1"
    assert "url" not in json.dumps(node).replace("urn:", "")


def test_nothing_ends_the_script_element() -> None:
    text = to_script({"headline": "</script><!--<script>&\u2028"})
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text)["headline"] == "</script><!--<script>&\u2028"
