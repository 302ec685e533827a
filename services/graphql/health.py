"""Answers the probes of the platform: /live, /ready and /startup."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import orjson
import structlog
from starlette.responses import Response
from starlette.routing import Route

from services.database import DatabaseProblem

if TYPE_CHECKING:
    from starlette.requests import Request

    from services.graphql.lifecycle import Lifecycle

Check = Callable[[], Awaitable[None]]
"""Returns when a dependency answers, raises when it does not."""

CHECK_SECONDS = 2.0
REMEMBERED_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Health:
    """The state of this process and of what it depends on, asked by many and looked up rarely."""

    def __init__(self, lifecycle: Lifecycle, checks: Mapping[str, Check] | None = None) -> None:
        self._lifecycle = lifecycle
        self._checks = checks or {}
        self._failing: dict[str, str] = {}
        self._looked_at = float("-inf")
        self._looking = asyncio.Lock()

    def routes(self) -> list[Route]:
        """Return the three probes as routes."""
        return [
            Route("/live", self.live),
            Route("/ready", self.ready),
            Route("/startup", self.startup),
        ]

    async def live(self, _: Request) -> Response:
        """Say that the event loop turns; a dependency that is away is no reason to be restarted."""
        return _answer(200, {"status": "live"})

    async def startup(self, _: Request) -> Response:
        """Say whether the process has finished starting."""
        if self._lifecycle.started:
            return _answer(200, {"status": "started"})
        return _answer(503, {"status": "starting"})

    async def ready(self, _: Request) -> Response:
        """Say whether new requests should be sent here."""
        if self._lifecycle.draining:
            return _answer(503, {"status": "draining"})
        if not self._lifecycle.started:
            return _answer(503, {"status": "starting"})
        await self._look()
        if self._failing:
            return _answer(503, {"status": "waiting", "for": sorted(self._failing)})
        return _answer(200, {"status": "ready"})

    async def _look(self) -> None:
        """Ask the dependencies, at most once a second however many probes ask us."""
        async with self._looking:
            if time.monotonic() - self._looked_at < REMEMBERED_SECONDS:
                return
            failing: dict[str, str] = {}
            for name, check in self._checks.items():
                try:
                    async with asyncio.timeout(CHECK_SECONDS):
                        await check()
                except Exception as error:  # noqa: BLE001 - whatever keeps it from answering, it is not ready
                    # Our own problems say what is wrong; the words of others may say whose row it was.
                    ours = isinstance(error, DatabaseProblem)
                    failing[name] = str(error) if ours else type(error).__name__
            if failing != self._failing:
                log.warning("readiness changed", failing=failing)
            self._failing = failing
            self._looked_at = time.monotonic()


def _answer(status: int, document: object) -> Response:
    return Response(orjson.dumps(document), status, {"cache-control": "no-store"}, "application/json")
