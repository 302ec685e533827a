"""The wordings of the office, read whenever messages are written; one that fits no longer gives way to ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import structlog

from schema.wordings.blanks import fits

_WORDINGS: Final = "select event_type, language, title, text from notification_text where deleted_at is null"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is told of a type of event in one language."""

    title: str
    text: str


async def read_wordings(connection: Any) -> dict[tuple[str, str], Wording]:  # noqa: ANN401 - asyncpg ships no types
    """Return the wordings that this release can tell, by type of event and language."""
    return {
        (row["event_type"], row["language"]): Wording(row["title"], row["text"])
        for row in await connection.fetch(_WORDINGS)
        if fits(row["event_type"], row["language"], row["text"])
    }


async def report_unfit(connection: Any) -> int:  # noqa: ANN401 - as above
    """Say at the start which wordings fit no longer and are not told; return how many. Nothing waits for them."""
    unfit = [
        row
        for row in await connection.fetch(_WORDINGS)
        if not fits(row["event_type"], row["language"], row["text"])
    ]
    for row in unfit:
        log.warning(
            "a wording of the office does not fit this release; the shipped sentence is told",
            event_type=row["event_type"],
            language=row["language"],
        )
    return len(unfit)
