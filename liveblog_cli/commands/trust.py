"""`liveblog trust`: let the hooks of a blog file run."""

from typing import Annotated

import typer

from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.workspace import trust as trusted


@spread_options
def trust(
    revoke: Annotated[bool, typer.Option("--revoke", help="Let them run no more.")] = False,
    *,
    run: ReadOptions,
) -> None:
    """Let the hooks that stand in the blog file run on this machine, as they are now."""
    blog_file = run.open_blog()
    hooks = blog_file.head().hooks
    if blog_file.load().blog.hooks != hooks:
        warn(f"{blog_file.path}: hooks behind the first entry never run; move them before it")
    for problem in blog_file.idle_hooks():
        warn(problem)
    if revoke:
        trusted.revoke(blog_file.path)
    elif hooks:
        trusted.trust(blog_file.path, hooks)
    if run.json:
        runs = [{"run": h.run, "on": list(h.on)} for h in hooks]
        answer_json(
            {"file": str(blog_file.path), "trusted": bool(hooks) and not revoke, "hooks": runs}
        )
        return
    done = "not run any more" if revoke else "trusted: they run after changes"
    say(f"{blog_file.path}: hooks {done}" if hooks else f"{blog_file.path}: no hooks")
    for hook in hooks:
        say(f"  {_shown(hook.run)}  ({_shown(', '.join(hook.on)) or 'every change'})")


def _shown(text: str) -> str:
    """`text` with every sign in it that would not be seen, or would look like another, spelled out."""
    return "".join([c if c.isprintable() else ascii(c)[1:-1] for c in text])
