"""A newsroom's templates: any block alone, wrong ones named by file and line, a starter to begin with."""

import re
from pathlib import Path

import pytest
from feeds import blog_of, item, rendered
from reporter import Reporter

from liveblog_cli.edition.edition import Edition
from liveblog_cli.model.fields import PLAIN
from liveblog_cli.model.values import Note
from liveblog_cli.rendering.page import make_context
from liveblog_cli.rendering.page_values import EntryView
from liveblog_cli.rendering.settings import Settings
from liveblog_cli.rendering.templates import STARTER, ThemeError, read_built_in

DOCS = Path(__file__).parents[2] / "docs" / "themes.md"


def shown() -> Edition:
    return blog_of(item("aa", headline="News", body="Text.", authors=("Ada",), tags=("x",)))


def themed(template: str, **more: str) -> str:
    return rendered("html", shown(), theme={"page.html": template, **more})


def blocks() -> list[str]:
    text = (read_built_in("page.html") or "") + (read_built_in("blog.html") or "")
    found = re.findall(r"{% block (\w+)", text)
    return sorted(set(found) - {"document", "fragment_style"})


@pytest.mark.parametrize("block", blocks())
def test_any_block_can_be_overridden_alone(block: str) -> None:
    """The built-in content of the block is still at hand as super()."""
    page = themed(
        f'{{% extends "page.html" %}}{{% block {block} %}}<!-- mine -->{{{{ super() }}}}{{% endblock %}}'
    )
    plain = rendered("html", shown())
    optional = ("entry_media", "entry_sources", "entry_notes", "entry_boxes", "entry_corrections")
    assert ("<!-- mine -->" in page) is (block not in optional)
    assert page.replace("<!-- mine -->", "") == plain


@pytest.mark.parametrize("name", ["notes", "boxes"])
def test_standing_notices_have_their_old_name_as_well(name: str) -> None:
    """Themes that were written before `boxes` became `notes` go on working, in blocks and in values."""
    note = Note(id="parties", title="About", text="Claims.")
    with_note = blog_of(item("aa", headline="News", notes=(note,)))
    block = "{{% block entry_{0} %}}{{% for n in entry.{0} %}}<i>{{{{ n.title }}}}</i>{{% endfor %}}{{% endblock %}}"
    loose = "{{% block after %}}{{% for i in blog.items %}}<b>{{{{ i.{0}[0].text }}}}</b>{{% endfor %}}{{% endblock %}}"
    template = '{% extends "page.html" %}' + (block + loose).format(name)
    page = rendered("html", with_note, theme={"page.html": template})
    assert "<i>About</i>" in page
    assert "<b>Claims.</b>" in page
    assert "lb-box-title" not in page.partition("</head>")[2]


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


EXTENDS = '{% extends "page.html" %}\n'


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ({"page.html": EXTENDS + "{% block imprnt %}{% endblock %}"}, "theme: page.html, line 2: there is no block 'imprnt': did you mean 'imprint'?"),
        ({"page.html": EXTENDS + "{% block sponsor %}{% endblock %}"}, "theme: page.html, line 2: there is no block 'sponsor'"),
        ({"page.html": EXTENDS, "blog.html": '{% extends "blog.html" %}{% block sumary %}{% endblock %}'}, "theme: blog.html, line 1: there is no block 'sumary': did you mean 'summary'?"),
        ({"page.html": '{% extends "base.html" %}{% block tilte %}{% endblock %}', "base.html": EXTENDS.replace("page", "builtin/page")}, "theme: page.html, line 1: there is no block 'tilte': did you mean 'title'?"),
        ({"pgae.html": EXTENDS}, "theme: pgae.html: no template uses it: did you mean 'page.html'?"),
        ({"page.html": EXTENDS, "styles.css": ""}, "theme: styles.css: no template uses it: did you mean 'style.css'?"),
    ],
)  # fmt: skip
def test_a_name_that_nothing_uses_is_an_error(theme: dict[str, str], said: str) -> None:
    """It left the built-in page as it was: a newsroom's imprint was just not there."""
    with pytest.raises(ThemeError) as error:
        rendered("html", shown(), theme=theme)
    assert error.value.message == said


def test_every_name_that_nothing_uses_is_told_at_once() -> None:
    two = EXTENDS + "{% block kickr %}{% endblock %}\n{% block titel %}{% endblock %}"
    with pytest.raises(ThemeError) as error:
        themed(two)
    assert [line.split(":")[1] for line in error.value.message.splitlines()] == [
        " page.html, line 2",
        " page.html, line 3",
    ]


@pytest.mark.parametrize(
    "theme",
    [
        {"page.html": EXTENDS + "{% block footer %}{% block mine %}x{% endblock %}{% endblock %}"},
        {"page.html": EXTENDS + "{% block mine %}x{% endblock %}{% block title %}{{ self.mine() }}{% endblock %}"},
        {"page.html": "{% block all_of_it %}x{% endblock %}"},
        {"page.html": '{% extends "base.html" %}{% block mine %}y{% endblock %}', "base.html": "{% block mine %}x{% endblock %}"},
        {"page.html": "{% extends 'page' ~ '.html' %}{% block mine %}{% endblock %}"},
        {"page.html": '{% if true %}{% extends "page.html" %}{% endif %}{% block mine %}{% endblock %}'},
        {"page.html": EXTENDS + '{% block title %}{% include "titel.html" ignore missing %}{% endblock %}'},
        {"page.html": EXTENDS + '{% block title %}{% include "pages.html" %}{% endblock %}', "pages.html": "x"},
        {"page.html": EXTENDS, "page.html.bak": "", "notes.txt": "", "img/logo.svg": "<svg/>"},
    ],
    ids=str,
)  # fmt: skip
def test_a_themes_own_names_are_its_own(theme: dict[str, str]) -> None:
    assert rendered("html", shown(), theme=theme)


def test_templates_that_extend_each_other_are_an_error_and_no_endless_search() -> None:
    with pytest.raises(ThemeError, match="Recursion"):
        themed('{% extends "a.html" %}', **{"a.html": '{% extends "page.html" %}'})


def test_an_export_with_a_mistyped_theme_writes_nothing(reporter: Reporter, tmp_path: Path) -> None:
    reporter.done("theme", "init", "mine")
    page = tmp_path / "mine" / "page.html"
    page.write_text(
        page.read_text("utf-8").replace("{% block style %}", "{% block styel %}"), "utf-8"
    )
    assert "did you mean 'style'?" in reporter.refused("export", "--theme", "mine").err


def test_init_writes_a_starter_that_works(reporter: Reporter, tmp_path: Path) -> None:
    reporter.done("add-entry", "News")
    reporter.done("theme", "init", "mine")
    assert (tmp_path / "mine" / "page.html").read_text("utf-8") == read_built_in(STARTER)
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
    names = [*make_context(shown(), Settings()), *EntryView.__struct_fields__, *PLAIN, *blocks()]
    assert [n for n in names if f"`{n}`" not in text] == []
