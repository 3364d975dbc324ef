"""`liveblog reopen`: the coverage goes on."""

from liveblog_cli.model import lifecycle
from liveblog_cli.options.common import ChangeOptions
from liveblog_cli.options.groups import spread_options
from liveblog_cli.preview.answers import answer_record
from liveblog_cli.runtime.messages import say


@spread_options
def reopen(run: ChangeOptions) -> None:
    """Go on with a closed blog."""
    blog_file = run.open_blog()
    blog = blog_file.set(lifecycle.reopen_blog, blog_file.stamp("reopen"))
    if run.json:
        return answer_record(blog, action="reopened")
    return say(f"reopened: {blog.title}")
