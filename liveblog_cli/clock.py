"""The one place that asks what time it is, and where chance comes from.

`LIVEBLOG_NOW` and `LIVEBLOG_SEED` fix both, so that a script builds the same blog twice.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from liveblog_cli.errors import WrongUsage
from liveblog_cli.text.zones import require_reachable


def now() -> datetime:
    """The present moment in UTC, to the microsecond.

    Raises:
        WrongUsage: `LIVEBLOG_NOW` is no ISO 8601 time with an offset.
        LiveblogError: it is of the first or the last year.
    """
    fixed = os.environ.get("LIVEBLOG_NOW")
    if not fixed:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WrongUsage(
            f"LIVEBLOG_NOW is {fixed!r}", "it takes a time like 2024-11-12T02:18:00+01:00"
        )
    return require_reachable(moment, fixed).astimezone(UTC)


def chance(salt: str = "") -> int:
    """128 random bits; with `LIVEBLOG_SEED`, the same ones for the same seed and salt."""
    seed = os.environ.get("LIVEBLOG_SEED")
    if not seed:
        return int.from_bytes(os.urandom(16))
    import hashlib

    return int.from_bytes(hashlib.sha256(f"{seed}\0{salt}".encode()).digest()[:16])
