"""How a command line ends: its exit status, and what stderr says of it. Here alone errors are printed."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import typer

from liveblog_cli.errors import AnswerLost, LiveblogError, Stopped
from liveblog_cli.runtime import streams
from liveblog_cli.runtime.command_run import CommandRun
from liveblog_cli.runtime.messages import warn


def end(work: Callable[[], Any], run: CommandRun, debug: bool) -> int:
    """Run a command line and answer its exit status. What follows the answer has ended then.

    With `debug` the traceback of an error is shown before it is said; its status stays the same.
    """
    out = sys.stdout
    try:
        status = work()
        out.flush()
    except SystemExit as exited:
        if not isinstance(exited.__context__, BrokenPipeError):
            raise
        status = _report(exited.__context__, run, out)  # so Click ends where a reader goes away
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last net: nothing goes untold
        expected = isinstance(error, KeyboardInterrupt | Stopped) or streams.find_loss(out)
        if debug and not expected:
            _trace()
        status = _report(error, run, out)
    with suppress(OSError):
        out.flush()  # else Python tries at its very end, and complains
    _follow(run)
    return status if isinstance(status, int) else 0


@contextmanager
def raise_stopped() -> Iterator[None]:
    """Turn Ctrl-C and the like into an error with its own status; Click would make it 130 for each.

    Raises:
        Stopped: a signal came.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        raise Stopped(getattr(error, "number", 2)) from error


def _follow(run: CommandRun) -> None:
    """Run the hooks, now that the answer is given. Who stops them does not undo the change."""
    try:
        if not run.finish_answer():
            for follow_up in run.follow_ups:
                follow_up.finish()
            return
    except KeyboardInterrupt:
        pass
    _cancel(run)


def _cancel(run: CommandRun) -> None:
    with suppress(KeyboardInterrupt):
        for follow_up in run.follow_ups:
            follow_up.cancel()


def _trace() -> None:
    import traceback

    traceback.print_exc()


def _report(error: BaseException, run: CommandRun, out: TextIO) -> int:
    """Say what went wrong, and what was done before that. Returns the exit status."""
    told = _choose_error(error, run, streams.find_loss(out))
    if told is None:
        return 0
    if not isinstance(told, LiveblogError):
        sys.stdout.write(f"{told}\n")
        return 2
    _say(told, run.unanswered)
    if isinstance(told, Stopped):
        streams.drop(out)
        _cancel(run)
    return told.status


def _choose_error(
    error: BaseException, run: CommandRun, lost: OSError | None
) -> LiveblogError | str | None:
    """The error that the user sees; a help page if there was no command; None if a reader went away."""
    if isinstance(error, LiveblogError):
        return error
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return Stopped(getattr(error, "number", 2))
    if isinstance(error, FileNotFoundError) and not error.filename:
        from liveblog_cli.runtime import working_folder

        if working_folder.is_gone():
            return working_folder.explain_gone()
        if not lost:  # no folder for temporary files
            return LiveblogError(error.strerror or str(error))
    if isinstance(error, OSError) and (lost or not error.filename):
        reason = error.strerror or str(error)
        if run.unanswered:
            return AnswerLost(f"the answer could not be written: {reason}")
        return None if error.errno == errno.EPIPE else LiveblogError(f"output: {reason}")
    if hasattr(error, "format_message"):
        return _explain_usage(error)
    return _explain_bug(error, run)


def _explain_usage(error: Any) -> LiveblogError | str:
    """Wrong usage as Typer finds it."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    usage = getattr(error, "ctx", None)
    found = LiveblogError(
        " ".join(error.format_message().split()) + _suggest_choice(error),
        f"see: {usage.command_path} --help" if usage else "",
    )
    found.status = getattr(error, "exit_code", 1)
    return found


def _suggest_choice(error: Any) -> str:
    """A suggestion, if an option takes certain words and was given another one."""
    choices = getattr(getattr(getattr(error, "param", None), "type", None), "choices", ())
    given = re.match("'(.*?)' ", error.message)
    if not choices or given is None:
        return ""
    from liveblog_cli.text.suggest import suggest

    return suggest(given[1], map(str, choices)).replace(": d", " D", 1)


def _explain_bug(error: BaseException, run: CommandRun) -> LiveblogError:
    """The message for an error that nobody foresaw. If a change was made, only its answer has failed."""
    kind = AnswerLost if run.unanswered else LiveblogError
    if isinstance(error, OSError):
        return kind(f"{error.filename}: {error.strerror}")
    if isinstance(error, RecursionError):
        return kind("something is nested too deeply to be read")
    if isinstance(error, UnicodeEncodeError):
        return kind(
            f"{error.object[error.start : error.end]!r} can't be written in this locale "
            f"({error.encoding})",
            "choose one in UTF-8, such as LC_ALL=C.UTF-8",
        )
    return kind(
        f"this is a bug in liveblog: {type(error).__name__}: {error}", _suggest_report(error)
    )


def _suggest_report(error: BaseException) -> str:
    from liveblog_cli.runtime import bug_report

    written, where = bug_report.write(error), bug_report.address()
    if written:
        return f"please report it to {where} with {written}, which holds nothing of your blog"
    return f"please report it to {where} with the output of the same command with --debug before it"


def _say(error: LiveblogError, done: list[str]) -> None:
    lines = [f"Error: {line}" for line in error.message.splitlines()]
    lines += [f"Hint: {error.hint}"] if error.hint else []
    lines += [f"Done: {text}" for text in done]
    warn("\n".join(lines))
