"""`liveblog reopen`: the coverage goes on."""

from liveblog_cli.model import lifecycle
from liveblog_cli.options.common import LOCK_TIMEOUT, By, File, Json, LockTimeout
from liveblog_cli.preview.answers import answer_json
from liveblog_cli.runtime.messages import say
from liveblog_cli.workspace.blog_path import open_file


def reopen(
    by: By = None,
    file: File = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json: Json = False,
) -> None:
    """Go on with a closed blog."""
    blog_file = open_file(file, by, lock_timeout)
    blog = blog_file.set(lifecycle.reopen_blog, blog_file.stamp("reopen"))
    if json:
        from liveblog_cli.storage.codec import plain_fields

        return answer_json({"action": "reopened", **plain_fields(blog)})
    return say(f"reopened: {blog.title}")
