"""The fields of an entry as options of `add-entry` and `edit`, made from `model.fields.FIELDS`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct, defstruct
from msgspec.structs import replace

from liveblog_cli.model.field_kinds import Context, Field, MediaTexts, Option
from liveblog_cli.model.fields import FIELDS, edit_entry, new_entry
from liveblog_cli.model.values import Entry
from liveblog_cli.storage.blogfile import BlogFile

DraftFile = Annotated[
    str | None,
    typer.Option(
        "--draft-file",
        metavar="PATH",
        help="Go on with a draft that was kept: in the editor; without a terminal, as it is.",
    ),
]


class EntryOptions(Struct, frozen=True):
    """The fields of an entry as they stood on the command line; None for those that did not.

    There is an attribute for each option, called like it: `at`, `tag`, `alt`.
    """

    if TYPE_CHECKING:  # for those that commands ask for by name
        headline: str | None = None
        body: str | None = None
        image: list[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether none was given."""
        return self == type(self)()

    def with_texts(self, headline: str | None, body: str | None) -> "EntryOptions":
        """The same with these two texts."""
        return replace(self, headline=headline, body=body)

    def read(self, blog_file: BlogFile) -> "GivenFields":
        """What was given, cleaned.

        Raises:
            LiveblogError: something can't be what it should be; the message says what.
        """
        notes = any(getattr(self, "note", None) or [])
        head = blog_file.whole_head() if notes else blog_file.head()
        context = Context(blog=head, now=blog_file.now())
        typed = {n: self._parse_option(n, field, blog_file) for n, field in FIELDS.items()}
        given = {n: FIELDS[n].clean(v, n, context) for n, v in typed.items() if v is not None}
        return GivenFields(given, context)

    def _parse_option(self, name: str, field: Field, blog_file: BlogFile) -> Any:
        if name == "media":
            return self._media(blog_file)
        key = field.options[0].key
        value, default = getattr(self, key), getattr(type(self)(), key)
        return None if value == default else field.parse(value)

    def _media(self, blog_file: BlogFile) -> Any:
        alts, captions, credits = (getattr(self, k) or [] for k in ("alt", "caption", "credit"))
        texts = MediaTexts(alts, captions, credits)
        if self.image is not None:
            from liveblog_cli.ingest.media_files import read_media

            return read_media(self.image, texts, blog_file.path.parent)
        return texts if alts or captions or credits else None


class GivenFields(Struct, frozen=True):
    """Fields of an entry that were given and cleaned, by name."""

    values: dict[str, Any]
    context: Context

    def new_entry(self) -> Entry:
        """An entry of them, timed now if no time was given."""
        return new_entry(self.values, self.context)

    def edit(self, hint: str) -> Callable[[Entry], Entry]:
        """What they make of an entry that is there; it may not be left empty, and `hint` says what to do."""
        return lambda old: edit_entry(old, self.values).require_content("an image", hint)


def make_options(of_edit: bool) -> Any:
    """The options of a new entry, or those for an entry that is there, as a group for `groups.spread_options`."""
    options = [
        (option.key, *_declare_option(option, field, of_edit))
        for field in FIELDS.values()
        for option in field.options
    ]
    made: Any = defstruct("EntryOptions", options, bases=(EntryOptions,), frozen=True)
    return made


def _declare_option(option: Option, field: Field, of_edit: bool) -> tuple[Any, Any]:
    help = (of_edit and option.edit_help) or option.help
    if field.flag:
        name = f"{option.name}/{option.off}" if of_edit and option.off else option.name
        can_be_off = of_edit and option.off
        kind: Any = bool | None if can_be_off else bool
        return Annotated[kind, typer.Option(name, help=help)], None if can_be_off else False
    names = [option.name, *([option.short] if option.short else [])]
    kind = list[str] | None if field.many else str | None
    return Annotated[kind, typer.Option(*names, metavar=option.metavar, help=help)], None
