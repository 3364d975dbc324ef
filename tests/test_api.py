"""The Python API: what its docstrings and its page show is true, and it keeps the commands' laws."""

import doctest
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import liveblog_cli
from liveblog_cli import LiveblogError, Media, OpenBlog, Source, api, cli, open_blog

ROOT = Path(__file__).parent.parent


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenBlog:
    monkeypatch.chdir(tmp_path)
    new = ["new", "Harbour fire", "--language", "en", "--timezone", "Europe/Berlin"]
    assert cli.main(new) == 0
    return open_blog("liveblog.toml", by="Ada")


@pytest.mark.usefixtures("blog")
def test_the_docstrings_show_what_happens() -> None:
    done = doctest.testmod(api)
    assert (done.failed, done.attempted > 15) == (0, True)


@pytest.mark.usefixtures("blog")
def test_the_page_shows_what_happens() -> None:
    done = doctest.testfile(
        str(ROOT / "docs" / "python.md"),
        module_relative=False,
        optionflags=doctest.ELLIPSIS,
    )
    assert (done.failed, done.attempted > 5) == (0, True)


def test_the_recipe_follows_a_feed_and_a_second_run_changes_nothing(blog: OpenBlog) -> None:
    pytest.importorskip("feedparser")
    page = (ROOT / "docs" / "python.md").read_text()
    (code,) = re.findall(r"```python\n(from datetime.*?)```", page, re.DOTALL)
    names: dict[str, Callable[[str, str], None]] = {}
    exec(code, names)
    feed = shutil.copy(ROOT / "tests" / "feeds" / "harbour.rss", "feed.rss")
    names["follow"](feed, "liveblog.toml")
    first, second = blog.read().entries[::-1]
    assert (first.ref, first.headline) == ("radio-1041", "Smoke over pier 4 & the old crane")
    assert first.time.isoformat() == "2024-11-12T02:18:00+01:00"
    assert second.tags == ("fire", "traffic")
    before = blog.path.read_bytes()
    names["follow"](feed, "liveblog.toml")
    assert blog.path.read_bytes() == before
    Path(feed).write_text(Path(feed).read_text().replace("is closed", "is open again"))
    names["follow"](feed, "liveblog.toml")
    changed = blog.entry("ref:radio-1042")
    assert (changed.headline, len(changed.history)) == ("Pier 4 is open again", 1)


def test_fields_arrive_as_they_were_given(blog: OpenBlog) -> None:
    entry = blog.add(
        "Smoke",
        time=datetime(2024, 7, 1, 10, 0, tzinfo=UTC),
        authors=["Ada"],
        key=True,
        status="draft",
        sources=[Source(name="dpa", kind="agency", verified=False)],
        media=[Media(url="https://img.example/a.jpg", alt="Smoke")],
    )
    assert entry == blog.read().entries[0]
    assert entry.time.isoformat() == "2024-07-01T12:00:00+02:00"
    assert (entry.key, entry.status, entry.sources[0].verified) == (True, "draft", False)
    assert entry.added is not None
    assert entry.added.by == "Ada"


def test_a_draft_is_published_now_or_when_it_is_said(blog: OpenBlog) -> None:
    moment = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
    entry = blog.publish(blog.add("Smoke", status="draft").id, moment)
    assert (entry.status, entry.time) == (None, moment)
    blog.retract(entry.id)
    with pytest.raises(LiveblogError, match="is retracted"):
        blog.publish(entry.id)


def test_an_export_in_python_is_what_the_command_writes(
    blog: OpenBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.add("Smoke", time="2024-07-01T10:00:00+02:00")
    monkeypatch.setenv("LIVEBLOG_NOW", "2024-07-02T10:00:00+02:00")
    assert cli.main(["export", "json", "rss", "-o", "out"]) == 0
    texts = blog.export("json", "rss")
    assert texts["json"] == Path("out/feed.json").read_text()
    assert texts["rss"] == Path("out/feed.xml").read_text()
    assert blog.export("rss", folder="mine")["rss"] == Path("mine/feed.xml").read_text()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda b: b.add(), "needs a headline"),
        (lambda b: b.add("x", headlin="y"), "did you mean 'headline'"),
        (lambda b: b.add("x", tags=[1]), "text in quotes was expected, not a whole number"),
        (lambda b: b.add("x", time=object()), "."),
        (lambda b: b.edit("nobody", headline="x"), "no entry 'nobody'"),
        (lambda b: b.edit("last", ref="x"), "stays as it is"),
        (lambda b: b.edit("last", headline="y", correction="a", update="b"), "at a time"),
        (lambda b: b.set(titel="x"), "no field titel"),
        (lambda b: b.set(timezone="Mars/Base"), "unknown time zone"),
        (lambda b: b.export("doc"), "no format 'doc'"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_written(
    blog: OpenBlog, wrong: Callable[[OpenBlog], object], words: str
) -> None:
    blog.add("Smoke")
    before = blog.path.read_bytes()
    with pytest.raises(LiveblogError, match=words):
        wrong(blog)
    assert blog.path.read_bytes() == before


def test_threads_lose_nothing(blog: OpenBlog) -> None:
    first = blog.add("First").id

    def work(number: int) -> None:
        blog.add(f"Number {number}", ref=f"r{number % 10}")
        blog.edit(first, tags=[f"t{number}"])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = blog.read().entries
    assert sorted(e.ref for e in entries if e.ref) == [f"r{n}" for n in range(10)]
    assert len(entries[0].history) == 20


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys; import liveblog_cli; print(*[m for m in sys.modules if 'liveblog' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["liveblog_cli"]


def test_every_name_that_the_package_promises_is_there() -> None:
    assert all(hasattr(liveblog_cli, name) for name in liveblog_cli.__all__)
    assert not hasattr(liveblog_cli, "nothing")
