"""Executes documents of agencies in their own scope, for whoever may not know the GraphQL service itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from services.document_answer import DocumentAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    import asyncpg

    from services.graphql import Engine
    from services.settings import Settings


class ScopedDocuments:
    """An engine that is built when the first document is to be executed: most installations have none."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], settings: Settings) -> None:
        self._pool = pool
        # What an agency asks for by its webhooks does not count against its own requests.
        self._settings = settings.model_copy(update={"rate_cost_per_minute": 0})
        self._engine: Engine | None = None
        self._building = asyncio.Lock()

    async def answer(self, agency_id: UUID, document: str, variables: Mapping[str, object]) -> DocumentAnswer:
        """Execute a document as the agency, within its reach of this moment."""
        # Imported here because a worker without documents starts in half the time and memory.
        from services.graphql import Engine, answer_in_scope, viewer_of_agency  # noqa: PLC0415

        async with self._building:
            if self._engine is None:
                engine = await asyncio.to_thread(Engine, self._settings)
                await engine.open(self._pool)
                self._engine = engine
        viewer = await viewer_of_agency(self._pool, agency_id)
        if viewer is None:
            return DocumentAnswer(problem="the agency is disabled")
        return await answer_in_scope(self._engine, viewer, document, variables)
