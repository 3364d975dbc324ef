"""Remarks of an export: what readers will miss in it, for the desk to know."""

from __future__ import annotations

from liveblog_cli.edition.edition import Edition
from liveblog_cli.model.values import Blog
from liveblog_cli.publish.request import ExportRequest


def list_remarks(edition: Edition, request: ExportRequest, blog: Blog) -> list[str]:
    """A remark for each thing that readers will miss: links, alt texts, images that a sink does not get, or entries.

    `blog` is the one before the filter.
    """
    remarks = []
    if not edition.url:
        remarks.append(
            f"the blog has no address, so links begin with {edition.base}; "
            "set it with: liveblog set --url URL"
        )
    silent = [i.id for i in edition.items if any(p.is_image and not p.alt for p in i.media)]
    if silent:
        remarks.append(
            f"images without alt text: {', '.join(silent)}; "
            "add it with: liveblog edit ENTRY --alt TEXT"
        )
    if request.sink and any(
        p.is_image and "://" not in p.src for i in edition.items for p in i.media
    ):
        remarks.append("images are not copied: export to a folder for their files")
    return [*remarks, *_explain_empty(blog, edition, request)]


def _explain_empty(blog: Blog, edition: Edition, request: ExportRequest) -> list[str]:
    """If a filter lets no entry through, a line that says why, and what it could have let through."""
    if not request.is_filtered or edition.items:
        return []
    from liveblog_cli.model import filters
    from liveblog_cli.model.inventory import explain_none

    wanted = filters.parse_filter(blog, edition.now, **request.filter_options)
    public = [e for e in blog.entries if e.is_public(edition.now)]
    return [explain_none(public, wanted, edition.zone)]
