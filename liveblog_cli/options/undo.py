"""What `undo` and `redo` share: the step on the file, and what they say of it."""

from collections.abc import Callable, Sequence

from liveblog_cli.model.history import HEAD, Revision
from liveblog_cli.model.values import Blog, Change
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say
from liveblog_cli.storage.blogfile import BlogFile

Take = Callable[[Blog, Change, str], tuple[Blog, list[Revision]]]

_NAMED = 5


def step(blog_file: BlogFile, take: Take, action: str, entry: str | None) -> list[Revision]:
    """Undo or redo once on the file, under one lock, and answer what that was about.

    Raises:
        LiveblogError: there is nothing to do.
        ChangedMeanwhile: the newest change is somebody else's and no entry is named.
    """
    name = entry if entry in (None, HEAD) else blog_file.entry(entry).id
    stamp = blog_file.stamp(action)
    found: list[Revision] = []

    def edit(blog: Blog) -> Blog:
        new, found[:] = take(blog, stamp, name or "")
        return new

    blog_file.revise(edit)
    return found


def tell_acts(acts: Sequence[Revision], action: str, verb: str, as_json: bool) -> None:
    """`took back: pin k7m2q Headline`, a line an act; of a long stream only the first ones."""
    if as_json:
        answer_json({"action": action, "acts": acts})
        return
    for act in acts[:_NAMED]:
        words = [
            act.action,
            act.entry or "of the blog",
            act.title[:60] if act.entry else _names(act),
        ]
        say(f"{verb}: {' '.join(w for w in words if w)}")
    if len(acts) > _NAMED:
        say(f"{verb}: {len(acts) - _NAMED:,} more of the same stream")


def _names(act: Revision) -> str:
    return ", ".join(dict.fromkeys([*act.before, *act.after]))
