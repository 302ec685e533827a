"""Answers the platform: /live, /ready and /startup, and the operators: /metrics."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import orjson
import uvicorn
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from services.migrate import standing
from services.outages import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    import asyncpg
    from starlette.requests import Request

    from services.notifications.measures import Measures
    from services.notifications.worker import Worker

_PATIENCE: Final = 2.0


class Probes:
    """What this process says about itself."""

    def __init__(self, worker: Worker, pool: asyncpg.Pool[asyncpg.Record], measures: Measures) -> None:
        self._worker = worker
        self._pool = pool
        self._measures = measures

    def app(self) -> Starlette:
        """Return the probes as an application."""
        paths = {"/live": self.live, "/ready": self.ready, "/startup": self.startup, "/metrics": self.metrics}
        return Starlette(routes=[Route(path, answer) for path, answer in paths.items()])

    async def live(self, _: Request) -> Response:
        """Say that the event loop turns; a database that is away is no reason to be restarted."""
        return _answer(200, {"status": "live"})

    async def startup(self, _: Request) -> Response:
        """Say whether the process has finished starting."""
        if self._worker.started:
            return _answer(200, {"status": "started"})
        return _answer(503, {"status": "starting"})

    async def ready(self, _: Request) -> Response:
        """Say whether the work can be done: the database answers and is of this release."""
        if self._worker.stopping:
            return _answer(503, {"status": "draining"})
        if not self._worker.started:
            return _answer(503, {"status": "starting"})
        try:
            async with asyncio.timeout(_PATIENCE):
                if (await standing(self._pool)).pending:
                    return _answer(503, {"status": "waiting", "for": ["migrations"]})
        except DATABASE_AWAY:
            return _answer(503, {"status": "waiting", "for": ["database"]})
        return _answer(200, {"status": "ready"})

    async def metrics(self, _: Request) -> Response:
        """Answer with the counters; while the database is away, with what was last seen of the queue."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._measures.look(self._pool)
        except DATABASE_AWAY:
            pass
        return Response(generate_latest(self._measures.registry), media_type=CONTENT_TYPE_LATEST)


class ProbeServer(uvicorn.Server):
    """Serves the probes and leaves the signals to the worker."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _answer(status: int, document: object) -> Response:
    return Response(orjson.dumps(document), status, {"cache-control": "no-store"}, "application/json")
