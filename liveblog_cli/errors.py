"""Errors that a user can mend. Each knows its exit status; one place prints them (`endings`)."""

from __future__ import annotations

import errno


def way_out(error: OSError) -> str:
    """The hint where something can't be written: what is missing or in the way."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "check the rights of the file and its folder"
    if error.errno in (errno.EBUSY, errno.EXDEV):
        return "it is mounted by itself: mount its folder instead"
    if error.errno == errno.ENAMETOOLONG:
        return "give the file a shorter name"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room and try again"
    if error.errno == errno.EFBIG:
        return "raise the limit of the system or of the shell (ulimit -f)"
    if error.errno == errno.ENOENT:
        return "make its folder first"
    return "try again"


class LiveblogError(Exception):
    """What went wrong, in one line that names what and where, and a hint that shows the way out."""

    status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class WrongUsage(LiveblogError):
    """The command line's words are off."""

    status = 2


class NotFound(LiveblogError):
    """No such blog file, entry or box."""

    status = 3


class InvalidFile(LiveblogError):
    """The blog file can't be read as one. `problems` holds a line for each thing to mend."""

    status = 4

    def __init__(self, problems: list[str], hint: str = "") -> None:
        super().__init__("\n".join(problems), hint)
        self.problems = problems


class LockBusy(LiveblogError):
    """Another process kept the lock for longer than the caller wanted to wait."""

    status = 5


class UnfinishedTail(LockBusy):
    """The file ends inside a block that somebody may be typing at this moment."""


class ChangedMeanwhile(LiveblogError):
    """The entry is not what it was when the change to it began."""

    status = 6


class AnswerLost(LiveblogError):
    """It was done, but the answer could not be written."""

    status = 7


class Stopped(LiveblogError):
    """A signal ended the command before it was done (128 and the signal's number, as shells say it)."""

    status = 130

    def __init__(self, number: int) -> None:
        names = {1: "the terminal was closed", 2: "stopped", 15: "stopped by SIGTERM"}
        super().__init__(names.get(number, f"stopped by signal {number}"))
        self.status = 128 + number
