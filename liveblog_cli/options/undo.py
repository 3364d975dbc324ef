"""What `undo` and `redo` share: the step on the file, and what they say of it."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from liveblog_cli.model import undo
from liveblog_cli.model.history import HEAD, Revision
from liveblog_cli.model.values import Blog, Change
from liveblog_cli.options.common import ChangeOptions
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say
from liveblog_cli.storage.blogfile import BlogFile

_NAMED = 5


class Step(Struct, frozen=True):
    """A step through the history: its action, how it is said, and the function of the model that takes it."""

    action: str
    said: str
    take: Callable[[Blog, Change, str], tuple[Blog, list[Revision]]]


UNDO = Step("undo", "took back", undo.undo)
REDO = Step("redo", "brought back", undo.redo)


def take_step(step: Step, entry: str | None, run: ChangeOptions) -> None:
    """Undo or redo once on the file, under one lock, and say what that was about.

    Raises:
        LiveblogError: there is nothing to do.
        ChangedMeanwhile: the newest change is somebody else's and no entry is named.
    """
    revisions = _revise(run.open_blog(), step, entry)
    if run.json:
        return answer_json({"action": step.action, "acts": revisions})
    return _tell(revisions, step.said)


def _revise(blog_file: BlogFile, step: Step, entry: str | None) -> list[Revision]:
    name = entry if entry in (None, HEAD) else blog_file.entry(entry).id
    stamp = blog_file.stamp(step.action)
    return blog_file.revise(lambda blog: step.take(blog, stamp, name or ""))


def _tell(revisions: Sequence[Revision], said: str) -> None:
    """`took back: pin k7m2q Headline`, a line for each revision; of a long stream only the first ones."""
    for revision in revisions[:_NAMED]:
        words = [
            revision.action,
            revision.entry or "of the blog",
            revision.title[:60] if revision.entry else _list_fields(revision),
        ]
        say(f"{said}: {' '.join(w for w in words if w)}")
    if len(revisions) > _NAMED:
        say(f"{said}: {len(revisions) - _NAMED:,} more of the same stream")


def _list_fields(revision: Revision) -> str:
    return ", ".join(dict.fromkeys([*revision.before, *revision.after]))
