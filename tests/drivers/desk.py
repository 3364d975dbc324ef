"""The reporter of the fixture `desk` by the name that it had."""

from reporter import Reporter as Desk

__all__ = ["Desk"]
