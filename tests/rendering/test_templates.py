"""A newsroom's templates: any block alone, wrong ones named by file and line, a starter to begin with."""

import re
from pathlib import Path

import pytest
from feeds import blog_of, item, rendered
from reporter import Reporter

from liveblog_cli.edition.edition import Edition
from liveblog_cli.rendering.page import context
from liveblog_cli.rendering.page_values import EntryView
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.rendering.templates import STARTER, ThemeError, built_in

DOCS = Path(__file__).parents[2] / "docs" / "themes.md"


def shown() -> Edition:
    return blog_of(item("aa", headline="News", body="Text.", authors=("Ada",), tags=("x",)))


def themed(template: str, **more: str) -> str:
    return rendered("html", shown(), theme={"page.html": template, **more})


def blocks() -> list[str]:
    text = (built_in("page.html") or "") + (built_in("blog.html") or "")
    found = re.findall(r"{% block (\w+)", text)
    return sorted(set(found) - {"document", "fragment_style"})


@pytest.mark.parametrize("block", blocks())
def test_any_block_can_be_overridden_alone(block: str) -> None:
    """The built-in content of the block is still at hand as super()."""
    page = themed(
        f'{{% extends "page.html" %}}{{% block {block} %}}<!-- mine -->{{{{ super() }}}}{{% endblock %}}'
    )
    plain = rendered("html", shown())
    optional = ("entry_media", "entry_sources", "entry_boxes", "entry_corrections")
    assert ("<!-- mine -->" in page) is (block not in optional)
    assert page.replace("<!-- mine -->", "") == plain


def test_a_style_sheet_of_its_own_takes_the_built_in_ones_place() -> None:
    page = themed('{% extends "page.html" %}', **{"style.css": ".lb{color:red}"})
    assert ".lb{color:red}" in page
    assert "--lb-paper" not in page


def test_a_theme_serves_fragments_as_well() -> None:
    theme = {"page.html": '{% extends "page.html" %}{% block title %}<h1>T</h1>{% endblock %}'}
    page = rendered("html", shown(), theme=theme, fragment=True)
    assert "<h1>T</h1>" in page
    assert "<html" not in page


def test_text_in_a_theme_is_escaped() -> None:
    theme = '{% extends "page.html" %}{% block kicker %}{{ "<b>" }}{{ blog.title }}{% endblock %}'
    assert "&lt;b&gt;Harbour" in themed(theme)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{% extends "page.html" %}\n{% block title %}', "page.html, line 2: Unexpected end"),
        ('{% extends "page.html" %}\n\n{% block title %}{{ blgo.title }}{% endblock %}', "page.html, line 3: UndefinedError: 'blgo' is undefined"),
        ('{% extends "other.html" %}', "no template 'other.html'"),
        ('{% extends "page.html" %}{% block title %}{{ 1 / 0 }}{% endblock %}', "page.html, line 1: ZeroDivisionError"),
        ("{{ ''.__class__ }}", "page.html, line 1: SecurityError"),
    ],
)  # fmt: skip
def test_a_wrong_template_names_its_file_and_line(template: str, message: str) -> None:
    with pytest.raises(ThemeError, match=re.escape(message)):
        themed(template)


def test_the_file_that_is_wrong_is_named_not_the_one_that_includes_it() -> None:
    with pytest.raises(ThemeError, match=r"extra\.html, line 2"):
        themed('{% include "extra.html" %}', **{"extra.html": "\n{{ nothing }}"})


def test_init_writes_a_starter_that_works(reporter: Reporter, tmp_path: Path) -> None:
    reporter.done("add-entry", "News")
    reporter.done("theme", "init", "mine")
    assert (tmp_path / "mine" / "page.html").read_text("utf-8") == built_in(STARTER)
    reporter.done("export", "html", "--theme", "mine", "-o", "out")
    assert "#8a1538" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_init_never_overwrites(reporter: Reporter, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "page.html").write_text("precious")
    status, _, err = reporter.run("theme", "init", "mine")
    assert (status, "exists already" in err) == (1, True)
    assert (tmp_path / "mine" / "page.html").read_text() == "precious"


def test_the_documentation_names_all_that_templates_get() -> None:
    text = DOCS.read_text("utf-8")
    names = [*context(shown(), Settings()), *EntryView.__struct_fields__, *blocks()]
    assert [n for n in names if f"`{n}`" not in text] == []
