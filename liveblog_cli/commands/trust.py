"""`liveblog trust`: let the hooks of a blog file run."""

from typing import Annotated

import typer

from liveblog_cli.options.common import ReadOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say, warn
from liveblog_cli.workspace.trust import revoke_trust, trust_hooks


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
        revoke_trust(blog_file.path)
    elif hooks:
        trust_hooks(blog_file.path, hooks)
    if run.json:
        runs = [{"run": h.run, "on": list(h.on)} for h in hooks]
        answer_json(
            {"file": str(blog_file.path), "trusted": bool(hooks) and not revoke, "hooks": runs}
        )
        return
    done = "not run any more" if revoke else "trusted: they run after changes"
    say(f"{blog_file.path}: hooks {done}" if hooks else f"{blog_file.path}: no hooks")
    for hook in hooks:
        say(f"  {_spell_out(hook.run)}  ({_spell_out(', '.join(hook.on)) or 'every change'})")


def _spell_out(text: str) -> str:
    """`text` with its invisible and control characters as escapes, so that all that would run can be read."""
    return "".join([c if c.isprintable() else ascii(c)[1:-1] for c in text])
