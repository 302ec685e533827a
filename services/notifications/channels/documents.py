"""Has the agencies' own documents answered for their webhooks, and tells the owners of those that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from services.notifications.channels.delivery import PROBLEM_LENGTH
from services.notifications.channels.envelope import variables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import asyncpg

    from services.document_answer import Answer
    from services.notifications.channels.delivery import Endpoint

LARGEST: Final = 256 * 1024
PATIENT_ATTEMPTS: Final = 3
"""So many attempts wait for an answer that fails for the moment; then the event travels without it."""

_NOTE: Final = """
update webhook_endpoint set document_problem = $2
where id = $1 and document = $3 and document_problem is distinct from $2
"""
_TOO_LARGE: Final = f"the answer is larger than {LARGEST // 1024} KiB: ask for less"


class Documents:
    """Answers documents with the help of whoever can execute them."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], answer: Answer) -> None:
        self._pool = pool
        self._answer = answer

    async def answered(
        self, endpoint: Endpoint, event: Mapping[str, Any], *, attempt: int
    ) -> Mapping[str, Any] | None:
        """Return what travels with an event to an endpoint; None to try again later, because the moment is bad."""
        if endpoint.document is None:
            return {}
        found = await self._answer(endpoint.agency_id, endpoint.document, variables_of(event))
        if found.passing and attempt < PATIENT_ATTEMPTS:
            return None
        problem = found.problem
        if problem is None and len(orjson.dumps(found.data)) > LARGEST:
            problem = _TOO_LARGE
        if problem is not None:
            problem = problem[:PROBLEM_LENGTH]
        if problem != endpoint.document_problem:
            await self._pool.execute(_NOTE, endpoint.id, problem, endpoint.document)
        if problem is None:
            return {"answer": found.data}
        return {"answer": None, "answerProblem": problem}
