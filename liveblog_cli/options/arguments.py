"""What a word of the command line is: an option, the value of one, or text.

Click takes `-before dawn` for `-b` with the value "efore dawn". Here a word with a dash in front is an
option in full, or is refused; text stands behind `--` (POSIX, Utility Syntax Guideline 10). Only what
has a digit or a blank behind its dash is text as it is: "-5 degrees tonight".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from typer.core import TyperCommand, TyperGroup

from liveblog_cli.errors import WrongUsage

_TEXTS = {"words", "title"}
"""Arguments that are texts for readers, in which a blank in front changes nothing."""

_PATHS = {"file", "files", "folder", "image", "new", "output", "theme"}
"""Names of files: their bytes are what names them, whatever letters they are."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
"""The hyphen, and what word processors and phones make of one or two."""


class Command(TyperCommand):
    """A command that refuses a word with a dash in front unless it is one of its options, spelled in full."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, _CommandLine(self, ctx).spell_out(args))
        if sys.getfilesystemencoding() != "utf-8":
            ctx.params = {k: v if k in _PATHS else _decode(v) for k, v in ctx.params.items()}
        return rest


class Group(TyperGroup):
    """Commands under one name. A name that is none of them is refused, with a suggestion."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            self._refuse_unknown_options(ctx, args)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None:
            from liveblog_cli.text.suggest import suggest

            raise WrongUsage(
                f"no command {name!r}{suggest(name, self.list_candidates(ctx, name))}",
                f"see: {ctx.command_path} --help",
            )
        return super().resolve_command(ctx, args)

    def list_candidates(self, ctx: Any, name: str) -> list[str]:
        """The commands that may be suggested for `name`."""
        return list(self.list_commands(ctx))

    def _refuse_unknown_options(self, ctx: Any, args: list[str]) -> None:
        known = [n for p in self.get_params(ctx) for n in (*p.opts, *p.secondary_opts)]
        for word in takewhile(lambda w: w[:1] == "-" and w.strip("-"), args):
            if word.partition("=")[0] in known:
                continue
            from liveblog_cli.text.suggest import find_likely, format_suggestion

            bare = word.strip(_DASHES)
            close = find_likely(word, known) or find_likely(bare, self.list_candidates(ctx, bare))
            raise WrongUsage(
                f"{word!r} is no option of {ctx.command_path}{format_suggestion(close)}",
                f"see: {ctx.command_path} --help",
            )


def _decode(value: Any) -> Any:
    """A value whose bytes the locale could not read (PEP 383), read as UTF-8 if it is valid UTF-8."""
    if isinstance(value, list | tuple):
        return type(value)([_decode(v) for v in value])
    if not isinstance(value, str) or value.isprintable():
        return value
    try:
        return os.fsencode(value).decode()
    except UnicodeError:
        return value


class _CommandLine:
    """Tells options, their values and texts of a command line apart, by the options that the command has."""

    def __init__(self, command: Command, ctx: Any) -> None:
        params = command.get_params(ctx)
        self._path: str = ctx.command_path
        self._completing: bool = ctx.resilient_parsing
        self._options: dict[str, Any] = {
            n: p for p in params for n in (*p.opts, *p.secondary_opts) if n[0] == "-"
        }
        self._takes_text = any(p.name in _TEXTS for p in params)

    def spell_out(self, args: list[str]) -> list[str]:
        """The same words in a form that Click can't misread: options as `--option=value`, then `--`, then the texts.

        Raises:
            WrongUsage: a word with a dash in front is neither an option in full nor clearly text.
        """
        options: list[str] = []
        texts: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                texts += words
            elif _is_text(word):
                self._refuse_disguised(word)
                texts.append(word)
            else:
                options += self._read_option(word, words)
        self._refuse_twice(options)
        return [*options, "--", *texts]

    def _refuse_twice(self, options: list[str]) -> None:
        """Refuse a text that is given twice, for one of the two would be lost. Of other options the last one counts.

        Raises:
            WrongUsage: an option that takes one text has two.
        """
        names = [o.partition("=")[0] for o in options]
        for name in names:
            option = self._options[name]
            one = option.metavar == "TEXT" and not option.multiple
            if one and names.count(name) > 1 and not self._completing:
                raise WrongUsage(f"{name} is given twice, and takes one text")

    def _read_option(self, word: str, rest: Iterator[str]) -> list[str]:
        name, equals, _ = word.partition("=")
        option = self._options.get(name)
        if option is None or (equals and name[:2] != "--"):
            return self._read_number(word) or self._refuse(word)
        if equals or option.is_flag:
            return [word]
        value = next(rest, None)
        if value is None or self._is_option(value):
            return self._refuse_without_value(name, _long(option), value)
        self._refuse_disguised(value)
        return [f"{_long(option)}={value}"]

    def _read_number(self, word: str) -> list[str]:
        """Read `-n20` as `-n 20`; nothing if the option takes no number."""
        option = self._options.get(word[:2])
        counts = option is not None and option.type.name in ("int", "int range")
        return [f"{_long(option)}={word[2:]}"] if counts and word[2:].isdecimal() else []

    def _is_option(self, word: str) -> bool:
        """Whether a word that should be a value is an option in full, or was meant as one."""
        name = word.partition("=")[0]
        shaped = word[:2] == "--" and word[2:].replace("-", "").isalpha() and word.islower()
        known = name in self._options and (name[:2] == "--" or name == word)
        return word == "--" or shaped or known

    def _refuse_disguised(self, word: str) -> None:
        """Refuse `—pin`: phones and word processors make one long dash of two short ones.

        Raises:
            WrongUsage: with short dashes the word is an option of this command.
        """
        if word[:1] not in _DASHES or self._completing:
            return
        name, equals, value = word.lstrip(_DASHES).partition("=")
        dashes = word.removesuffix(name + equals + value)
        for meant in (f"--{name}", f"-{name}"):
            if dashes.strip("-") and meant in self._options:
                raise WrongUsage(
                    f"{word!r} begins with a long dash: did you mean {meant + equals + value!r}?",
                    f"as text it stands behind --, or has a blank in front: {_quote(f' {word}')}",
                )

    def _refuse(self, word: str) -> list[str]:
        if self._completing:
            return []
        close = self._find_meant(word)
        hint = f"text that begins with a dash stands behind --: {self._path} -- {_quote(word)}"
        if self._takes_text:
            hint += f", or has a blank in front: {_quote(f' {word}')}"
        elif close:
            hint = f"see: {self._path} --help"
        from liveblog_cli.text.suggest import format_suggestion

        raise WrongUsage(f"{word!r} is no option of {self._path}{format_suggestion(close)}", hint)

    def _refuse_without_value(self, name: str, long: str, value: str | None) -> list[str]:
        if self._completing:
            return []
        if value is None:
            raise WrongUsage(f"{name} needs a value", f"see: {self._path} --help")
        raise WrongUsage(
            f"{name} needs a value, but an option follows: {value!r}",
            f"if that is the value, write it as one word: {_quote(f'{long}={value}')}",
        )

    def _find_meant(self, word: str) -> list[str]:
        """The options that were probably meant; none where it looks like text."""
        name, equals, value = word.partition("=")
        bare = name.lstrip(_DASHES).lower()
        long = [n for n in self._options if n[:2] == "--"]
        if f"--{bare}" in long:
            return [f"--{bare}{equals}{value}"]
        from liveblog_cli.text.suggest import find_likely

        close = find_likely(f"--{bare}", long)
        if len(bare) > 2 and any(n.startswith(f"--{bare}") for n in close):
            return close
        short = self._options.get(word[:2])
        if short and not short.is_flag and short.metavar != "TEXT" and " " not in word:
            return [f"{word[:2]} {word[2:].removeprefix('=')}"]
        return close


def _is_text(word: str) -> bool:
    """Whether a word is clearly text. A single `-` is: it stands for stdin, and Click passes it on."""
    return word[:1] != "-" or len(word) == 1 or word[1].isspace() or word[1].isdigit()


def _long(option: Any) -> str:
    return str(max(option.opts, key=len))


def _quote(text: str) -> str:
    """A word as one types it, not longer than a line can bear."""
    import shlex

    return shlex.quote(text if len(text) <= 40 else f"{text[:39]}…")
