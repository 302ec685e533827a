"""When a failed delivery is tried again: longer each time, never in step with others, and as late as asked."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

FACTOR: Final = 4.0
LONGEST_WAIT: Final = 12 * 3600.0
LONGEST_REQUEST: Final = 24 * 3600.0
JITTER: Final = 0.2


def wait_after(
    attempts: int, *, first: float, asked: float | None = None, draw: float | None = None
) -> float:
    """Return the seconds until the next attempt after so many; `asked` is what Retry-After wants at least."""
    spread = random.random() if draw is None else draw  # noqa: S311 - spreads load, protects nothing
    wait = min(first * FACTOR ** min(attempts - 1, 30), LONGEST_WAIT)
    wait *= 1 - JITTER + 2 * JITTER * spread
    return max(wait, min(asked or 0.0, LONGEST_REQUEST))


def asked_wait(header: str | None, now: datetime) -> float | None:
    """Read Retry-After in either of its forms; what cannot be read asks for nothing."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
