"""Lets an answer that something is not there leave after a moment that is drawn, so that its time tells nothing.

PostgreSQL drops a row that exists elsewhere only after it has asked whether the viewer reaches it; a row that does
not exist spares it the question. The moment hides this tenth of a millisecond (quality.md, section 3).
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Final

from services.graphql.compiler.plan import Sequence, Single

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.graphql.compiler.plan import Member

LONGEST_MOMENT_US: Final = 10_000


def marks_of_absence(members: Iterable[Member]) -> tuple[bytes, ...]:
    """Return what an answer holds when something that was asked for by its id is not there for the viewer."""
    marks = []
    for member in members:
        if isinstance(member, Single):
            marks.append(b'"%b":null' % member.key.encode())
        elif isinstance(member, Sequence):
            marks.append(b"null")
    return tuple(marks)


async def blur(data: bytes, marks: tuple[bytes, ...]) -> None:
    """Wait for a moment if the answer says that something is not there."""
    if any(mark in data for mark in marks):
        await asyncio.sleep(secrets.randbelow(LONGEST_MOMENT_US) / 1_000_000)
